// SPDX-License-Identifier: BSD-3-Clause
#include "Output/FlowOutput.h"

#include "Pipeline/Adaptor.h"

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
  array->SetName("ParticleNumber");
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
  array->SetName("ParticleState");
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
  array->SetName("Basin");
  array->SetNumberOfValues(static_cast<vtkIdType>(particles.size()));
  for (std::size_t i = 0; i < particles.size(); ++i)
  {
    const Index particle = particles[i];
    array->SetValue(static_cast<vtkIdType>(i),
      particle >= 0 ? basins.OfParticle[static_cast<std::size_t>(particle)] : scorefields::NoBasin);
  }
  return array;
}

void MovePoints(const FlowParticles& particles, const FlowState& state, vtkPolyData* output)
{
  Eigen::Matrix3Xd points = PointsOf(particles.Cloud);
  for (Index i = 0; i < points.cols(); ++i)
  {
    const Index column = particles.Column[static_cast<std::size_t>(i)];
    if (column >= 0)
    {
      points.col(i) = state.Positions.col(column);
    }
  }
  auto coordinates = NewArray("Points", 3, points.cols());
  std::copy_n(points.data(), points.size(), coordinates->GetPointer(0));
  vtkNew<vtkPoints> moved;
  moved->SetData(coordinates);
  output->SetPoints(moved);
}
}

void WriteParticles(const FlowParticles& particles, const FlowState& state, const FlowState& start,
  const FlowBasins& basins, FlowMode mode, vtkPolyData* output)
{
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  output->ShallowCopy(particles.Cloud);
  MovePoints(particles, state, output);
  const std::vector<Index>& column = particles.Column;
  vtkPointData* const data = output->GetPointData();
  AddArray(data, "LogDensity", state.LogDensity.transpose(), column, nan);
  AddArray(data, "Score", state.Score, column, 0.0);
  AddArray(data, "Speed", state.Speed.transpose(), column, 0.0);
  AddArray(data, "Displacement", state.Positions - start.Positions, column, 0.0);
  if (state.PathLogDensity.size() > 0)
  {
    AddArray(data, "PathLogDensity", state.PathLogDensity.transpose(), column, nan);
  }
  AddNumbers(data, particles.Numbers);
  AddStates(data, state, column);
  data->SetActiveScalars("LogDensity");
  data->SetActiveVectors("Score");
  if (mode == FlowMode::Denoise)
  {
    AddArray(data, "PosteriorCovariance", state.Tensors, column, 0.0);
    data->SetActiveTensors("PosteriorCovariance");
  }
  if (mode == FlowMode::Ascent)
  {
    data->AddArray(NewBasins(basins, column));
  }
}

void WriteTrail(const scorefields::FlowHistory& history, Index step,
  const scorefields::ParticleNumbers& numbers, const FlowBasins& basins, vtkPolyData* output)
{
  const scorefields::FlowTrail& trail = history.Trail();
  const std::vector<Index>& tracked = history.Tracked();
  const auto length = static_cast<vtkIdType>(step) + 1;
  const vtkIdType count = length * static_cast<vtkIdType>(tracked.size());
  auto points = NewArray("Points", 3, count);
  auto steps = NewArray("Step", 1, count);
  auto logDensity = NewArray("LogDensity", 1, count);
  auto speed = NewArray("Speed", 1, count);
  auto bandwidth = NewArray("Bandwidth", 1, count);
  vtkNew<vtkCellArray> lines;
  scorefields::ParticleNumbers numberOfLine;
  vtkIdType point = 0;
  for (std::size_t k = 0; k < tracked.size(); ++k)
  {
    lines->InsertNextCell(static_cast<int>(length));
    for (vtkIdType i = 0; i < length; ++i, ++point)
    {
      const auto at = static_cast<std::size_t>(i);
      const auto column = static_cast<Index>(k);
      lines->InsertCellPoint(point);
      points->SetTuple(point, trail.Positions[at].col(column).data());
      steps->SetValue(point, static_cast<double>(i));
      logDensity->SetValue(point, trail.LogDensity[at][column]);
      speed->SetValue(point, trail.Speed[at][column]);
      bandwidth->SetValue(point, trail.Bandwidth[at]);
    }
    numberOfLine.push_back(numbers[static_cast<std::size_t>(tracked[k])]);
  }
  vtkNew<vtkPoints> places;
  places->SetData(points);
  output->SetPoints(places);
  // A line of one point is a vertex.
  length > 1 ? output->SetLines(lines) : output->SetVerts(lines);
  for (const auto& array : { steps, logDensity, speed, bandwidth })
  {
    output->GetPointData()->AddArray(array);
  }
  output->GetPointData()->SetActiveScalars("Step");
  AddNumbers(output->GetCellData(), numberOfLine);
  if (!basins.OfParticle.empty() || basins.Modes.Count() > 0)
  {
    output->GetCellData()->AddArray(NewBasins(basins, tracked));
  }
}

void WriteFlowFacts(const scorefields::Flow& flow, const FlowState& state, double acceptanceRate,
  const FlowParticles& particles, const FlowBasins& basins, vtkFieldData* fieldData)
{
  const scorefields::FlowRequest& request = flow.Schedule().Request();
  SetFieldValue(fieldData, "FlowMode", std::string(scorefields::NameOf(request.Mode)));
  SetFieldValue(fieldData, "Step", static_cast<double>(state.Step));
  const scorefields::GaussianKernel kernel = flow.Densities().KernelAt(state.Bandwidth);
  const scorefields::SymmetricTensor covariance = scorefields::ToTensor(kernel.Covariance());
  SetFieldValue(fieldData, "Bandwidth", state.Bandwidth);
  SetFieldValue(fieldData, "KernelCovariance", covariance.data(), 6);
  SetFieldValue(fieldData, "NonFiniteParticles", particles.NonFinite);
  const double limit = scorefields::StepSizeLimit(request.Mode);
  if (limit > 0.0)
  {
    SetFieldValue(fieldData, "StepSizeLimit", limit * flow.LeastStepUnit(state.Bandwidth));
  }
  if (request.Mode == FlowMode::Langevin || request.Mode == FlowMode::AnnealedLangevin)
  {
    SetFieldValue(fieldData, "AcceptanceRate", acceptanceRate);
  }
  if (request.Mode == FlowMode::Ascent)
  {
    const Index count = basins.Modes.Count();
    SetFieldValue(fieldData, "NumberOfModes", static_cast<double>(count));
    auto modes = NewArray("Modes", 3, count);
    std::copy_n(basins.Modes.Positions.data(), 3 * count, modes->GetPointer(0));
    fieldData->AddArray(modes);
    auto logDensity = NewArray("ModeLogDensity", 1, count);
    std::copy_n(basins.Modes.LogDensity.data(), count, logDensity->GetPointer(0));
    fieldData->AddArray(logDensity);
  }
}
}
