// SPDX-License-Identifier: BSD-3-Clause
#include "Pipeline/SharedNodes.h"

#include "Pipeline/Communicator.h"

#include <vtkDataSet.h>
#include <vtkDataSetAttributes.h>
#include <vtkInformation.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkUnsignedCharArray.h>

#include <algorithm>
#include <array>
#include <vector>

namespace vtkscorefields
{
namespace
{
using Extent = std::array<int, 6>;
constexpr Extent Nothing = { 0, -1, 0, -1, 0, -1 };

bool IsEmpty(const Extent& extent)
{
  return extent[0] > extent[1] || extent[2] > extent[3] || extent[4] > extent[5];
}

/// Index space of a structured data set with nodes; else Nothing.
Extent ExtentOf(vtkDataSet* data)
{
  Extent extent = Nothing;
  if (data && data->GetExtentType() == VTK_3D_EXTENT && data->GetNumberOfPoints() > 0)
  {
    data->GetInformation()->Get(vtkDataObject::DATA_EXTENT(), extent.data());
  }
  return extent;
}

Extent Overlap(const Extent& a, const Extent& b)
{
  Extent both = Nothing;
  for (std::size_t axis = 0; axis < 3; ++axis)
  {
    both[2 * axis] = std::max(a[2 * axis], b[2 * axis]);
    both[2 * axis + 1] = std::min(a[2 * axis + 1], b[2 * axis + 1]);
  }
  return IsEmpty(a) || IsEmpty(b) ? Nothing : both;
}

std::vector<Extent> ExtentsOfRanks(const Extent& mine, const Communicator& communicator)
{
  std::vector<double> values(mine.begin(), mine.end());
  communicator.Gather(values);
  std::vector<Extent> extents(values.size() / mine.size());
  for (std::size_t i = 0; i < values.size(); ++i)
  {
    extents[i / mine.size()][i % mine.size()] = static_cast<int>(values[i]);
  }
  return extents;
}

vtkIdType PointAt(const Extent& extent, int i, int j, int k)
{
  const vtkIdType nodes[2] = { extent[1] - extent[0] + 1, extent[3] - extent[2] + 1 };
  return (i - extent[0]) + nodes[0] * ((j - extent[2]) + nodes[1] * vtkIdType{ k - extent[4] });
}

/// Where this rank's nodes at the two ends of its overlap with each rank lie, six values a rank.
std::vector<double> EndsOfOverlaps(vtkDataSet* data, const std::vector<Extent>& extents, int rank)
{
  const Extent& mine = extents[static_cast<std::size_t>(rank)];
  std::vector<double> ends;
  for (const Extent& other : extents)
  {
    double places[6] = {};
    const Extent both = Overlap(mine, other);
    if (!IsEmpty(both))
    {
      data->GetPoint(PointAt(mine, both[0], both[2], both[4]), places);
      data->GetPoint(PointAt(mine, both[1], both[3], both[5]), places + 3);
    }
    ends.insert(ends.end(), places, places + 6);
  }
  return ends;
}

/// The nodes that this rank shares with ranks before it, as boxes of its index space.
std::vector<Extent> SharedWithRanksBefore(vtkDataSet* data, const Communicator& communicator)
{
  const std::vector<Extent> extents = ExtentsOfRanks(ExtentOf(data), communicator);
  const auto rank = static_cast<std::size_t>(communicator.Rank());
  const std::size_t ranks = extents.size();
  std::vector<double> ends = EndsOfOverlaps(data, extents, communicator.Rank());
  communicator.Gather(ends);
  std::vector<Extent> shared;
  for (std::size_t other = 0; other < rank; ++other)
  {
    const Extent both = Overlap(extents[rank], extents[other]);
    const auto here = ends.begin() + static_cast<std::ptrdiff_t>(6 * (rank * ranks + other));
    const auto there = ends.begin() + static_cast<std::ptrdiff_t>(6 * (other * ranks + rank));
    if (!IsEmpty(both) && std::equal(here, here + 6, there))
    {
      shared.push_back(both);
    }
  }
  return shared;
}

void Mark(const Extent& box, const Extent& extent, vtkUnsignedCharArray* ghosts)
{
  for (int k = box[4]; k <= box[5]; ++k)
  {
    for (int j = box[2]; j <= box[3]; ++j)
    {
      for (int i = box[0]; i <= box[1]; ++i)
      {
        const vtkIdType point = PointAt(extent, i, j, k);
        ghosts->SetValue(point,
          static_cast<unsigned char>(
            ghosts->GetValue(point) | vtkDataSetAttributes::DUPLICATEPOINT));
      }
    }
  }
}
}

vtkSmartPointer<vtkDataObject> MarkSharedNodes(
  vtkDataObject* data, const Communicator& communicator)
{
  auto* const dataSet = vtkDataSet::SafeDownCast(data);
  if (communicator.Size() == 1 || !communicator.Any(!IsEmpty(ExtentOf(dataSet))))
  {
    return data;
  }
  const std::vector<Extent> shared = SharedWithRanksBefore(dataSet, communicator);
  if (shared.empty())
  {
    return data;
  }
  vtkNew<vtkUnsignedCharArray> ghosts;
  if (vtkUnsignedCharArray* given = dataSet->GetPointGhostArray())
  {
    ghosts->DeepCopy(given);
  }
  else
  {
    ghosts->SetName(vtkDataSetAttributes::GhostArrayName());
    ghosts->SetNumberOfValues(dataSet->GetNumberOfPoints());
    ghosts->FillValue(0);
  }
  for (const Extent& box : shared)
  {
    Mark(box, ExtentOf(dataSet), ghosts);
  }
  auto marked = vtkSmartPointer<vtkDataSet>::Take(dataSet->NewInstance());
  marked->ShallowCopy(dataSet);
  marked->GetPointData()->AddArray(ghosts);
  return marked;
}
}
