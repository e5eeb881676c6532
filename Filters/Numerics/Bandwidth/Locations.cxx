// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Bandwidth/Locations.h"

#include <Eigen/Cholesky>

#include <algorithm>
#include <cstring>
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

std::vector<Entry> SortedEntries(const Samples& samples, const Axes& axes)
{
  std::vector<Entry> entries;
  entries.reserve(static_cast<std::size_t>(samples.Count()));
  for (Index i = 0; i < samples.Count(); ++i)
  {
    if (samples.Weight(i) > 0.0)
    {
      entries.push_back({ LocationHash(axes, samples.Points.col(i)), i });
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
  locations.SquaredWeights = locations.Weights.squaredNorm();
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
  run.PointCount = this->PointCount * static_cast<double>(count) / static_cast<double>(Count());
  Sum(run);
  return run;
}

Locations FindLocations(const Samples& samples, const Axes& axes)
{
  const std::vector<Entry> entries = SortedEntries(samples, axes);
  Locations found;
  found.Dimension = axes.Count;
  found.PointCount = static_cast<double>(entries.size());
  found.Points.setZero(3, static_cast<Index>(entries.size()));
  found.Weights.resize(static_cast<Index>(entries.size()));
  Index last = -1;
  for (std::size_t e = 0; e < entries.size(); ++e)
  {
    const Index point = entries[e].Point;
    if (e > 0 && entries[e].Hash == entries[e - 1].Hash)
    {
      found.Weights[last] += samples.Weight(point);
      continue;
    }
    ++last;
    for (int a = 0; a < axes.Count; ++a)
    {
      found.Points(a, last) = samples.Points(axes.Axis[a], point);
    }
    found.Weights[last] = samples.Weight(point);
  }
  found.Points.conservativeResize(3, last + 1);
  found.Weights.conservativeResize(last + 1);
  Sum(found);
  return found;
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
}
}
