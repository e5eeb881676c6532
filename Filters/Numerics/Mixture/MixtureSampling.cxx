// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Mixture/MixtureSampling.h"

#include <algorithm>
#include <sstream>
#include <stdexcept>

namespace scorefields
{
namespace
{
constexpr Index ParticlesPerCheckpoint = 1 << 18;

Eigen::VectorXd Cumulative(const Eigen::VectorXd& shares)
{
  Eigen::VectorXd cumulative = shares;
  for (Index k = 1; k < shares.size(); ++k)
  {
    cumulative[k] += cumulative[k - 1];
  }
  return cumulative;
}

/// The k whose interval of the cumulative sums holds u times their total.
Index PickByCumulative(const Eigen::VectorXd& cumulative, double u)
{
  const Index last = cumulative.size() - 1;
  return std::upper_bound(cumulative.data(), cumulative.data() + last, u * cumulative[last]) -
    cumulative.data();
}
}

MixtureCloud EmptyCloud(Index first, Index count)
{
  if (first < 0 || count < 0)
  {
    std::ostringstream message;
    message << "NumberOfPoints is " << count << ", counted from point " << first
            << "; neither may be negative";
    throw std::invalid_argument(message.str());
  }
  return { Eigen::Matrix3Xd(3, count), Eigen::VectorXi(count), count };
}

Index PickByShare(const Eigen::VectorXd& shares, RandomStream& random)
{
  return PickByCumulative(Cumulative(shares), random.Uniform());
}

MixtureCloud SampleMixture(
  const Mixture& mixture, std::uint64_t seed, Index first, Index count, const Execution& execution)
{
  MixtureCloud cloud = EmptyCloud(first, count);
  const Eigen::VectorXd cumulative = Cumulative(Eigen::VectorXd::NullaryExpr(
    mixture.Count(), [&mixture](Index k) { return mixture.Component(k).Weight; }));
  const Axes& axes = mixture.ActiveAxes();
  execution.ForInBatches(count, ParticlesPerCheckpoint,
    [&mixture, &cumulative, &axes, &cloud, seed, first](Index begin, Index end)
    {
      for (Index i = begin; i < end; ++i)
      {
        RandomStream random(
          seed, static_cast<std::uint64_t>(first + i), RandomStream::ExactSamplingStep);
        const Index k = PickByCumulative(cumulative, random.Uniform());
        Eigen::Vector3d normal = Eigen::Vector3d::Zero();
        for (int a = 0; a < axes.Count; ++a)
        {
          normal[axes.Axis[a]] = random.Normal();
        }
        cloud.Points.col(i) = mixture.Component(k).Mean + mixture.Factor(k) * normal;
        cloud.Component[i] = static_cast<int>(k);
      }
    });
  return cloud;
}

Eigen::AlignedBox3d MixtureBounds(const Mixture& mixture, double deviations)
{
  Eigen::AlignedBox3d box;
  for (Index k = 0; k < mixture.Count(); ++k)
  {
    const MixtureComponent& component = mixture.Component(k);
    const Eigen::Vector3d reach = deviations * component.Covariance.diagonal().cwiseSqrt();
    box.extend(Eigen::Vector3d(component.Mean - reach));
    box.extend(Eigen::Vector3d(component.Mean + reach));
  }
  return box;
}
}
