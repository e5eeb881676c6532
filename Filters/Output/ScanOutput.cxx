// SPDX-License-Identifier: BSD-3-Clause
#include "Output/ScanOutput.h"

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
#include <vtkStringArray.h>
#include <vtkTable.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

namespace vtkscorefields
{
namespace
{
using scorefields::BandwidthScan;

void AddColumn(vtkTable* table, const std::string& name, const std::vector<double>& values)
{
  auto column = NewArray(name, 1, static_cast<vtkIdType>(values.size()));
  for (std::size_t row = 0; row < values.size(); ++row)
  {
    column->SetValue(static_cast<vtkIdType>(row), values[row]);
  }
  table->AddColumn(column);
}

void WriteRules(const BandwidthScan& scan, vtkTable* table)
{
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  vtkNew<vtkStringArray> rules;
  rules->SetName(names::Rule);
  vtkNew<vtkStringArray> problems;
  problems->SetName(names::Problem);
  std::vector<double> bandwidths, errors;
  for (const scorefields::RuleMark& mark : scan.Marks)
  {
    for (int end = 0; end < 2; ++end)
    {
      const bool found = mark.Problem.empty();
      rules->InsertNextValue(NameOf(mark.Rule));
      problems->InsertNextValue(mark.Problem);
      bandwidths.push_back(found ? mark.Bandwidth : none);
      errors.push_back(found ? mark.Error : none);
    }
  }
  table->AddColumn(rules);
  AddColumn(table, names::Bandwidth, bandwidths);
  AddColumn(table, names::BandwidthError, errors);
  table->AddColumn(problems);
  // A column for each rule, so that a chart draws and names it: 0 to 1 in its two rows.
  for (std::size_t rule = 0; rule < scan.Marks.size(); ++rule)
  {
    std::vector<double> line(bandwidths.size(), none);
    line[2 * rule] = 0.0;
    line[2 * rule + 1] = 1.0;
    AddColumn(table, NameOf(scan.Marks[rule].Rule), line);
  }
}

/// Where a bandwidth stands in the range: 0 to 1, by its logarithm.
double Place(const BandwidthScan& scan, std::size_t step)
{
  const double range = std::log(scan.Bandwidths.back() / scan.Bandwidths.front());
  return range > 0.0 ? std::log(scan.Bandwidths[step] / scan.Bandwidths.front()) / range : 0.0;
}

/// The points of the tree and their arrays.
struct TreePoints
{
  vtkNew<vtkPoints> Points;
  vtkNew<vtkDoubleArray> Bandwidth;
  vtkNew<vtkDoubleArray> LogDensity;
  vtkNew<vtkDoubleArray> Position;

  TreePoints()
  {
    this->Points->SetDataType(VTK_DOUBLE);
    this->Bandwidth->SetName(names::Bandwidth);
    this->LogDensity->SetName(names::LogDensity);
    this->Position->SetName(names::ModePosition);
    this->Position->SetNumberOfComponents(3);
  }
  void Add(Eigen::Vector3d point, const scorefields::Mode& mode, double bandwidth)
  {
    this->Points->InsertNextPoint(point.data());
    this->Bandwidth->InsertNextValue(bandwidth);
    this->LogDensity->InsertNextValue(mode.LogDensity);
    this->Position->InsertNextTuple(mode.Position.data());
  }
  void GiveTo(vtkPolyData* output) const
  {
    output->SetPoints(this->Points);
    output->GetPointData()->SetScalars(this->Bandwidth);
    output->GetPointData()->AddArray(this->LogDensity);
    output->GetPointData()->AddArray(this->Position);
  }
};

/// Its lines, and the arrays of these.
struct TreeLines
{
  vtkNew<vtkCellArray> Lines;
  vtkNew<vtkIntArray> Track;
  vtkNew<vtkIntArray> Joined;
  vtkNew<vtkDoubleArray> LastBandwidth;

  TreeLines()
  {
    this->Track->SetName(names::Track);
    this->Joined->SetName(names::JoinedTrack);
    this->LastBandwidth->SetName(names::LastBandwidth);
  }
  void GiveTo(vtkPolyData* output) const
  {
    output->SetLines(this->Lines);
    output->GetCellData()->AddArray(this->Track);
    output->GetCellData()->AddArray(this->Joined);
    output->GetCellData()->AddArray(this->LastBandwidth);
  }
};

int FlatAxis(const scorefields::Axes& axes)
{
  int flat = -1;
  for (int axis = 0; axis < 3; ++axis)
  {
    flat = axes.IsActive(axis) ? flat : axis;
  }
  return flat;
}

void WriteTree(const BandwidthScan& scan, const scorefields::Axes& axes,
  const scorefields::CloudMoments& moments, double height, vtkPolyData* output)
{
  const double extent = (moments.Upper - moments.Lower).maxCoeff();
  const double tall = height > 0.0 ? height : extent;
  const int flat = FlatAxis(axes);
  TreePoints points;
  TreeLines lines;
  for (std::size_t i = 0; i < scan.Tree.Tracks.size(); ++i)
  {
    const scorefields::ModeTrack& track = scan.Tree.Tracks[i];
    lines.Lines->InsertNextCell(static_cast<int>(track.Steps.size()));
    for (std::size_t k = 0; k < track.Steps.size(); ++k)
    {
      Eigen::Vector3d point = track.Modes[k].Position;
      if (flat >= 0)
      {
        point[flat] += tall * Place(scan, track.Steps[k]);
      }
      lines.Lines->InsertCellPoint(points.Points->GetNumberOfPoints());
      points.Add(point, track.Modes[k], scan.Bandwidths[track.Steps[k]]);
    }
    lines.Track->InsertNextValue(static_cast<int>(i));
    lines.Joined->InsertNextValue(static_cast<int>(track.Joined));
    lines.LastBandwidth->InsertNextValue(scan.Bandwidths[track.Steps.back()]);
  }
  points.GiveTo(output);
  lines.GiveTo(output);
}
}

void WriteScan(const BandwidthScan& scan, const scorefields::Axes& axes,
  const scorefields::CloudMoments& moments, double height, const ScanTables& tables)
{
  AddColumn(tables.Curves, names::Bandwidth, scan.Bandwidths);
  for (const scorefields::ScanColumn& column : scan.Columns)
  {
    AddColumn(tables.Curves, NameOf(column.Curve), column.Values);
  }
  WriteRules(scan, tables.Rules);
  WriteTree(scan, axes, moments, height, tables.Tree);
}
}
