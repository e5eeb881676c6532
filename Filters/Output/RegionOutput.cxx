// SPDX-License-Identifier: BSD-3-Clause
#include "Output/RegionOutput.h"

#include "Pipeline/Adaptor.h"
#include "Pipeline/FieldNames.h"

#include <vtkDataSet.h>
#include <vtkDoubleArray.h>
#include <vtkIntArray.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkTable.h>

#include <algorithm>
#include <cmath>

namespace vtkscorefields
{
namespace
{
/// -log10 of the smallest share that differs from 0 beside 1.
constexpr double MostDigits = 16.0;

vtkSmartPointer<vtkDoubleArray> Numbers(const char* name)
{
  auto column = vtkSmartPointer<vtkDoubleArray>::New();
  column->SetName(name);
  return column;
}

vtkSmartPointer<vtkIntArray> Integers(const char* name)
{
  auto column = vtkSmartPointer<vtkIntArray>::New();
  column->SetName(name);
  return column;
}

/// One column of a table of islands or regions.
template <class Row, class Value>
void AddColumn(vtkTable* table, const char* name, const std::vector<Row>& rows, const Value& value)
{
  auto column = Numbers(name);
  for (const Row& row : rows)
  {
    column->InsertNextValue(value(row));
  }
  table->AddColumn(column);
}
}

void WriteRegions(const std::vector<RegionRow>& regions, bool samples, vtkTable* table)
{
  auto numbers = Integers(names::Region);
  auto islands = Integers(names::Islands);
  for (std::size_t i = 0; i < regions.size(); ++i)
  {
    numbers->InsertNextValue(static_cast<int>(i));
    islands->InsertNextValue(static_cast<int>(regions[i].Islands.size()));
  }
  table->AddColumn(numbers);
  AddColumn(table, names::RegionMass, regions, [](const RegionRow& row) { return row.Listed; });
  AddColumn(table, names::EnclosedMass, regions, [](const RegionRow& row) { return row.Mass; });
  AddColumn(table, names::DensityLevel, regions, [](const RegionRow& row) { return row.Level; });
  AddColumn(table, names::Measure, regions, [](const RegionRow& row) { return row.Measure; });
  table->AddColumn(islands);
  if (samples)
  {
    AddColumn(
      table, names::SampleShare, regions, [](const RegionRow& row) { return row.SampleShare; });
  }
}

void WriteIslands(const std::vector<RegionRow>& regions, vtkTable* table)
{
  auto numbers = Integers(names::Region);
  auto listed = Numbers(names::RegionMass);
  auto islands = Integers(names::Island);
  std::vector<IslandRow> rows;
  for (std::size_t i = 0; i < regions.size(); ++i)
  {
    for (std::size_t island = 0; island < regions[i].Islands.size(); ++island)
    {
      numbers->InsertNextValue(static_cast<int>(i));
      listed->InsertNextValue(regions[i].Listed);
      islands->InsertNextValue(static_cast<int>(island) + 1);
      rows.push_back(regions[i].Islands[island]);
    }
  }
  table->AddColumn(numbers);
  table->AddColumn(listed);
  table->AddColumn(islands);
  AddColumn(table, names::EnclosedMass, rows, [](const IslandRow& row) { return row.Mass; });
  AddColumn(table, names::Measure, rows, [](const IslandRow& row) { return row.Measure; });
  AddColumn(table, names::PeakDensity, rows, [](const IslandRow& row) { return row.PeakDensity; });
  AddColumn(table, names::PeakX, rows, [](const IslandRow& row) { return row.Peak[0]; });
  AddColumn(table, names::PeakY, rows, [](const IslandRow& row) { return row.Peak[1]; });
  AddColumn(table, names::PeakZ, rows, [](const IslandRow& row) { return row.Peak[2]; });
}

void WriteSamples(const std::vector<SampleRow>& rows, vtkDataSet* block)
{
  auto enclosed = Numbers(names::EnclosedMass);
  auto tail = Numbers(names::TailMass);
  auto score = Numbers(names::OutlierScore);
  auto region = Integers(names::Region);
  for (const SampleRow& row : rows)
  {
    enclosed->InsertNextValue(row.EnclosedMass);
    tail->InsertNextValue(row.TailMass);
    const double digits = row.TailMass > 0.0 ? -std::log10(row.TailMass) : MostDigits;
    score->InsertNextValue(
      std::isnan(row.TailMass) ? row.TailMass : std::clamp(digits, 0.0, MostDigits));
    region->InsertNextValue(row.Region);
  }
  vtkPointData* points = block->GetPointData();
  points->AddArray(enclosed);
  points->AddArray(tail);
  points->AddArray(score);
  points->AddArray(region);
  points->SetActiveScalars(names::EnclosedMass);
}
}
