// SPDX-License-Identifier: BSD-3-Clause
#include "Output/ModeOutput.h"

#include "Numerics/Flow/Basins.h"
#include "Numerics/Flow/PathPieces.h"
#include "Pipeline/Adaptor.h"
#include "Pipeline/FieldNames.h"
#include "Pipeline/Vertices.h"

#include <vtkCellArray.h>
#include <vtkCellData.h>
#include <vtkDataSet.h>
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
using scorefields::CriticalPoint;
using scorefields::Index;
using scorefields::NoPoint;

namespace
{
constexpr double NotKnown = std::numeric_limits<double>::quiet_NaN();

/// The mode that ends at each critical point; NoPoint for most.
std::vector<Index> ModesEndingAt(const scorefields::CriticalSet& set)
{
  std::vector<Index> modes(set.Points.size(), NoPoint);
  for (Index mode = 0; mode < set.Modes(); ++mode)
  {
    const Index saddle = set.Pairs[static_cast<std::size_t>(mode)].Saddle;
    if (saddle != NoPoint)
    {
      modes[static_cast<std::size_t>(saddle)] = mode;
    }
  }
  return modes;
}

/// The points that are written, and the mode that each belongs to: itself, or the one that ends at
/// a saddle.
struct WrittenPoints
{
  std::vector<const CriticalPoint*> Points;
  std::vector<Index> Modes; ///< NoPoint for points that belong to none
  std::vector<bool> IsMode;

  explicit WrittenPoints(const ModeResults& modes)
  {
    const std::vector<Index> ending = ModesEndingAt(modes.Set);
    for (std::size_t i = 0; i < modes.Set.Points.size(); ++i)
    {
      if (modes.Numbers[i] == NoPoint)
      {
        continue;
      }
      const auto own = static_cast<Index>(i);
      const bool isMode = own < modes.Set.Modes();
      this->Points.push_back(&modes.Set.Points[i]);
      this->Modes.push_back(isMode ? own : ending[i]);
      this->IsMode.push_back(isMode);
    }
  }
  std::size_t Count() const { return this->Points.size(); }
};

/// @param value  of the number of a written point.
template <class Array, class Value>
void AddArray(vtkPolyData* output, const char* name, std::size_t count, const Value& value)
{
  vtkNew<Array> array;
  array->SetName(name);
  for (std::size_t i = 0; i < count; ++i)
  {
    array->InsertNextValue(value(i));
  }
  output->GetPointData()->AddArray(array);
}

/// What follows from the points alone.
void AddPointArrays(const WrittenPoints& written, vtkPolyData* output)
{
  const std::vector<const CriticalPoint*>& points = written.Points;
  AddArray<vtkUnsignedCharArray>(output, names::CriticalType, written.Count(),
    [&](std::size_t i) { return static_cast<unsigned char>(points[i]->Type); });
  AddArray<vtkDoubleArray>(output, names::LogDensity, written.Count(),
    [&](std::size_t i) { return points[i]->LogDensity; });
  AddArray<vtkDoubleArray>(output, names::Density, written.Count(),
    [&](std::size_t i) { return std::exp(points[i]->LogDensity); });
  auto eigenvalues =
    NewArray(names::HessianEigenvalues, 3, static_cast<vtkIdType>(written.Count()));
  for (std::size_t i = 0; i < written.Count(); ++i)
  {
    eigenvalues->SetTuple(static_cast<vtkIdType>(i), points[i]->Eigenvalues.data());
  }
  output->GetPointData()->AddArray(eigenvalues);
}

/// How modes end.
void AddPairs(const ModeResults& modes, const WrittenPoints& written, vtkPolyData* output)
{
  const auto numberOf = [&](Index point)
  { return point == NoPoint ? NoPoint : modes.Numbers[static_cast<std::size_t>(point)]; };
  const auto pairOf = [&](Index mode) { return modes.Set.Pairs[static_cast<std::size_t>(mode)]; };
  AddArray<vtkDoubleArray>(output, names::Persistence, written.Count(),
    [&](std::size_t i)
    {
      const Index mode = written.Modes[i];
      return mode == NoPoint ? NotKnown : modes.Set.Persistence(mode);
    });
  AddArray<vtkIntArray>(output, names::Partner, written.Count(),
    [&](std::size_t i)
    {
      const Index mode = written.Modes[i];
      const Index partner =
        mode == NoPoint ? NoPoint : (written.IsMode[i] ? pairOf(mode).Saddle : mode);
      return static_cast<int>(numberOf(partner));
    });
  AddArray<vtkIntArray>(output, names::Basin, written.Count(),
    [&](std::size_t i)
    {
      const Index mode = written.Modes[i];
      return mode == NoPoint ? scorefields::NoBasin : modes.BasinOf(mode);
    });
  AddArray<vtkIntArray>(output, names::ParentBasin, written.Count(),
    [&](std::size_t i)
    {
      const Index parent = written.Modes[i] == NoPoint ? NoPoint : pairOf(written.Modes[i]).Parent;
      return parent == NoPoint ? scorefields::NoBasin : modes.BasinOf(parent);
    });
}

/// What samples say of the modes.
void AddTests(const ModeResults& modes, const WrittenPoints& written, vtkPolyData* output)
{
  const auto add = [&](const char* name, const std::vector<double>& values)
  {
    AddArray<vtkDoubleArray>(output, name, written.Count(),
      [&](std::size_t i) {
        return written.IsMode[i] ? values[static_cast<std::size_t>(written.Modes[i])] : NotKnown;
      });
  };
  add(names::PValue, modes.PValues);
  add(names::EffectiveSampleSize, modes.SampleSizes);
  add(names::SampleShare, modes.Shares);
  AddArray<vtkUnsignedCharArray>(output, names::Significant, written.Count(),
    [&](std::size_t i)
    {
      const bool is = written.Modes[i] != NoPoint && modes.IsSignificant(written.Modes[i]);
      return static_cast<unsigned char>(is ? 1 : 0);
    });
}
}

