// SPDX-License-Identifier: BSD-3-Clause
#include "Runs/RegionContours.h"

#include "Input/FactsReader.h"
#include "Pipeline/Adaptor.h"
#include "Pipeline/FieldNames.h"
#include "Pipeline/Vertices.h"

#include <vtkAppendPolyData.h>
#include <vtkDoubleArray.h>
#include <vtkFlyingEdges2D.h>
#include <vtkFlyingEdges3D.h>
#include <vtkImageData.h>
#include <vtkIntArray.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkPoints.h>
#include <vtkPolyData.h>

#include <algorithm>
#include <cmath>

namespace vtkscorefields
{
namespace
{
constexpr const char* Values = "Values";

/// The part as an image of its own, with nothing but the values, whose places are numbers of nodes
/// along the axes that are not flat: VTK's contours of planes know the plane z = 0 alone.
class Part
{
public:
  Part(vtkImageData* image, const ImagePart& part, const std::vector<double>& values)
    : Whole(image)
    , First(part.First)
  {
    scorefields::Index3 nodes = scorefields::Index3::Ones();
    for (int axis = 0; axis < 3; ++axis)
    {
      if (part.Dimensions[axis] > 1)
      {
        this->Axis[this->Count] = axis;
        nodes[this->Count++] = part.Dimensions[axis];
      }
    }
    this->Nodes->SetDimensions(
      static_cast<int>(nodes[0]), static_cast<int>(nodes[1]), static_cast<int>(nodes[2]));
    this->Copy(part, values);
  }

  int Axes() const { return this->Count; }
  vtkSmartPointer<vtkPolyData> Border(double level) const;

private:
  void Copy(const ImagePart& part, const std::vector<double>& values);
  /// The place in space of a place in numbers of nodes.
  Eigen::Vector3d PlaceOf(const Eigen::Vector3d& numbers) const;
  /// A point of a contour in double precision: VTK's are floats, which depend on the part.
  Eigen::Vector3d Sharpened(const Eigen::Vector3d& numbers, double level) const;
  void Move(double level, vtkPolyData* data) const;

