// SPDX-License-Identifier: BSD-3-Clause
#include "Output/RidgeOutput.h"

#include "Pipeline/Adaptor.h"
#include "Pipeline/FieldNames.h"

#include "Numerics/Flow/PathPieces.h"
#include "Numerics/Ridges/RidgeLookup.h"
#include "Numerics/Score/HessianEigenvalues.h"

#include <vtkCellArray.h>
#include <vtkCellData.h>
#include <vtkDoubleArray.h>
#include <vtkIntArray.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkPoints.h>
#include <vtkPolyData.h>
#include <vtkUnsignedCharArray.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace vtkscorefields
{
using scorefields::Filament;
using scorefields::Index;
using scorefields::RidgePoint;

namespace
{
constexpr int ValueCount = 11;
/// LogDensity, RidgeStrength, ArcLength, three eigenvalues, Density, three of the direction and
/// EffectiveSampleSize.
using Values = Eigen::Matrix<double, ValueCount, 1>;

/// The direction of a line at one of its points.
Eigen::Vector3d DirectionAt(const Filament& line, std::size_t i)
{
  const std::size_t last = line.Points.size() - 1;
  const bool seam = line.Closed && (i == 0 || i == last);
  const auto place = [&line](std::size_t k) { return line.Points[k].Place; };
  if (seam)
  {
    return (place(1) - place(0) + place(last) - place(last - 1)).normalized();
  }
  return (place(std::min(i + 1, last)) - place(i == 0 ? 0 : i - 1)).normalized();
}

std::vector<Values> ValuesOf(
  const Filament& line, const scorefields::RidgeUnit& unit, double logSampleSize)
{
  std::vector<int> axes;
  for (int a = 0; a < unit.Active.Count; ++a)
  {
    axes.push_back(unit.Active.Axis[a]);
  }
  std::vector<Values> values(line.Points.size());
  double length = 0.0;
  for (std::size_t i = 0; i < values.size(); ++i)
  {
    const RidgePoint& point = line.Points[i];
    length += i > 0 ? (point.Place - line.Points[i - 1].Place).norm() : 0.0;
    Eigen::Vector3d eigenvalues;
    scorefields::HessianEigenvalues(
      axes, point.Hessian.data(), 1, eigenvalues.data(), scorefields::Execution());
    values[i] << point.LogDensity, point.Strength, length, eigenvalues, std::exp(point.LogDensity),
      DirectionAt(line, i), std::exp(point.LogDensity + logSampleSize);
  }
  return values;
}

/// The arrays of the points of all lines.
struct LinePoints
{
  LinePoints()
    : Places(NewArray("Points", 3, 0))
    , LogDensity(NewArray(names::LogDensity, 1, 0))
    , Strength(NewArray(names::RidgeStrength, 1, 0))
    , ArcLength(NewArray(names::ArcLength, 1, 0))
    , Eigenvalues(NewArray(names::HessianEigenvalues, 3, 0))
    , Density(NewArray(names::Density, 1, 0))
    , Direction(NewArray(names::RidgeDirection, 3, 0))
    , SampleSize(NewArray(names::EffectiveSampleSize, 1, 0))
  {
  }

  /// Values between two points are interpolated. @return the number of the point.
  vtkIdType Add(const std::vector<Values>& values, const scorefields::PathPoint& point)
  {
    const auto before = static_cast<std::size_t>(std::floor(point.Step));
    const double share = point.Step - std::floor(point.Step);
    Values at = values[before];
    if (share > 0.0)
    {
      at += share * (values[before + 1] - at);
    }
    this->LogDensity->InsertNextValue(at[0]);
    this->Strength->InsertNextValue(at[1]);
    this->ArcLength->InsertNextValue(at[2]);
    this->Eigenvalues->InsertNextTuple(at.data() + 3);
    this->Density->InsertNextValue(at[6]);
    this->Direction->InsertNextTuple(at.data() + 7);
    this->SampleSize->InsertNextValue(at[10]);
    return this->Places->InsertNextTuple(point.Place.data());
  }

  void GiveTo(vtkPolyData* output) const
  {
    vtkNew<vtkPoints> points;
    points->SetData(this->Places);
    output->SetPoints(points);
    for (const auto& array : { this->LogDensity, this->Density, this->Strength, this->ArcLength,
           this->Eigenvalues, this->Direction, this->SampleSize })
    {
      output->GetPointData()->AddArray(array);
    }
    output->GetPointData()->SetActiveScalars(names::LogDensity);
    output->GetPointData()->SetActiveVectors(names::RidgeDirection);
  }

  vtkSmartPointer<vtkDoubleArray> Places, LogDensity, Strength, ArcLength, Eigenvalues, Density,
    Direction, SampleSize;
};

/// The lines themselves, and what is known of each as a whole.
struct LineCells
{
  LineCells()
    : Length(NewArray(names::FilamentLength, 1, 0))
  {
    this->Number->SetName(names::Filament);
    this->Closed->SetName(names::IsClosed);
  }

  void Add(const std::vector<vtkIdType>& points, int number, const Filament& line)
  {
    this->Lines->InsertNextCell(static_cast<vtkIdType>(points.size()), points.data());
    this->Number->InsertNextValue(number);
    this->Length->InsertNextValue(line.Length());
    this->Closed->InsertNextValue(line.Closed ? 1 : 0);
  }

  void GiveTo(vtkPolyData* output) const
  {
    output->SetLines(this->Lines);
    output->GetCellData()->AddArray(this->Number);
    output->GetCellData()->AddArray(this->Length);
    output->GetCellData()->AddArray(this->Closed);
  }

  vtkNew<vtkCellArray> Lines;
  vtkNew<vtkIntArray> Number;
  vtkSmartPointer<vtkDoubleArray> Length;
  vtkNew<vtkUnsignedCharArray> Closed;
};

Eigen::Matrix3Xd PathOf(const Filament& line)
{
  Eigen::Matrix3Xd path(3, static_cast<Index>(line.Points.size()));
  for (std::size_t i = 0; i < line.Points.size(); ++i)
  {
    path.col(static_cast<Index>(i)) = line.Points[i].Place;
  }
  return path;
}

/// One line as its parts in the box. A closed one in one part ends with the point it begins with.
void AddLine(const Filament& line, int number, const std::vector<Values>& values,
  const scorefields::Domain& box, LinePoints& points, LineCells& cells)
{
  const std::vector<scorefields::PathPiece> pieces = PiecesInBox(PathOf(line), box);
  for (const scorefields::PathPiece& piece : pieces)
  {
    if (piece.size() < 2)
    {
      continue;
    }
    std::vector<vtkIdType> numbers;
    const bool ring = line.Closed && pieces.size() == 1;
    for (std::size_t i = 0; i < piece.size(); ++i)
    {
      const bool again = ring && i + 1 == piece.size();
      numbers.push_back(again ? numbers.front() : points.Add(values, piece[i]));
    }
    cells.Add(numbers, number, line);
  }
}
}

void WriteRidges(const std::vector<Filament>& filaments, const scorefields::RidgeUnit& unit,
  double logSampleSize, const scorefields::Domain& box, vtkPolyData* output)
{
  LinePoints points;
  LineCells cells;
  for (std::size_t i = 0; i < filaments.size(); ++i)
  {
    AddLine(filaments[i], static_cast<int>(i), ValuesOf(filaments[i], unit, logSampleSize), box,
      points, cells);
  }
  points.GiveTo(output);
  cells.GiveTo(output);
}

void WriteProjected(const FlowParticles& samples, const ProjectedSamples& projected,
  const scorefields::Domain& box, vtkPolyData* output)
{
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  output->ShallowCopy(samples.Cloud);
  const Eigen::Matrix3Xd from = PointsOf(samples.Cloud);
  const auto places = NewArray("Points", 3, from.cols());
  const auto distance = NewArray(names::RidgeDistance, 1, from.cols());
  const auto displacement = NewArray(names::Displacement, 3, from.cols());
  const auto logDensity = NewArray(names::LogDensity, 1, from.cols());
  const auto strength = NewArray(names::RidgeStrength, 1, from.cols());
  vtkNew<vtkIntArray> filament;
  filament->SetName(names::Filament);
  for (Index i = 0; i < from.cols(); ++i)
  {
    const Index column = samples.Column[static_cast<std::size_t>(i)];
    const bool known = column >= 0 && projected.Settled[static_cast<std::size_t>(column)] != 0;
    const Eigen::Vector3d place =
      known ? box.Folded(Eigen::Vector3d(projected.Places.col(column))) : from.col(i);
    const Eigen::Vector3d start = from.col(i);
    const Eigen::Vector3d way =
      known ? Eigen::Vector3d(NearestImage(box, place, start) - start) : Eigen::Vector3d::Zero();
    places->SetTuple(i, place.data());
    displacement->SetTuple(i, way.data());
    distance->SetValue(i, known ? way.norm() : nan);
    logDensity->SetValue(i, known ? projected.LogDensity[column] : nan);
    strength->SetValue(i, known ? projected.Strength[column] : nan);
    filament->InsertNextValue(known ? projected.Filament[static_cast<std::size_t>(column)] : -1);
  }
  vtkNew<vtkPoints> moved;
  moved->SetData(places);
  output->SetPoints(moved);
  vtkPointData* const data = output->GetPointData();
  for (const auto& array : { distance, displacement, logDensity, strength })
  {
    data->AddArray(array);
  }
  data->AddArray(filament);
  data->SetActiveScalars(names::RidgeDistance);
}
}
