// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Density/SumCost.h"

#include <algorithm>

namespace scorefields
{
namespace
{
constexpr Index SomeQueries = 128;
constexpr Index SomeSamples = 512;
constexpr double Reach = 7.0; ///< in bandwidths

constexpr double PerNearPair = 2.2e-10; ///< seconds, of density and score
constexpr double PerNode = 8e-8;

/// At most `most` of the samples, at equal distances in the order of the entries.
Eigen::Matrix3Xd SomeOf(const SampleSource& source, Index most)
{
  const Index entries = source.EntryCount();
  const Index count = std::min(most, entries);
  Eigen::Matrix3Xd some(3, count);
  SampleSource::Storage storage;
  Index found = 0;
  for (Index k = 0; k < count; ++k)
  {
    const Index entry = k * (entries / count);
    const SampleBatch batch = source.Read(entry, entry + 1, storage);
    if (batch.Count == 1)
    {
      some.col(found++) = Eigen::Map<const Eigen::Vector3d>(batch.Points);
    }
  }
  return some.leftCols(found);
}

/// The nodes of a block at the steps of a lattice that fills space evenly (Kronecker's, with the
/// powers of the plastic number).
Eigen::Matrix3Xd SomeNodes(const Grid& block)
{
  constexpr double steps[3] = { 0.8191725133961645, 0.6710436067037893, 0.5497004779019703 };
  Eigen::Matrix3Xd some(3, std::min(SomeQueries, block.Size()));
  for (Index k = 0; k < some.cols(); ++k)
  {
    Index3 index;
    for (int a = 0; a < 3; ++a)
    {
      const double turns = steps[a] * static_cast<double>(k);
      const double place = turns - static_cast<double>(static_cast<Index>(turns));
      index[a] = static_cast<Index>(place * static_cast<double>(block.Dimensions[a]));
    }
    some.col(k) = block.Node(index[0], index[1], index[2]);
  }
  return some;
}
}

PairCount SomePairs(
  const GaussianKernel& kernel, const SampleSource& samples, const PointsRef& queries)
{
  const Eigen::Matrix3Xd points = SomeOf(samples, SomeSamples);
  const Index count = std::min(SomeQueries, queries.cols());
  PairCount pairs;
  pairs.All = static_cast<double>(count * points.cols());
  for (Index i = 0; i < count; ++i)
  {
    const Eigen::Vector3d query = queries.col(i * (queries.cols() / count));
    for (Index j = 0; j < points.cols(); ++j)
    {
      const double distance = kernel.SquaredDistance(points.col(j) - query);
      pairs.Near += distance <= Reach * Reach ? 1.0 : 0.0;
    }
  }
  return pairs;
}

double SecondsOfSums(const EstimateProblem& problem)
{
  const auto nodes = static_cast<double>(problem.Nodes.Size());
  const Eigen::Matrix3Xd some = SomeNodes(problem.BlockNodes());
  const PointsRef queries = some;
  PairCount pairs = SomePairs(problem.Kernel, problem.Cloud, queries);
  problem.Parts.Sum(&pairs.All, 1);
  problem.Parts.Sum(&pairs.Near, 1);
  return nodes * PerNode + nodes * problem.Moments.Count * pairs.ShareNear() * PerNearPair;
}
}
