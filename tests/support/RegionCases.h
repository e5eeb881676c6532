// SPDX-License-Identifier: BSD-3-Clause
#ifndef support_RegionCases_h
#define support_RegionCases_h

#include "Numerics/Regions/MassCurve.h"

#include <algorithm>
#include <cmath>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <vector>

/// Densities on grids, for the tests of regions.
namespace support
{
/// A grid of `dimension` axes over [-half, half + shift], where no node is at the middle.
inline scorefields::Grid RegionGrid(int dimension, double spacing, double half)
{
  scorefields::Grid grid;
  const auto nodes = static_cast<scorefields::Index>(std::ceil(2.0 * half / spacing)) + 1;
  for (int axis = 0; axis < dimension; ++axis)
  {
    grid.Dimensions[axis] = nodes;
    grid.Spacing[axis] = spacing;
    grid.Origin[axis] = -half - 0.01 * (axis + 1);
  }
  return grid;
}

/// A log density on a grid, and what the numerics make of it.
struct RegionCase
{
  scorefields::RegionNodes Nodes;
  std::vector<double> LogDensity;
  double Largest = -1e300;

  RegionCase(
    const scorefields::Grid& grid, const std::function<double(const Eigen::Vector3d&)>& logDensity)
  {
    this->Nodes.Whole = grid;
    this->Nodes.Known = this->Nodes.Owned = scorefields::NodeBlock::Whole(grid);
    for (scorefields::Index node = 0; node < grid.Size(); ++node)
    {
      this->LogDensity.push_back(logDensity(grid.Node(node)));
      this->Largest = std::fmax(this->Largest, this->LogDensity.back()); // leaves NaN out
    }
    this->Nodes.LogDensity = this->LogDensity.data();
  }
  RegionCase(const RegionCase&) = delete;
  void operator=(const RegionCase&) = delete;

  scorefields::RegionField Field(
    const scorefields::Execution& execution = scorefields::Execution()) const
  {
    return scorefields::RegionField(this->Nodes, this->Largest, execution);
  }
};

/// Where threads that stand for ranks add their numbers: each waits for all others.
class Meeting
{
public:
  explicit Meeting(int members)
    : Members(members)
  {
  }

  void Sum(double* values, scorefields::Index n)
  {
    std::unique_lock<std::mutex> lock(this->Mutex);
    this->Totals.resize(static_cast<std::size_t>(n), 0.0);
    for (scorefields::Index i = 0; i < n; ++i)
    {
      this->Totals[static_cast<std::size_t>(i)] += values[i];
    }
    const int round = this->Round;
    if (++this->Arrived == this->Members)
    {
      this->Arrived = 0;
      ++this->Round;
      this->Results = this->Totals;
      this->Totals.clear();
      this->Condition.notify_all();
    }
    this->Condition.wait(lock, [this, round] { return this->Round != round; });
    std::copy_n(this->Results.begin(), n, values);
  }

private:
  int Members;
  int Arrived = 0;
  int Round = 0;
  std::vector<double> Totals, Results;
  std::mutex Mutex;
  std::condition_variable Condition;
};

/// A part of a case: its cells from one place along an axis to another, with a layer of nodes more.
struct RegionPart
{
  scorefields::RegionNodes Nodes;
  std::vector<double> LogDensity;

  RegionPart(const RegionCase& whole, int axis, scorefields::Index from, scorefields::Index to)
    : Nodes(whole.Nodes)
  {
    const scorefields::Index3& count = whole.Nodes.Whole.Dimensions;
    const scorefields::Index first = std::max<scorefields::Index>(from - 1, 0);
    const scorefields::Index last = std::min(to + 1, count[axis] - 1);
    this->Nodes.Known.First[axis] = first;
    this->Nodes.Known.Dimensions[axis] = last - first + 1;
    this->Nodes.Owned = this->Nodes.Known;
    this->Nodes.Owned.First.setZero();
    this->Nodes.Owned.First[axis] = from - first;
    this->Nodes.Owned.Dimensions[axis] = to - from + 1;
    for (scorefields::Index node = 0; node < whole.Nodes.Whole.Size(); ++node)
    {
      const scorefields::Index3 place(
        node % count[0], node / count[0] % count[1], node / (count[0] * count[1]));
      if (place[axis] >= first && place[axis] <= last)
      {
        this->LogDensity.push_back(whole.LogDensity[static_cast<std::size_t>(node)]);
      }
    }
    this->Nodes.LogDensity = this->LogDensity.data();
  }
  RegionPart(const RegionPart&) = delete;
  void operator=(const RegionPart&) = delete;
};
}

#endif
