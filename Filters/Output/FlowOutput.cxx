// SPDX-License-Identifier: BSD-3-Clause
#include "Output/FlowOutput.h"

#include "Numerics/Cloud/FoldedPoints.h"
#include "Numerics/Flow/PathPieces.h"
#include "Pipeline/Adaptor.h"
#include "Pipeline/FieldNames.h"

#include <vtkCellArray.h>
#include <vtkCellData.h>
#include <vtkDoubleArray.h>
#include <vtkFieldData.h>
#include <vtkIntArray.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkPoints.h>
#include <vtkPolyData.h>
#include <vtkTypeInt64Array.h>
#include <vtkUnsignedCharArray.h>

#include <cmath>
#include <limits>

namespace vtkscorefields
{
using scorefields::FlowBasins;
using scorefields::FlowMode;
using scorefields::FlowState;
using scorefields::Index;

namespace
{
/// Values by moving particle, spread to all points; `otherwise` for points that do not move.
template <class Values>
void AddArray(vtkDataSetAttributes* attributes, const char* name, const Values& values,
  const std::vector<Index>& column, double otherwise)
{
  const auto components = static_cast<int>(values.rows());
  auto array = NewArray(name, components, static_cast<vtkIdType>(column.size()));
  double* target = array->GetPointer(0);
  for (const Index from : column)
  {
    for (int c = 0; c < components; ++c)
    {
      *target++ = from >= 0 ? values(c, from) : otherwise;
    }
  }
  attributes->AddArray(array);
}

void AddNumbers(vtkDataSetAttributes* attributes, const scorefields::ParticleNumbers& numbers)
{
  vtkNew<vtkTypeInt64Array> array;
  array->SetName(names::ParticleNumber);
  array->SetNumberOfValues(static_cast<vtkIdType>(numbers.size()));
  for (std::size_t i = 0; i < numbers.size(); ++i)
  {
    array->SetValue(static_cast<vtkIdType>(i), static_cast<vtkTypeInt64>(numbers[i]));
  }
  attributes->AddArray(array);
}

void AddStates(
  vtkDataSetAttributes* attributes, const FlowState& state, const std::vector<Index>& column)
{
  vtkNew<vtkUnsignedCharArray> array;
  array->SetName(names::ParticleState);
  array->SetNumberOfValues(static_cast<vtkIdType>(column.size()));
  for (std::size_t i = 0; i < column.size(); ++i)
  {
    ParticleState value = column[i] < 0 ? ParticleState::NotFinite : ParticleState::Moving;
    if (column[i] >= 0 && !state.IsKnown(column[i]))
    {
      value = ParticleState::NoScore;
    }
    else if (column[i] >= 0 && !state.Settled.empty() &&
      state.Settled[static_cast<std::size_t>(column[i])] != 0)
    {
      value = ParticleState::Settled;
    }
    array->SetValue(static_cast<vtkIdType>(i), static_cast<unsigned char>(value));
  }
  attributes->AddArray(array);
}

vtkSmartPointer<vtkIntArray> NewBasins(
  const FlowBasins& basins, const std::vector<Index>& particles)
{
  auto array = vtkSmartPointer<vtkIntArray>::New();
  array->SetName(names::Basin);
  array->SetNumberOfValues(static_cast<vtkIdType>(particles.size()));
  for (std::size_t i = 0; i < particles.size(); ++i)
  {
    const Index particle = particles[i];
    array->SetValue(static_cast<vtkIdType>(i),
      particle >= 0 ? basins.OfParticle[static_cast<std::size_t>(particle)] : scorefields::NoBasin);
  }
  return array;
}

void MovePoints(
  const FlowParticles& particles, const scorefields::PointsRef& positions, vtkPolyData* output)
{
  Eigen::Matrix3Xd points = PointsOf(particles.Cloud);
  for (Index i = 0; i < points.cols(); ++i)
  {
    const Index column = particles.Column[static_cast<std::size_t>(i)];
    if (column >= 0)
    {
      points.col(i) = positions.col(column);
    }
  }
  auto coordinates = NewArray("Points", 3, points.cols());
  std::copy_n(points.data(), points.size(), coordinates->GetPointer(0));
  vtkNew<vtkPoints> moved;
  moved->SetData(coordinates);
  output->SetPoints(moved);
}

/// What has changed since the start: the way through a periodic box however often it was crossed,
/// the difference of the places in a reflecting one.
Eigen::Matrix3Xd DisplacementOf(const FlowState& state, const FlowState& start,
  const scorefields::PointsRef& positions, const scorefields::Domain& box)
{
  Eigen::Matrix3Xd displacement = state.Positions - start.Positions;
  for (int axis = 0; axis < 3; ++axis)
  {
    if (box.At(axis) == scorefields::Boundary::Reflecting)
    {
      displacement.row(axis) = positions.row(axis) - start.Positions.row(axis);
    }
  }
  return displacement;
}

/// The points of trajectories and their arrays.
struct TrailPoints
{
  TrailPoints()
    : Places(NewArray("Points", 3, 0))
    , Step(NewArray(names::Step, 1, 0))
    , LogDensity(NewArray(names::LogDensity, 1, 0))
    , Speed(NewArray(names::Speed, 1, 0))
    , Bandwidth(NewArray(names::Bandwidth, 1, 0))
  {
  }

