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
  ModeLookup(const StepMetric& unit, double distance, const Domain& domain)
    : Unit(unit)
    , Distance(distance)
    , Box(domain)
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
    Nearest found{ NoBasin, this->Distance };
    for (const Eigen::Vector3d& image : this->ImagesOf(position))
    {
      this->Find(image, found);
    }
    return found.Mode;
  }

private:
  using Cell = std::array<double, 3>;
  struct Nearest
  {
    int Mode;
    double Distance;
  };

  void Find(const Eigen::Vector3d& position, Nearest& found) const
  {
    const Eigen::Vector3d place = this->Whiten(position);
    const Cell centre = this->CellOf(place);
    for (int neighbour = 0; neighbour < 27; ++neighbour)
    {
      const Cell cell{ { centre[0] + neighbour % 3 - 1, centre[1] + neighbour / 3 % 3 - 1,
        centre[2] + neighbour / 9 - 1 } };
      const auto range = this->Cells.equal_range(cell);
      for (auto entry = range.first; entry != range.second; ++entry)
      {
        const double distance = (entry->second.first - place).norm();
        if (distance < found.Distance ||
          (distance == found.Distance && entry->second.second < found.Mode))
        {
          found = { entry->second.second, distance };
        }
      }
    }
  }

  /// The position, and its images beyond the faces of periodic axes that a mode may be near to:
  /// within a distance d in the metric M, coordinates differ by at most d sqrt(M_aa).
  std::vector<Eigen::Vector3d> ImagesOf(const Eigen::Vector3d& position) const
  {
    std::vector<Eigen::Vector3d> images{ position };
    for (int axis = 0; axis < 3; ++axis)
    {
      const double offset = position[axis] - this->Box.Lower[axis];
      const double length = this->Box.Length[axis];
      const double reach = this->Distance * std::sqrt(this->Unit.Matrix(axis, axis));
      const std::size_t count = images.size();
      for (std::size_t i = 0; i < count && this->Box.At(axis) == Boundary::Periodic; ++i)
      {
        const Eigen::Vector3d image = images[i];
        const Eigen::Vector3d period = length * Eigen::Vector3d::Unit(axis);
        if (offset <= reach)
        {
          images.emplace_back(image + period);
        }
        if (offset >= length - reach)
        {
          images.emplace_back(image - period);
        }
      }
    }
    return images;
  }

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
  const Domain& Box;
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

std::vector<Mode> ModesAt(const FlowState& ends, const Domain& domain)
{
  std::vector<Mode> modes;
  for (Index i = 0; i < ends.Count(); ++i)
  {
    if (IsAtMode(ends, i))
    {
      modes.push_back(
        { domain.Folded(Eigen::Vector3d(ends.Positions.col(i))), ends.LogDensity[i] });
    }
  }
  return modes;
}

std::vector<Mode> DistinctModes(
  std::vector<Mode> modes, const StepMetric& unit, double distance, const Domain& domain)
{
  std::sort(modes.begin(), modes.end(), ComesBefore);
  ModeLookup lookup(unit, distance, domain);
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

std::vector<int> BasinsOf(const FlowState& ends, const std::vector<Mode>& modes,
  const StepMetric& unit, const Domain& domain)
{
  ModeLookup lookup(unit, MergeDistance, domain);
  for (const Mode& mode : modes)
  {
    lookup.Add(mode.Position);
  }
  std::vector<int> basins(static_cast<std::size_t>(ends.Count()), NoBasin);
  for (std::size_t i = 0; i < basins.size(); ++i)
  {
    if (IsAtMode(ends, static_cast<Index>(i)))
    {
      basins[i] =
        lookup.Find(domain.Folded(Eigen::Vector3d(ends.Positions.col(static_cast<Index>(i)))));
    }
  }
  return basins;
}

FlowBasins FindBasins(const FlowState& ends, const StepMetric& unit,
  const std::function<void(std::vector<double>&)>& gather, const Domain& domain)
{
  std::vector<double> values;
  for (const Mode& mode : DistinctModes(ModesAt(ends, domain), unit, MergeDistance, domain))
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
  basins.Modes = DistinctModes(std::move(all), unit, MergeDistance, domain);
  basins.OfParticle = BasinsOf(ends, basins.Modes, unit, domain);
  return basins;
}
}
