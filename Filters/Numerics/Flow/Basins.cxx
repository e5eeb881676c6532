// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Flow/Basins.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <tuple>
#include <utility>

namespace scorefields
{
namespace
{
/// Modes by the cells, as wide as the distance that separates modes, that they lie in.
class ModeLookup
{
public:
  ModeLookup(const StepMetric& unit, double distance)
    : Unit(unit)
    , Distance(distance)
  {
  }

  void Add(const Eigen::Vector3d& position)
  {
    const Eigen::Vector3d place = this->Whiten(position);
    this->Cells.emplace(this->CellOf(place), std::pair<Eigen::Vector3d, int>(place, this->Count++));
  }

  /// The nearest mode within the distance, or NoBasin.
  int Find(const Eigen::Vector3d& position) const
  {
    const Eigen::Vector3d place = this->Whiten(position);
    const Cell centre = this->CellOf(place);
    int nearest = NoBasin;
    double least = this->Distance;
    for (int neighbour = 0; neighbour < 27; ++neighbour)
    {
      const Cell cell{ { centre[0] + neighbour % 3 - 1, centre[1] + neighbour / 3 % 3 - 1,
        centre[2] + neighbour / 9 - 1 } };
      const auto range = this->Cells.equal_range(cell);
      for (auto entry = range.first; entry != range.second; ++entry)
      {
        const double distance = (entry->second.first - place).norm();
        if (distance < least || (distance == least && entry->second.second < nearest))
        {
          least = distance;
          nearest = entry->second.second;
        }
      }
    }
    return nearest;
  }

private:
  using Cell = std::array<double, 3>;

  /// L^-1 x; over the distance it is what cells are counted in.
  Eigen::Vector3d Whiten(const Eigen::Vector3d& x) const
  {
    Eigen::Vector3d y = Eigen::Vector3d::Zero();
    for (int a = 0; a < this->Unit.Active.Count; ++a)
    {
      const int i = this->Unit.Active.Axis[a];
      y[i] = (x[i] - this->Unit.Factor.row(i).dot(y)) / this->Unit.Factor(i, i);
    }
    return y;
  }
  Cell CellOf(const Eigen::Vector3d& place) const
  {
    return Cell{ { std::floor(place[0] / this->Distance), std::floor(place[1] / this->Distance),
      std::floor(place[2] / this->Distance) } };
  }

  const StepMetric& Unit;
  double Distance;
  std::multimap<Cell, std::pair<Eigen::Vector3d, int>> Cells;
  int Count = 0;
};

bool IsAtMode(const FlowState& ends, Index i)
{
  return ends.Settled[static_cast<std::size_t>(i)] != 0 && ends.IsKnown(i);
}

/// Higher modes first, ties by coordinates.
bool ComesBefore(const Mode& one, const Mode& other)
{
  const auto key = [](const Mode& mode) {
    return std::make_tuple(-mode.LogDensity, mode.Position[0], mode.Position[1], mode.Position[2]);
  };
  return key(one) < key(other);
}
}

std::vector<Mode> ModesAt(const FlowState& ends)
{
  std::vector<Mode> modes;
  for (Index i = 0; i < ends.Count(); ++i)
  {
    if (IsAtMode(ends, i))
    {
      modes.push_back({ ends.Positions.col(i), ends.LogDensity[i] });
    }
  }
  return modes;
}

std::vector<Mode> DistinctModes(std::vector<Mode> modes, const StepMetric& unit, double distance)
{
  std::sort(modes.begin(), modes.end(), ComesBefore);
  ModeLookup lookup(unit, distance);
  std::vector<Mode> distinct;
  for (const Mode& mode : modes)
  {
    if (lookup.Find(mode.Position) == NoBasin)
    {
      lookup.Add(mode.Position);
      distinct.push_back(mode);
    }
  }
  return distinct;
}

std::vector<int> BasinsOf(
  const FlowState& ends, const std::vector<Mode>& modes, const StepMetric& unit)
{
  ModeLookup lookup(unit, MergeDistance);
  for (const Mode& mode : modes)
  {
    lookup.Add(mode.Position);
  }
  std::vector<int> basins(static_cast<std::size_t>(ends.Count()), NoBasin);
  for (std::size_t i = 0; i < basins.size(); ++i)
  {
    if (IsAtMode(ends, static_cast<Index>(i)))
    {
      basins[i] = lookup.Find(ends.Positions.col(static_cast<Index>(i)));
    }
  }
  return basins;
}

FlowBasins FindBasins(const FlowState& ends, const StepMetric& unit,
  const std::function<void(std::vector<double>&)>& gather)
{
  std::vector<double> values;
  for (const Mode& mode : DistinctModes(ModesAt(ends), unit))
  {
    values.insert(
      values.end(), { mode.Position[0], mode.Position[1], mode.Position[2], mode.LogDensity });
  }
  gather(values);
  std::vector<Mode> all;
  for (std::size_t k = 0; k + 3 < values.size(); k += 4)
  {
    all.push_back({ { values[k], values[k + 1], values[k + 2] }, values[k + 3] });
  }
  FlowBasins basins;
  basins.Modes = DistinctModes(std::move(all), unit);
  basins.OfParticle = BasinsOf(ends, basins.Modes, unit);
  return basins;
}
}