  vtkImageData* Whole;
  scorefields::Index3 First;
  int Count = 0;
  int Axis[3] = { 0, 1, 2 };
  vtkNew<vtkImageData> Nodes;
};

void Part::Copy(const ImagePart& part, const std::vector<double>& values)
{
  auto array = NewArray(Values, 1, this->Nodes->GetNumberOfPoints());
  double* target = array->GetPointer(0);
  const int* nodes = this->Whole->GetDimensions();
  for (scorefields::Index k = 0; k < part.Dimensions[2]; ++k)
  {
    for (scorefields::Index j = 0; j < part.Dimensions[1]; ++j)
    {
      const double* row = values.data() + part.First[0] +
        nodes[0] * (part.First[1] + j + nodes[1] * (part.First[2] + k));
      target = std::transform(row, row + part.Dimensions[0], target,
        [](double value) { return std::isnan(value) ? 0.0 : value; });
    }
  }
  this->Nodes->GetPointData()->SetScalars(array);
}

Eigen::Vector3d Part::PlaceOf(const Eigen::Vector3d& numbers) const
{
  Eigen::Vector3d index;
  for (int axis = 0; axis < 3; ++axis)
  {
    index[axis] = static_cast<double>(this->Whole->GetExtent()[2 * axis] + this->First[axis]);
  }
  for (int a = 0; a < this->Count; ++a)
  {
    index[this->Axis[a]] += numbers[a];
  }
  Eigen::Vector3d place;
  this->Whole->TransformContinuousIndexToPhysicalPoint(index.data(), place.data());
  return place;
}

Eigen::Vector3d Part::Sharpened(const Eigen::Vector3d& numbers, double level) const
{
  constexpr double apart = 1e-5; // from a node, beyond the rounding of a float
  Eigen::Vector3d exact = numbers.array().round();
  Eigen::Index along = 0;
  if (!((numbers - exact).cwiseAbs().maxCoeff(&along) > apart))
  {
    return exact;
  }
  exact[along] = std::floor(numbers[along]);
  int node[3] = { static_cast<int>(exact[0]), static_cast<int>(exact[1]),
    static_cast<int>(exact[2]) };
  vtkDataArray* values = this->Nodes->GetPointData()->GetScalars();
  const double here = values->GetComponent(this->Nodes->ComputePointId(node), 0);
  ++node[along];
  const double next = values->GetComponent(this->Nodes->ComputePointId(node), 0);
  exact[along] += (level - here) / (next - here);
  return exact;
}

void Part::Move(double level, vtkPolyData* data) const
{
  vtkNew<vtkPoints> points;
  points->SetDataTypeToDouble();
  points->SetNumberOfPoints(data->GetNumberOfPoints());
  vtkDataArray* normals = data->GetPointData()->GetNormals();
  const Eigen::Vector3d spacing = Eigen::Map<const Eigen::Vector3d>(this->Whole->GetSpacing());
  const Eigen::Matrix3d direction = DirectionOf(this->Whole);
  for (vtkIdType point = 0; point < data->GetNumberOfPoints(); ++point)
  {
    Eigen::Vector3d numbers;
    data->GetPoint(point, numbers.data());
    points->SetPoint(point, this->PlaceOf(this->Sharpened(numbers, level)).data());
    if (normals)
    {
      Eigen::Vector3d normal;
      normals->GetTuple(point, normal.data());
      const Eigen::Vector3d turned = direction * normal.cwiseQuotient(spacing);
      normals->SetTuple(point, turned.normalized().eval().data());
    }
  }
  data->SetPoints(points);
}

/// Where the values on a line pass the level.
vtkSmartPointer<vtkPolyData> PointsOnLine(vtkImageData* line, double level)
{
  auto* values = vtkDoubleArray::SafeDownCast(line->GetPointData()->GetScalars());
  Eigen::Matrix3Xd points = Eigen::Matrix3Xd::Zero(3, line->GetNumberOfPoints());
  scorefields::Index count = 0;
  for (vtkIdType node = 0; node + 1 < line->GetNumberOfPoints(); ++node)
  {
    const double here = values->GetValue(node);
    const double next = values->GetValue(node + 1);
    if ((here >= level) != (next >= level))
    {
      points(0, count++) = static_cast<double>(node) + (level - here) / (next - here);
    }
  }
  auto data = vtkSmartPointer<vtkPolyData>::New();
  SetVertices(points.leftCols(count), data);
  return data;
}

template <class Filter>
vtkSmartPointer<vtkPolyData> Contour(vtkImageData* image, double level)
{
  vtkNew<Filter> filter;
  filter->SetInputData(image);
  filter->SetValue(0, level);
  filter->ComputeScalarsOff();
  filter->Update();
  return filter->GetOutput();
}

vtkSmartPointer<vtkPolyData> Part::Border(double level) const
{
  auto data = this->Count == 1 ? PointsOnLine(this->Nodes, level)
    : this->Count == 2         ? Contour<vtkFlyingEdges2D>(this->Nodes, level)
                               : Contour<vtkFlyingEdges3D>(this->Nodes, level);
  this->Move(level, data);
  return data;
}

template <class Array, class Value>
void Fill(vtkPolyData* data, const char* name, Value value)
{
  vtkNew<Array> array;
  array->SetName(name);
  array->SetNumberOfTuples(data->GetNumberOfPoints());
  array->FillValue(value);
  data->GetPointData()->AddArray(array);
}
}

void AddContours(vtkImageData* image, const ImagePart& part, const std::vector<double>& values,
  const std::vector<RegionBorder>& borders, vtkPolyData* output)
{
  const Part nodes(image, part, values);
  if (nodes.Axes() == 0)
  {
    return;
  }
  vtkNew<vtkAppendPolyData> append;
  for (const RegionBorder& border : borders)
  {
    const auto data = nodes.Border(border.Share);
    Fill<vtkDoubleArray>(data, names::EnclosedMass, border.Mass);
    Fill<vtkDoubleArray>(data, names::DensityLevel, border.Level);
    Fill<vtkIntArray>(data, names::Region, border.Number);
    append->AddInputData(data);
  }
  if (!borders.empty())
  {
    append->Update();
    output->ShallowCopy(append->GetOutput());
    output->GetPointData()->SetActiveScalars(names::EnclosedMass);
  }
}
}