  /// Values between two steps are interpolated. @return the number of the point.
  vtkIdType Add(
    const scorefields::FlowTrail& trail, const scorefields::PathPoint& point, Index particle)
  {
    const double before = std::floor(point.Step);
    const double share = point.Step - before;
    const auto at = static_cast<std::size_t>(before);
    const auto between = [at, share](const auto& valueAt)
    {
      const double value = valueAt(at);
      return share > 0.0 ? value + share * (valueAt(at + 1) - value) : value;
    };
    this->Step->InsertNextValue(point.Step);
    this->LogDensity->InsertNextValue(
      between([&](std::size_t step) { return trail.LogDensity[step][particle]; }));
    this->Speed->InsertNextValue(
      between([&](std::size_t step) { return trail.Speed[step][particle]; }));
    this->Bandwidth->InsertNextValue(
      between([&](std::size_t step) { return trail.Bandwidth[step]; }));
    return this->Places->InsertNextTuple(point.Place.data());
  }

  void GiveTo(vtkPolyData* output) const
  {
    vtkNew<vtkPoints> points;
    points->SetData(this->Places);
    output->SetPoints(points);
    for (const auto& array : { this->Step, this->LogDensity, this->Speed, this->Bandwidth })
    {
      output->GetPointData()->AddArray(array);
    }
    output->GetPointData()->SetActiveScalars(names::Step);
  }

