// SPDX-License-Identifier: BSD-3-Clause
#include "Pipeline/MeshParts.h"

#include "Pipeline/Adaptor.h"

#include <vtkCellType.h>
#include <vtkCompositeDataIterator.h>
#include <vtkDataObjectTree.h>
#include <vtkDataObjectTreeRange.h>
#include <vtkDataSet.h>
#include <vtkDataSetAttributes.h>
#include <vtkIdList.h>
#include <vtkImageData.h>
#include <vtkMatrix3x3.h>
#include <vtkNew.h>
#include <vtkPartitionedDataSet.h>
#include <vtkPointData.h>
#include <vtkPolyData.h>
#include <vtkSmartPointer.h>
#include <vtkStructuredGrid.h>
#include <vtkUniformGridAMR.h>
#include <vtkUnsignedCharArray.h>
#include <vtkUnstructuredGrid.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace vtkscorefields
{
namespace
{
using Box = Eigen::AlignedBox3d;

bool IsMesh(vtkDataSet* data)
{
  if (auto* poly = vtkPolyData::SafeDownCast(data))
  {
    return poly->GetNumberOfLines() + poly->GetNumberOfPolys() + poly->GetNumberOfStrips() > 0;
  }
  if (auto* grid = vtkUnstructuredGrid::SafeDownCast(data))
  {
    vtkUnsignedCharArray* types = grid->GetDistinctCellTypesArray();
    for (vtkIdType i = 0; types && i < types->GetNumberOfValues(); ++i)
    {
      const int type = types->GetValue(i);
      if (type != VTK_EMPTY_CELL && type != VTK_VERTEX && type != VTK_POLY_VERTEX)
      {
        return true;
      }
    }
    return false;
  }
  return data->GetNumberOfCells() > 0;
}

/// Of a block of a block. Ranks may have different things in a block, so it is no running number.
std::uint64_t MeshOfBlock(std::uint64_t parent, std::uint64_t block)
{
  return ((parent + 1) * 1000003U + block) % (std::uint64_t{ 1 } << 53U);
}

void AddLeaf(vtkDataSet* leaf, std::uint64_t mesh, std::size_t& next, std::vector<MeshPart>& parts)
{
  const std::size_t number = next++;
  if (leaf->GetNumberOfPoints() > 0 && IsMesh(leaf))
  {
    parts.push_back({ leaf, number, mesh });
  }
}

/// Meets the leaves in the order of LeavesOf.
void AddParts(
  vtkDataObject* data, std::uint64_t mesh, std::size_t& next, std::vector<MeshPart>& parts)
{
  if (auto* leaf = vtkDataSet::SafeDownCast(data))
  {
    AddLeaf(leaf, mesh, next, parts);
    return;
  }
  if (auto* amr = vtkUniformGridAMR::SafeDownCast(data))
  {
    auto iterator = vtkSmartPointer<vtkCompositeDataIterator>::Take(amr->NewIterator());
    for (iterator->InitTraversal(); !iterator->IsDoneWithTraversal(); iterator->GoToNextItem())
    {
      AddParts(iterator->GetCurrentDataObject(), MeshOfBlock(mesh, iterator->GetCurrentFlatIndex()),
        next, parts);
    }
    return;
  }
  auto* tree = vtkDataObjectTree::SafeDownCast(data);
  if (!tree)
  {
    return;
  }
  const bool partitioned = vtkPartitionedDataSet::SafeDownCast(data) != nullptr;
  std::uint64_t number = 0;
  using Options = vtk::DataObjectTreeOptions;
  for (vtkDataObject* block : vtk::Range(tree, Options::None))
  {
    AddParts(block, partitioned ? mesh : MeshOfBlock(mesh, number), next, parts);
    ++number;
  }
}

/// The points of an image whose axes are those of space that may lie in the box, as ranges of its
/// three indices, ends included.
std::array<int, 6> IndicesIn(vtkImageData* image, const Box& box)
{
  std::array<int, 6> range;
  for (int axis = 0; axis < 3; ++axis)
  {
    const double origin = image->GetOrigin()[axis];
    const double spacing = image->GetSpacing()[axis];
    const int* extent = image->GetExtent() + 2 * axis;
    const double ends[2] = { (box.min()[axis] - origin) / spacing,
      (box.max()[axis] - origin) / spacing };
    const auto at = static_cast<std::size_t>(2 * axis);
    const double low = std::floor(std::min(ends[0], ends[1])) - 1.0;
    const double high = std::ceil(std::max(ends[0], ends[1])) + 1.0;
    range[at] = static_cast<int>(std::clamp<double>(low, extent[0], extent[1])) - extent[0];
    range[at + 1] = static_cast<int>(std::clamp<double>(high, extent[0], extent[1])) - extent[0];
  }
  return range;
}

/// Keeps the points that lie in the box and count.
class Collector
{
public:
  Collector(vtkDataSet* data, std::vector<MeshNode>& nodes)
    : Data(data)
    , Ghosts(data->GetPointGhostArray())
    , Nodes(nodes)
  {
  }

  void Take(vtkIdType point, const Eigen::Vector3d& place, const Box& box)
  {
    constexpr unsigned char skipped =
      vtkDataSetAttributes::DUPLICATEPOINT | vtkDataSetAttributes::HIDDENPOINT;
    if (box.contains(place) && !(this->Ghosts && (this->Ghosts->GetValue(point) & skipped)))
    {
      Eigen::Matrix<double, 6, 1> key;
      key << place, this->IndicesOf(point);
      this->Nodes.push_back({ key, point });
    }
  }

  void TakeFromImage(vtkImageData* image, const Box& box)
  {
    const std::array<int, 6> range = IndicesIn(image, box);
    const vtkIdType columns = image->GetDimensions()[0];
    const vtkIdType rows = image->GetDimensions()[1];
    for (vtkIdType k = range[4]; k <= range[5]; ++k)
    {
      for (vtkIdType j = range[2]; j <= range[3]; ++j)
      {
        for (vtkIdType i = range[0]; i <= range[1]; ++i)
        {
          const vtkIdType point = i + columns * (j + rows * k);
          Eigen::Vector3d place;
          image->GetPoint(point, place.data());
          this->Take(point, place, box);
        }
      }
    }
  }

  void TakeFromAll(const Box& box)
  {
    constexpr vtkIdType batch = 4096;
    Eigen::Matrix3Xd places(3, batch);
    const vtkIdType count = this->Data->GetNumberOfPoints();
    for (vtkIdType begin = 0; begin < count; begin += batch)
    {
      const vtkIdType end = std::min(count, begin + batch);
      ReadPoints(this->Data, begin, end, places.data());
      for (vtkIdType point = begin; point < end; ++point)
      {
        this->Take(point, places.col(point - begin), box);
      }
    }
  }

private:
  Eigen::Vector3d IndicesOf(vtkIdType point) const
  {
    auto* curved = vtkStructuredGrid::SafeDownCast(this->Data);
    if (!curved)
    {
      return Eigen::Vector3d::Zero();
    }
    const int* extent = curved->GetExtent();
    const vtkIdType columns = extent[1] - extent[0] + 1;
    const vtkIdType rows = extent[3] - extent[2] + 1;
    return Eigen::Vector3d(static_cast<double>(extent[0] + point % columns),
      static_cast<double>(extent[2] + point / columns % rows),
      static_cast<double>(extent[4] + point / (columns * rows)));
  }

  vtkDataSet* Data;
  vtkUnsignedCharArray* Ghosts;
  std::vector<MeshNode>& Nodes;
};
}

vtkSmartPointer<vtkUnsignedCharArray> CopyOfGhosts(vtkDataSet* data)
{
  auto ghosts = vtkSmartPointer<vtkUnsignedCharArray>::New();
  if (vtkUnsignedCharArray* given = data->GetPointGhostArray())
  {
    ghosts->DeepCopy(given);
    return ghosts;
  }
  ghosts->SetName(vtkDataSetAttributes::GhostArrayName());
  ghosts->SetNumberOfValues(data->GetNumberOfPoints());
  ghosts->FillValue(0);
  return ghosts;
}

vtkSmartPointer<vtkUnsignedCharArray> GhostsOfCells(vtkDataSet* data)
{
  constexpr unsigned char ofGhost = 1;
  constexpr unsigned char ofOther = 2;
  vtkUnsignedCharArray* cells = data->GetCellGhostArray();
  std::vector<unsigned char> used(static_cast<std::size_t>(data->GetNumberOfPoints()), 0);
  vtkNew<vtkIdList> points;
  for (vtkIdType cell = 0; cells && cell < data->GetNumberOfCells(); ++cell)
  {
    const bool ghost = (cells->GetValue(cell) & vtkDataSetAttributes::DUPLICATECELL) != 0;
    data->GetCellPoints(cell, points);
    for (vtkIdType i = 0; i < points->GetNumberOfIds(); ++i)
    {
      used[static_cast<std::size_t>(points->GetId(i))] |= ghost ? ofGhost : ofOther;
    }
  }
  if (std::find(used.begin(), used.end(), ofGhost) == used.end())
  {
    return nullptr;
  }
  auto ghosts = CopyOfGhosts(data);
  for (std::size_t point = 0; point < used.size(); ++point)
  {
    const auto at = static_cast<vtkIdType>(point);
    const int flags =
      ghosts->GetValue(at) | (used[point] == ofGhost ? vtkDataSetAttributes::DUPLICATEPOINT : 0);
    ghosts->SetValue(at, static_cast<unsigned char>(flags));
  }
  return ghosts;
}

bool operator<(const MeshNode& one, const MeshNode& other)
{
  return std::lexicographical_compare(
    one.Place.data(), one.Place.data() + 6, other.Place.data(), other.Place.data() + 6);
}

std::vector<MeshPart> MeshPartsOf(vtkDataObject* data)
{
  std::vector<MeshPart> parts;
  std::size_t next = 0;
  AddParts(data, 0, next, parts);
  return parts;
}

std::vector<MeshNode> NodesIn(vtkDataSet* data, const std::vector<Box>& boxes)
{
  std::vector<MeshNode> nodes;
  Collector collector(data, nodes);
  auto* image = vtkImageData::SafeDownCast(data);
  const bool straight = image && image->GetDirectionMatrix()->IsIdentity();
  for (const Box& box : boxes)
  {
    if (straight)
    {
      collector.TakeFromImage(image, box);
    }
    else
    {
      collector.TakeFromAll(box);
    }
  }
  const auto later = [](const MeshNode& one, const MeshNode& other)
  { return one < other || (!(other < one) && one.Point < other.Point); };
  std::sort(nodes.begin(), nodes.end(), later);
  const auto again = std::unique(nodes.begin(), nodes.end(),
    [](const MeshNode& one, const MeshNode& other) { return one.Point == other.Point; });
  nodes.erase(again, nodes.end());
  return nodes;
}
}
