// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Regions/LevelSums.h"

#include "Numerics/Regions/CellSimplices.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace scorefields
{
namespace
{
/// Work is split by the data alone.
constexpr Index MostChunks = 64;
constexpr int NoValue = -1;

std::size_t At(Index index)
{
  return static_cast<std::size_t>(index);
}

/// One chunk's sums. What lies as a whole above the first `rank` levels, and below all others, is
/// kept by this rank until the end; what a level cuts is added to that level.
struct ChunkSums
{
  explicit ChunkSums(std::size_t levels)
    : WholeMass(levels + 1, 0.0)
    , WholeMeasure(levels + 1, 0.0)
    , LowMass(levels + 1, 0.0)
    , CutMass(levels, 0.0)
    , CutBelow(levels, 0.0)
    , CutMeasure(levels, 0.0)
  {
  }

  std::vector<double> WholeMass, WholeMeasure, LowMass;
  std::vector<double> CutMass, CutBelow, CutMeasure;
};

/// The rank of a node: how many levels are not above it.
std::vector<int> RanksOf(
  const std::vector<double>& values, const std::vector<double>& levels, const Execution& execution)
{
  std::vector<int> ranks(values.size());
  execution.For(static_cast<Index>(values.size()),
    [&values, &levels, &ranks](Index begin, Index end)
    {
      for (Index i = begin; i < end; ++i)
      {
        const double value = values[At(i)];
        ranks[At(i)] = std::isfinite(value)
          ? static_cast<int>(std::upper_bound(levels.begin(), levels.end(), value) - levels.begin())
          : NoValue;
      }
    });
  return ranks;
}

template <int Dimension>
class Summation
{
public:
  static constexpr std::size_t Corners = std::size_t(1) << Dimension;

  Summation(
    const RegionField& field, const std::vector<double>& levels, const std::vector<int>& ranks)
    : Field(field)
    , Levels(levels)
    , Ranks(ranks)
  {
    for (std::size_t corner = 0; corner < Corners; ++corner)
    {
      this->Offsets[corner] = field.CornerOffset(corner);
    }
    constexpr auto& simplices = CellSimplices<Dimension>::Corners;
    for (const auto& simplex : simplices)
    {
      for (const std::size_t corner : simplex)
      {
        this->Weights[corner] += 1.0 / static_cast<double>(simplex.size() * simplices.size());
      }
    }
  }

  void AddRow(Index row, ChunkSums& sums) const
  {
    const Index step = this->Field.Stride(this->Field.ActiveAxes().Axis[0]);
    Index node = this->Field.FirstOfRow(row);
    for (Index cell = 0; cell < this->Field.CellsInRow(); ++cell, node += step)
    {
      this->AddCell(node, sums);
    }
  }

private:
  static void AddWhole(int low, int high, double measure, double mass, ChunkSums& sums)
  {
    sums.WholeMass[At(low)] += mass;
    sums.WholeMeasure[At(low)] += measure;
    sums.LowMass[At(high)] += mass;
  }

  void AddCell(Index node, ChunkSums& sums) const
  {
    std::array<int, Corners> ranks;
    std::array<double, Corners> values;
    for (std::size_t corner = 0; corner < Corners; ++corner)
    {
      ranks[corner] = this->Ranks[At(node + this->Offsets[corner])];
      values[corner] = this->Field.Balanced()[At(node + this->Offsets[corner])];
    }
    const auto [lowest, highest] = std::minmax_element(ranks.begin(), ranks.end());
    if (*lowest == NoValue)
    {
      return;
    }
    constexpr double share = 1.0 / static_cast<double>(CellSimplices<Dimension>::Corners.size());
    if (*lowest == *highest)
    {
      double mean = 0.0;
      for (std::size_t corner = 0; corner < Corners; ++corner)
      {
        mean += this->Weights[corner] * values[corner];
      }
      AddWhole(*lowest, *highest, 1.0, mean, sums);
      return;
    }
    for (const auto& simplex : CellSimplices<Dimension>::Corners)
    {
      SimplexValues<Dimension> ascending;
      int low = *highest;
      int high = *lowest;
      for (std::size_t i = 0; i <= Dimension; ++i)
      {
        ascending[i] = values[simplex[i]];
        low = std::min(low, ranks[simplex[i]]);
        high = std::max(high, ranks[simplex[i]]);
      }
      this->AddSimplex(ascending, low, high, share, sums);
    }
  }

  void AddSimplex(
    SimplexValues<Dimension>& values, int low, int high, double share, ChunkSums& sums) const
  {
    double mean = 0.0;
    for (const double value : values)
    {
      mean += value / (Dimension + 1);
    }
    AddWhole(low, high, share, share * mean, sums);
    if (low == high)
    {
      return;
    }
    std::sort(values.begin(), values.end());
    for (int level = low; level < high; ++level)
    {
      const PartAbove part = AboveLevel<Dimension>(values, this->Levels[At(level)]);
      sums.CutMass[At(level)] += share * part.Mass;
      sums.CutBelow[At(level)] += share * std::max(mean - part.Mass, 0.0);
      sums.CutMeasure[At(level)] += share * part.Measure;
    }
  }

  const RegionField& Field;
  const std::vector<double>& Levels;
  const std::vector<int>& Ranks;
  std::array<Index, Corners> Offsets;
  std::array<double, Corners> Weights{}; ///< of the corners in the mean over a cell
};

/// Mass, mass below and measure of a chunk at all levels are added to the sums.
void AddChunk(const ChunkSums& chunk, double measure, LevelSums& sums)
{
  double mass = 0.0;
  double area = 0.0;
  for (std::size_t level = sums.Mass.size(); level-- > 0;)
  {
    mass += chunk.WholeMass[level + 1];
    area += chunk.WholeMeasure[level + 1];
    sums.Mass[level] += measure * (mass + chunk.CutMass[level]);
    sums.Measure[level] += measure * (area + chunk.CutMeasure[level]);
  }
  double below = 0.0;
  for (std::size_t level = 0; level < sums.Mass.size(); ++level)
  {
    below += chunk.LowMass[level];
    sums.MassBelow[level] += measure * (below + chunk.CutBelow[level]);
  }
}

template <int Dimension>
void AddSums(const RegionField& field, const std::vector<double>& levels,
  const Execution& execution, LevelSums& sums)
{
  const std::vector<int> ranks = RanksOf(field.Balanced(), levels, execution);
  const Summation<Dimension> summation(field, levels, ranks);
  const Index rows = field.Rows();
  const Index count = std::min(rows, MostChunks);
  std::vector<ChunkSums> chunks(At(count), ChunkSums(levels.size()));
  execution.For(count,
    [&](Index begin, Index end)
    {
      for (Index chunk = begin; chunk < end; ++chunk)
      {
        for (Index row = chunk * rows / count; row < (chunk + 1) * rows / count; ++row)
        {
          summation.AddRow(row, chunks[At(chunk)]);
        }
      }
    });
  for (const ChunkSums& chunk : chunks)
  {
    AddChunk(chunk, field.CellMeasure(), sums);
  }
}
}

LevelSums SumsAtLevels(const RegionField& field, const std::vector<double>& levels,
  const Exchange& exchange, const Execution& execution)
{
  LevelSums sums;
  sums.Mass.assign(levels.size(), 0.0);
  sums.MassBelow = sums.Measure = sums.Mass;
  switch (field.ActiveAxes().Count)
  {
    case 1:
      AddSums<1>(field, levels, execution, sums);
      break;
    case 2:
      AddSums<2>(field, levels, execution, sums);
      break;
    default:
      AddSums<3>(field, levels, execution, sums);
      break;
  }
  const auto count = static_cast<Index>(levels.size());
  exchange.Sum(sums.Mass.data(), count);
  exchange.Sum(sums.MassBelow.data(), count);
  exchange.Sum(sums.Measure.data(), count);
  return sums;
}
}