  vtkSmartPointer<vtkDoubleArray> Places, Step, LogDensity, Speed, Bandwidth;
};
}

void WriteParticles(const FlowParticles& particles, const FlowState& state, const FlowState& start,
  const FlowBasins& basins, FlowMode mode, const scorefields::Domain& box, vtkPolyData* output)
{
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  output->ShallowCopy(particles.Cloud);
  const scorefields::FoldedPoints inBox(box, state.Positions, scorefields::Execution());
  MovePoints(particles, inBox.Points(), output);
  Eigen::Matrix3Xd score = state.Score;
  scorefields::FieldView derivatives;
  derivatives.Score = score.data();
  inBox.Unfold(derivatives, scorefields::Execution());
  const std::vector<Index>& column = particles.Column;
  vtkPointData* const data = output->GetPointData();
  AddArray(data, names::LogDensity, state.LogDensity.transpose(), column, nan);
  AddArray(data, names::Score, score, column, 0.0);
  AddArray(data, names::Speed, state.Speed.transpose(), column, 0.0);
  AddArray(
    data, names::Displacement, DisplacementOf(state, start, inBox.Points(), box), column, 0.0);
  if (state.PathLogDensity.size() > 0)
  {
    AddArray(data, names::PathLogDensity, state.PathLogDensity.transpose(), column, nan);
  }
  AddNumbers(data, particles.Numbers);
  AddStates(data, state, column);
  data->SetActiveScalars(names::LogDensity);
  data->SetActiveVectors(names::Score);
  if (mode == FlowMode::Denoise)
  {
    AddArray(data, names::PosteriorCovariance, state.Tensors, column, 0.0);
    data->SetActiveTensors(names::PosteriorCovariance);
  }
  if (mode == FlowMode::Ascent)
  {
    data->AddArray(NewBasins(basins, column));
  }
}

namespace
{
/// The positions of a tracked particle up to a step.
Eigen::Matrix3Xd PathOf(const scorefields::FlowTrail& trail, Index step, Index particle)
{
  Eigen::Matrix3Xd path(3, step + 1);
  for (Index i = 0; i <= step; ++i)
  {
    path.col(i) = trail.Positions[static_cast<std::size_t>(i)].col(particle);
  }
  return path;
}
}

void WriteTrail(const scorefields::FlowHistory& history, Index step,
  const scorefields::ParticleNumbers& numbers, const FlowBasins& basins,
  const scorefields::Domain& box, vtkPolyData* output)
{
  const scorefields::FlowTrail& trail = history.Trail();
  const std::vector<Index>& tracked = history.Tracked();
  TrailPoints points;
  vtkNew<vtkCellArray> lines;
  scorefields::ParticleNumbers numberOfLine;
  std::vector<Index> particleOfLine;
  for (std::size_t k = 0; k < tracked.size(); ++k)
  {
    const auto particle = static_cast<Index>(k);
    for (const scorefields::PathPiece& piece :
      scorefields::PiecesInBox(PathOf(trail, step, particle), box))
    {
      if (step > 0 && piece.size() < 2)
      {
        continue; // between two steps that cross too many faces
      }
      lines->InsertNextCell(static_cast<int>(piece.size()));
      for (const scorefields::PathPoint& point : piece)
      {
        lines->InsertCellPoint(points.Add(trail, point, particle));
      }
      numberOfLine.push_back(numbers[static_cast<std::size_t>(tracked[k])]);
      particleOfLine.push_back(tracked[k]);
    }
  }
  points.GiveTo(output);
  // A line of one point is a vertex.
  step > 0 ? output->SetLines(lines) : output->SetVerts(lines);
  AddNumbers(output->GetCellData(), numberOfLine);
  if (!basins.OfParticle.empty() || !basins.Modes.empty())
  {
    output->GetCellData()->AddArray(NewBasins(basins, particleOfLine));
  }
}

void WriteFlowFacts(const scorefields::Flow& flow, const FlowState& state, double acceptanceRate,
  const FlowParticles& particles, const FlowBasins& basins, vtkFieldData* fieldData)
{
  const scorefields::FlowRequest& request = flow.Schedule().Request();
  SetFieldText(fieldData, names::FlowMode, NameOf(request.Mode));
  SetFieldValue(fieldData, names::Step, static_cast<double>(state.Step));
  const scorefields::GaussianKernel kernel = flow.Densities().KernelAt(state.Bandwidth);
  const scorefields::SymmetricTensor covariance = scorefields::ToTensor(kernel.Covariance());
  SetFieldValue(fieldData, names::Bandwidth, state.Bandwidth);
  SetFieldValue(fieldData, names::KernelCovariance, covariance.data(), 6);
  SetFieldValue(fieldData, names::NonFiniteParticles, particles.NonFinite);
  const double limit = scorefields::StepSizeLimit(request.Mode);
  if (limit > 0.0)
  {
    SetFieldValue(fieldData, names::StepSizeLimit, limit * flow.LeastStepUnit(state.Bandwidth));
  }
  if (request.Mode == FlowMode::Langevin || request.Mode == FlowMode::AnnealedLangevin)
  {
    SetFieldValue(fieldData, names::AcceptanceRate, acceptanceRate);
  }
  if (request.Mode == FlowMode::Ascent)
  {
    const auto count = static_cast<vtkIdType>(basins.Modes.size());
    SetFieldValue(fieldData, names::NumberOfModes, static_cast<double>(count));
    auto positions = NewArray(names::Modes, 3, count);
    auto logDensity = NewArray(names::ModeLogDensity, 1, count);
    for (vtkIdType k = 0; k < count; ++k)
    {
      const scorefields::Mode& mode = basins.Modes[static_cast<std::size_t>(k)];
      positions->SetTuple(k, mode.Position.data());
      logDensity->SetValue(k, mode.LogDensity);
    }
    fieldData->AddArray(positions);
    fieldData->AddArray(logDensity);
  }
}
}
