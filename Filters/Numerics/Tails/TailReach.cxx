// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Tails/TailReach.h"

#include "Numerics/Base/Lanes.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace scorefields
{
namespace
{
constexpr double None = -std::numeric_limits<double>::infinity();

std::vector<double>& Of(std::array<std::vector<double>, 3>& vectors, Index axis)
{
  return vectors[static_cast<std::size_t>(axis)];
}

/// target[i] = values[i] + bounds[i] + rest; returns the largest.
SCOREFIELDS_CLONES
double AddBounds(
  const double* values, const double* bounds, double rest, Index count, double* target)
{
  double largest = None;
  for (Index i = 0; i < count; ++i)
  {
    target[i] = values[i] + bounds[i] + rest;
    largest = target[i] > largest ? target[i] : largest;
  }
  return largest;
}

/// The cutoff below which candidates hold at most `allowed` together: a whole number, or `least`.
double CutoffFor(
  const std::vector<std::pair<Index, double>>& candidates, double least, double allowed)
{
  constexpr std::size_t most = 64;
  std::array<double, most> held{}; // by candidates in (-k - 1, -k]
  for (const auto& candidate : candidates)
  {
    const double below = std::min(std::max(-candidate.second, 0.0), most - 1.0);
    held[static_cast<std::size_t>(below)] += std::exp(candidate.second);
  }
  double sum = 0.0;
  for (std::size_t k = most; k-- > 1;)
  {
    sum += held[k];
    if (sum > allowed)
    {
      return std::max(least, -static_cast<double>(k) - 1.0);
    }
  }
  return std::max(least, -1.0);
}

/// Calls visit for all numbers below count, from `first` on to both sides.
template <class Visitor>
void FromWithin(Index first, Index count, const Visitor& visit)
{
  visit(first);
  for (Index step = 1; step < count; ++step)
  {
    if (first >= step)
    {
      visit(first - step);
    }
    if (first + step < count)
    {
      visit(first + step);
    }
  }
}
}

Eigen::Array3d TailReach::LeastDistance(const Box& box) const
{
  Eigen::Array3d low;
  Eigen::Array3d high;
  for (Index axis = 0; axis < 3; ++axis)
  {
    low[axis] = this->Nodes.Place(axis, 0);
    high[axis] =
      this->Nodes.Place(axis, this->Nodes.Lines[static_cast<std::size_t>(axis)].Size - 1);
  }
  return (low - box.Centre).max(box.Centre - high) - box.Half;
}

/// The block whose largest weight, at its middle, counts most at the centre of the box.
Index TailReach::Nearest(const Box& box, const Wish& wish, Search& search) const
{
  Index3 beside;
  for (Index axis = 0; axis < 3; ++axis)
  {
    std::vector<double>& bounds = Of(search.Bounds, axis);
    bounds.resize(static_cast<std::size_t>(this->Census.Blocks[axis]));
    for (Index b = 0; b < this->Census.Blocks[axis]; ++b)
    {
      const double distance =
        (box.Centre[axis] - this->Census.MiddleOf(axis, b)) / wish.Bandwidths[axis];
      bounds[static_cast<std::size_t>(b)] = -0.5 * distance * distance;
    }
    beside[axis] = std::max_element(bounds.begin(), bounds.end()) - bounds.begin();
  }
  const Index length = this->Census.Blocks[0];
  search.Values.resize(static_cast<std::size_t>(length));
  Index nearest = 0;
  double largest = None;
  // The row beside the box first: others can then be passed over.
  FromWithin(beside[1] + this->Census.Blocks[1] * beside[2], this->Census.RowCount(),
    [&](Index row)
    {
      const double rest = search.Bounds[1][static_cast<std::size_t>(row % this->Census.Blocks[1])] +
        search.Bounds[2][static_cast<std::size_t>(row / this->Census.Blocks[1])];
      if (!(this->Census.RowPeak[static_cast<std::size_t>(row)] + rest > largest))
      {
        return;
      }
      const double best = AddBounds(this->Census.LogPeak.data() + row * length,
        search.Bounds[0].data(), rest, length, search.Values.data());
      if (best > largest)
      {
        largest = best;
        nearest = row * length +
          (std::max_element(search.Values.begin(), search.Values.end()) - search.Values.begin());
      }
    });
  return nearest;
}

/// The reference, from the block and those around it.
void TailReach::Refer(
  const Box& box, const Wish& wish, Index block, Search& search, TailPart& part) const
{
  const Index3 place = this->Census.PlaceOf(block);
  Index3 first;
  Index3 count;
  double log = 0.0; // of the summand of a node of weight 1 in the middle of the block
  for (Index axis = 0; axis < 3; ++axis)
  {
    const auto inBandwidths = [&](double coordinate)
    { return (coordinate - box.Centre[axis]) / wish.Bandwidths[axis]; };
    const Index side = this->Census.Side[axis];
    first[axis] = std::max<Index>(0, (place[axis] - 1) * side);
    count[axis] =
      std::min(this->Nodes.Lines[static_cast<std::size_t>(axis)].Size, (place[axis] + 2) * side) -
      first[axis];
    const double middle = inBandwidths(this->Census.MiddleOf(axis, place[axis]));
    log -= 0.5 * middle * middle;
    std::vector<double>& factors = Of(search.Factors, axis);
    factors.resize(static_cast<std::size_t>(count[axis]));
    for (Index i = 0; i < count[axis]; ++i)
    {
      const double z = inBandwidths(this->Nodes.Place(axis, first[axis] + i));
      factors[static_cast<std::size_t>(i)] = std::exp(0.5 * (middle - z) * (middle + z));
    }
  }
  const NodeSums sums = SumNodes(this->Nodes, first, count, search.Factors);
  for (Index axis = 0; axis < 3; ++axis)
  {
    part.Reference[axis] = this->Nodes.Place(axis, first[axis]) +
      sums.Moment[axis] / sums.Sum * this->Nodes.Lines[static_cast<std::size_t>(axis)].Spacing;
  }
  part.LogWeight = std::log(sums.Sum) + log +
    0.5 * ((part.Reference - box.Centre) / wish.Bandwidths).square().sum();
}

/// The largest of -(c - z)^2 / 2 + (c - z_0)^2 / 2 + delta (z - z_0) in each block along an axis.
void TailReach::BoundAlong(
  Index axis, const Box& box, double bandwidth, double reference, Search& search) const
{
  const double half = box.Half[axis] / bandwidth;
  const double toReference = (reference - box.Centre[axis]) / bandwidth;
  for (Index b = 0; b < this->Census.Blocks[axis]; ++b)
  {
    const double low = (this->Census.FirstOf(axis, b) - box.Centre[axis]) / bandwidth;
    const double high = (this->Census.LastOf(axis, b) - box.Centre[axis]) / bandwidth;
    double bound = None;
    for (const double delta : { half, -half })
    {
      const double z = std::clamp(delta, low, high);
      bound =
        std::max(bound, 0.5 * (toReference - z) * (toReference + z) + delta * (z - toReference));
    }
    Of(search.Bounds, axis)[static_cast<std::size_t>(b)] = bound;
  }
}

/// The blocks with bounds, `own` included, of at least `least`.
void TailReach::CollectAbove(double least, double own, Search& search) const
{
  const Index length = this->Census.Blocks[0];
  const double most = *std::max_element(search.Bounds[0].begin(), search.Bounds[0].end());
  search.Candidates.clear();
  for (Index row = 0; row < this->Census.RowCount(); ++row)
  {
    const double rest = own +
      search.Bounds[1][static_cast<std::size_t>(row % this->Census.Blocks[1])] +
      search.Bounds[2][static_cast<std::size_t>(row / this->Census.Blocks[1])];
    if (this->Census.RowSum[static_cast<std::size_t>(row)] + most + rest < least)
    {
      continue;
    }
    AddBounds(this->Census.LogSum.data() + row * length, search.Bounds[0].data(), rest, length,
      search.Values.data());
    for (Index b = 0; b < length; ++b)
    {
      const double bound = search.Values[static_cast<std::size_t>(b)];
      if (bound >= least)
      {
        search.Candidates.emplace_back(row * length + b, bound);
      }
    }
  }
}

/// The box of the candidates' nodes whose bounds are not below a cutoff.
void TailReach::BoundAbove(
  double cutoff, const Search& search, Eigen::Array3d& low, Eigen::Array3d& high) const
{
  Index3 first = this->Census.Blocks;
  Index3 last = Index3::Constant(-1);
  for (const auto& candidate : search.Candidates)
  {
    if (candidate.second >= cutoff)
    {
      first = first.cwiseMin(this->Census.PlaceOf(candidate.first));
      last = last.cwiseMax(this->Census.PlaceOf(candidate.first));
    }
  }
  for (Index axis = 0; axis < 3; ++axis)
  {
    low[axis] = this->Census.FirstOf(axis, first[axis]);
    high[axis] = this->Census.LastOf(axis, last[axis]);
  }
}

/// How far the rows of blocks reach in the part's box.
void TailReach::LimitRows(double cutoff, const Search& search, TailPart& part) const
{
  Eigen::Array3d lengths;
  Index3 first = this->Census.Blocks;
  for (const auto& candidate : search.Candidates)
  {
    if (candidate.second >= cutoff)
    {
      first = first.cwiseMin(this->Census.PlaceOf(candidate.first));
    }
  }
  for (Index axis = 0; axis < 3; ++axis)
  {
    lengths[axis] = static_cast<double>(this->Census.Side[axis]) *
      this->Nodes.Lines[static_cast<std::size_t>(axis)].Spacing;
  }
  part.StartRows(lengths);
  for (const auto& candidate : search.Candidates)
  {
    if (candidate.second >= cutoff)
    {
      const Index3 place = this->Census.PlaceOf(candidate.first);
      part.Extend(place[1] - first[1], place[2] - first[2],
        { this->Census.FirstOf(0, place[0]), this->Census.LastOf(0, place[0]) });
    }
  }
}

bool TailReach::Find(const Box& box, const Wish& wish, Search& search, TailPart& part) const
{
  this->Refer(box, wish, this->Nearest(box, wish, search), search, part);
  if (!((part.Reference - box.Centre).abs() + box.Half <= wish.Farthest).all())
  {
    return false;
  }
  for (Index axis = 0; axis < 3; ++axis)
  {
    this->BoundAlong(axis, box, wish.Bandwidths[axis], part.Reference[axis], search);
  }
  // Half of the tolerance for the blocks that no one needs to look at, half for the others.
  const double allowed = wish.LogTolerance - std::log(2.0) - wish.Slack;
  const double blocks = static_cast<double>(this->Census.Blocks.prod());
  const double least = allowed - std::log(blocks);
  this->CollectAbove(least, -part.LogWeight, search);
  const double cutoff = CutoffFor(search.Candidates, least, std::exp(allowed));
  const double innerCutoff =
    CutoffFor(search.Candidates, least, wish.OuterShare * std::exp(-wish.Slack));
  this->BoundAbove(cutoff, search, part.Low, part.High);
  this->BoundAbove(innerCutoff, search, part.InnerLow, part.InnerHigh);
  this->LimitRows(cutoff, search, part);
  return true;
}
}
