// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Bandwidth/Locations.h"

#include <Eigen/Cholesky>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <utility>
#include <vector>

namespace scorefields
{
namespace
{
// The finaliser of MurmurHash3: every bit of the input changes half of the output's.
std::uint64_t Mixed(std::uint64_t bits)
{
  bits = (bits ^ (bits >> 33)) * 0xff51afd7ed558ccdULL;
  bits = (bits ^ (bits >> 33)) * 0xc4ceb9fe1a85ec53ULL;
  return bits ^ (bits >> 33);
}

struct Entry
{
  std::uint64_t Hash;
  Index Point;
};

Eigen::Vector3d Folded(const Eigen::Vector3d& point, const Domain& domain)
{
  return { domain.Folded(0, point[0]), domain.Folded(1, point[1]), domain.Folded(2, point[2]) };
}

std::vector<Entry> SortedEntries(const Samples& samples, const Axes& axes, const Domain& domain)
{
  std::vector<Entry> entries;
  entries.reserve(static_cast<std::size_t>(samples.Count()));
  for (Index i = 0; i < samples.Count(); ++i)
  {
    if (samples.Weight(i) > 0.0)
    {
      entries.push_back({ LocationHash(axes, Folded(samples.Points.col(i), domain)), i });
    }
  }
  // Weights as well, so that their sums over equal points do not depend on the order of the input.
  std::sort(entries.begin(), entries.end(),
    [&samples](const Entry& a, const Entry& b) {
      return a.Hash != b.Hash ? a.Hash < b.Hash : samples.Weight(a.Point) < samples.Weight(b.Point);
    });
  return entries;
}

void Sum(Locations& locations)
{
  locations.TotalWeight = locations.Weights.sum();
  locations.SquaredWeights = locations.Weights.dot(locations.Weights - locations.Others);
}

/// @param squares  of the points' weights, by location.
void CountRounded(Locations& locations, const Eigen::VectorXd& squares)
{
  bool all = true;
  for (int a = 0; a < locations.Dimension; ++a)
  {
    locations.Steps[a] = RoundingStep(locations.Points.row(a));
    all = all && locations.Steps[a] > 0.0;
  }
  locations.Others.setZero(locations.Count());
  if (all)
  {
    locations.Others =
      (locations.Weights.array() - squares.array() / locations.Weights.array()).max(0.0);
  }
}
}

std::uint64_t LocationHash(const Axes& axes, const Eigen::Vector3d& point)
{
  std::uint64_t hash = 0;
  for (int a = 0; a < axes.Count; ++a)
  {
    const double value = point[axes.Axis[a]] + 0.0; // -0 becomes 0
    std::uint64_t bits = 0;
    std::memcpy(&bits, &value, sizeof bits);
    hash = Mixed(hash * 0x9e3779b97f4a7c15ULL + bits + 1);
  }
  return hash;
}

Locations Locations::Part(Index first, Index count) const
{
  Locations run;
  run.Dimension = this->Dimension;
  run.Points = this->Points.middleCols(first, count);
  run.Weights = this->Weights.segment(first, count);
  run.Steps = this->Steps;
  run.Box = this->Box;
  const double share = static_cast<double>(count) / static_cast<double>(this->Count());
  // Of a sample of the points, a location would keep this share of its own.
  run.Others = share * this->Others.segment(first, count);
  run.PointCount = share * this->PointCount;
  run.SquaredPointWeights = share * this->SquaredPointWeights;
  Sum(run);
  return run;
}

CloudMoments MomentsOf(const Locations& locations)
{
  const Samples samples = Samples::Weighted(locations.Points, locations.Weights);
  return MomentsIn(locations.Box, Axes::First(locations.Dimension), StoredSamples(samples),
    MomentsOf(samples), Exchange(), Execution());
}

Locations FindLocations(const Samples& samples, const Axes& axes, const Domain& domain)
{
  const std::vector<Entry> entries = SortedEntries(samples, axes, domain);
  Locations found;
  found.Box = domain.Compact(axes);
  found.Dimension = axes.Count;
  found.PointCount = static_cast<double>(entries.size());
  found.Points.setZero(3, static_cast<Index>(entries.size()));
  found.Weights.resize(static_cast<Index>(entries.size()));
  Eigen::VectorXd squares(found.Weights.size());
  Index last = -1;
  for (std::size_t e = 0; e < entries.size(); ++e)
  {
    const Index point = entries[e].Point;
    const double square = samples.Weight(point) * samples.Weight(point);
    found.SquaredPointWeights += square;
    if (e > 0 && entries[e].Hash == entries[e - 1].Hash)
    {
      found.Weights[last] += samples.Weight(point);
      squares[last] += square;
      continue;
    }
    ++last;
    for (int a = 0; a < axes.Count; ++a)
    {
      const int axis = axes.Axis[a];
      found.Points(a, last) = domain.Folded(axis, samples.Points(axis, point));
    }
    found.Weights[last] = samples.Weight(point);
    squares[last] = square;
  }
  found.Points.conservativeResize(3, last + 1);
  found.Weights.conservativeResize(last + 1);
  CountRounded(found, squares.head(last + 1));
  Sum(found);
  return found;
}

double RoundingStep(Eigen::VectorXd values)
{
  constexpr double tolerance = 0.05; // of a step; floats of two digits more than the step have less
  constexpr double leastShare = 0.1;
  constexpr std::size_t fewestGaps = 4; // a few values lie on a lattice by accident
  std::sort(values.begin(), values.end());
  std::vector<double> gaps;
  const double range = values[values.size() - 1] - values[0];
  for (Index i = 1; i < values.size(); ++i)
  {
    // Values brought into a periodic box may differ by rounding.
    if (values[i] - values[i - 1] > 1e-12 * range)
    {
      gaps.push_back(values[i] - values[i - 1]);
    }
  }
  std::sort(gaps.begin(), gaps.end());
  double sum = 0.0;
  double steps = 0.0;
  double single = 0.0;
  for (const double gap : gaps)
  {
    // The mean step so far becomes more exact with every gap.
    const double step = steps > 0.0 ? sum / steps : gap;
    const double multiple = std::round(gap / step);
    if (!(std::abs(gap - multiple * step) <= tolerance * step))
    {
      return 0.0;
    }
    single += multiple == 1.0 ? 1.0 : 0.0;
    sum += gap;
    steps += multiple;
  }
  const bool rounded =
    gaps.size() >= fewestGaps && single > leastShare * static_cast<double>(gaps.size());
  return rounded ? sum / steps : 0.0;
}

double CoincidentPairs(const Locations& locations, int axis)
{
  std::vector<std::pair<double, double>> values;
  values.reserve(static_cast<std::size_t>(locations.Count()));
  for (Index i = 0; i < locations.Count(); ++i)
  {
    values.emplace_back(locations.Points(axis, i), locations.Weights[i] / locations.TotalWeight);
  }
  std::sort(values.begin(), values.end());
  double pairs = 0.0;
  double value = 0.0; // the share of the one looked at
  for (std::size_t i = 0; i < values.size(); ++i)
  {
    value += values[i].second;
    if (i + 1 == values.size() || values[i].first != values[i + 1].first)
    {
      pairs += value * value;
      value = 0.0;
    }
  }
  return std::max(0.0, pairs - 1.0 / locations.EffectivePoints());
}

void Whiten(Locations& locations, const Eigen::Matrix3d& shape, const Eigen::Vector3d& centre)
{
  const int d = locations.Dimension;
  const Eigen::LLT<Eigen::MatrixXd> factor(shape.topLeftCorner(d, d));
  for (Index i = 0; i < locations.Count(); ++i)
  {
    Eigen::VectorXd point = (locations.Points.col(i) - centre).head(d);
    factor.matrixL().solveInPlace(point);
    locations.Points.col(i).head(d) = point;
  }
  for (int a = 0; a < d; ++a)
  {
    Eigen::VectorXd step = locations.Steps[a] * Eigen::VectorXd::Unit(d, a);
    factor.matrixL().solveInPlace(step);
    locations.Steps[a] = step.norm();
    const double unit = std::sqrt(shape(a, a)); // of closed axes, which are not correlated
    locations.Box.Lower[a] = (locations.Box.Lower[a] - centre[a]) / unit;
    locations.Box.Length[a] /= unit;
  }
}
}
