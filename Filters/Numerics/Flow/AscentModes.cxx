// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Flow/AscentModes.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>
#include <tuple>

namespace scorefields
{
namespace
{
/// Modes by the cells, MergeDistance wide, that they lie in.
class ModeLookup
{
public:
  explicit ModeLookup(const StepMetric& unit)
    : Unit(unit)
  {
  }

  void Add(const Eigen::Vector3d& position)
  {
    const Eigen::Vector3d place = this->Whiten(position);
    this->Cells.emplace(CellOf(place), std::pair<Eigen::Vector3d, int>(place, this->Count++));
  }

  /// The nearest mode within MergeDistance, or NoBasin.
  int Find(const Eigen::Vector3d& position) const
  {
    const Eigen::Vector3d place = this->Whiten(position);
    const Cell centre = CellOf(place);
    int nearest = NoBasin;
    double least = MergeDistance;
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

  /// L^-1 x / MergeDistance is what cells are counted in.
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
  static Cell CellOf(const Eigen::Vector3d& place)
  {
    return Cell{ { std::floor(place[0] / MergeDistance), std::floor(place[1] / MergeDistance),
      std::floor(place[2] / MergeDistance) } };
  }

  const StepMetric& Unit;
  std::multimap<Cell, std::pair<Eigen::Vector3d, int>> Cells;
  int Count = 0;
};

bool IsAtMode(const FlowState& ends, Index i)
{
  return ends.Settled[static_cast<std::size_t>(i)] != 0 && ends.IsKnown(i);
}

AscentModes Merge(const Eigen::Matrix3Xd& positions, const Eigen::VectorXd& logDensity,
  std::vector<Index> candidates, const StepMetric& unit)
{
  std::sort(candidates.begin(), candidates.end(),
    [&positions, &logDensity](Index one, Index two)
    {
      const auto key = [&](Index i) {
        return std::make_tuple(
          -logDensity[i], positions(0, i), positions(1, i), positions(2, i), i);
      };
      return key(one) < key(two);
    });
  ModeLookup lookup(unit);
  std::vector<Index> kept;
  for (const Index i : candidates)
  {
    if (lookup.Find(positions.col(i)) == NoBasin)
    {
      lookup.Add(positions.col(i));
      kept.push_back(i);
    }
  }
  AscentModes modes{ Eigen::Matrix3Xd(3, static_cast<Index>(kept.size())),
    Eigen::VectorXd(static_cast<Index>(kept.size())) };
  for (std::size_t k = 0; k < kept.size(); ++k)
  {
    modes.Positions.col(static_cast<Index>(k)) = positions.col(kept[k]);
    modes.LogDensity[static_cast<Index>(k)] = logDensity[kept[k]];
  }
  return modes;
}
}

AscentModes MergeEnds(const FlowState& ends, const StepMetric& unit)
{
  std::vector<Index> settled;
  for (Index i = 0; i < ends.Count(); ++i)
  {
    if (IsAtMode(ends, i))
    {
      settled.push_back(i);
    }
  }
  return Merge(ends.Positions, ends.LogDensity, std::move(settled), unit);
}

AscentModes MergeModes(const AscentModes& modes, const StepMetric& unit)
{
  std::vector<Index> all(static_cast<std::size_t>(modes.Count()));
  std::iota(all.begin(), all.end(), Index{ 0 });
  return Merge(modes.Positions, modes.LogDensity, std::move(all), unit);
}

std::vector<int> BasinsOf(const FlowState& ends, const AscentModes& modes, const StepMetric& unit)
{
  ModeLookup lookup(unit);
  for (Index k = 0; k < modes.Count(); ++k)
  {
    lookup.Add(modes.Positions.col(k));
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
}