int ModeResults::BasinOf(Index mode) const
{
  const Index stands = this->Stands[static_cast<std::size_t>(mode)];
  return stands == NoPoint ? scorefields::NoBasin
                           : static_cast<int>(this->Numbers[static_cast<std::size_t>(stands)]);
}

void ModeResults::NumberPoints()
{
  const std::vector<Index> ending = ModesEndingAt(this->Set);
  this->Numbers.clear();
  Index next = 0;
  for (std::size_t i = 0; i < this->Set.Points.size(); ++i)
  {
    const auto own = static_cast<Index>(i);
    const Index mode = own < this->Set.Modes() ? own : ending[i];
    this->Numbers.push_back(mode == NoPoint || this->IsKept(mode) ? next++ : NoPoint);
  }
}

void WriteCriticalPoints(const ModeResults& modes, vtkPolyData* output)
{
  const WrittenPoints written(modes);
  Eigen::Matrix3Xd places(3, static_cast<Index>(written.Count()));
  for (std::size_t i = 0; i < written.Count(); ++i)
  {
    places.col(static_cast<Index>(i)) = written.Points[i]->Position;
  }
  SetVertices(places, output);
  AddPointArrays(written, output);
  AddPairs(modes, written, output);
  if (modes.Tested)
  {
    AddTests(modes, written, output);
  }
  output->GetPointData()->SetActiveScalars(names::CriticalType);
}

void WriteWays(const ModeResults& modes, const std::vector<scorefields::CriticalWay>& ways,
  const scorefields::Domain& box, vtkPolyData* output)
{
  vtkNew<vtkPoints> points;
  points->SetDataTypeToDouble();
  vtkNew<vtkCellArray> lines;
  vtkNew<vtkUnsignedCharArray> types;
  types->SetName(names::WayType);
  vtkNew<vtkIntArray> saddles;
  saddles->SetName(names::CriticalPoint);
  vtkNew<vtkIntArray> basins;
  basins->SetName(names::Basin);
  for (const scorefields::CriticalWay& way : ways)
  {
    const Index saddle = modes.Numbers[static_cast<std::size_t>(way.From)];
    if (saddle == NoPoint)
    {
      continue;
    }
    const bool toMode = way.Uphill && way.To != NoPoint;
    for (const scorefields::PathPiece& piece : scorefields::PiecesInBox(way.Places, box))
    {
      lines->InsertNextCell(static_cast<int>(piece.size()));
      for (const scorefields::PathPoint& point : piece)
      {
        lines->InsertCellPoint(points->InsertNextPoint(point.Place.data()));
      }
      types->InsertNextValue(
        static_cast<unsigned char>(way.Uphill ? WayType::Uphill : WayType::Downhill));
      saddles->InsertNextValue(static_cast<int>(saddle));
      basins->InsertNextValue(toMode ? modes.BasinOf(way.To) : scorefields::NoBasin);
    }
  }
  output->SetPoints(points);
  output->SetLines(lines);
  output->GetCellData()->AddArray(types);
  output->GetCellData()->AddArray(saddles);
  output->GetCellData()->AddArray(basins);
}

void WriteModeFacts(const ModeResults& modes, vtkFieldData* fieldData)
{
  double counts[4] = {};
  double significant = 0.0;
  for (std::size_t i = 0; i < modes.Set.Points.size(); ++i)
  {
    const auto own = static_cast<Index>(i);
    const bool kept = modes.Numbers[i] != NoPoint;
    counts[static_cast<int>(modes.Set.Points[i].Type)] += kept ? 1.0 : 0.0;
    significant += kept && own < modes.Set.Modes() && modes.IsSignificant(own) ? 1.0 : 0.0;
  }
  SetFieldValue(fieldData, names::NumberOfModes, counts[0]);
  SetFieldValue(fieldData, names::CriticalCounts, counts, 4);
  if (modes.Tested)
  {
    SetFieldValue(fieldData, names::SignificantModes, significant);
    SetFieldValue(fieldData, names::SamplesWithoutMode, modes.SamplesWithoutMode);
  }
}

void WriteBasins(const std::vector<int>& basins, vtkDataSet* block)
{
  vtkNew<vtkIntArray> array;
  array->SetName(names::Basin);
  for (const int basin : basins)
  {
    array->InsertNextValue(basin);
  }
  block->GetPointData()->AddArray(array);
  block->GetPointData()->SetActiveScalars(names::Basin);
}
}
