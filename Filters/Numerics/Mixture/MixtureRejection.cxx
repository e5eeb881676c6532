// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Mixture/MixtureRejection.h"

#include "Numerics/Base/Random.h"
#include "Numerics/Mixture/MixtureField.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <queue>
#include <sstream>
#include <stdexcept>
#include <vector>

namespace scorefields
{
namespace
{
/// Exact draws from which the mass in a box is estimated before rejection sampling.
constexpr Index PilotDraws = 4096;
constexpr double SmallestAcceptance = 1e-6;
/// Below this the study's envelope, 1, is given up for the tight one.
constexpr double SmallestStudyAcceptance = 1e-3;
/// A hundred times the tries expected at the smallest acceptance: not reached by chance.
constexpr Index MaximumTries = 100000000;
/// Contributions evaluated between two looks at the abort flag; about a tenth of a second.
constexpr double ContributionsPerCheckpoint = 1e7;
constexpr int MaximumSubdivisions = 4096;
constexpr double EnvelopeSlack = 1.1;

void CheckBox(const Axes& axes, const Eigen::AlignedBox3d& box)
{
  for (int a = 0; a < axes.Count; ++a)
  {
    const int axis = axes.Axis[a];
    const double lower = box.min()[axis];
    const double upper = box.max()[axis];
    if (!(std::isfinite(lower) && std::isfinite(upper) && lower < upper))
    {
      std::ostringstream message;
      message << "SamplingBounds along "
              << "XYZ"[axis] << " are " << lower << " to " << upper
              << "; they must be finite, the first below the second";
      throw std::invalid_argument(message.str());
    }
  }
}

/// The box with its inactive sides shrunk to the coordinate of the means.
Eigen::AlignedBox3d Flattened(const Mixture& mixture, const Eigen::AlignedBox3d& box)
{
  CheckBox(mixture.ActiveAxes(), box);
  Eigen::AlignedBox3d flat = box;
  for (int axis = 0; axis < 3; ++axis)
  {
    if (!mixture.ActiveAxes().IsActive(axis))
    {
      flat.min()[axis] = flat.max()[axis] = mixture.Component(0).Mean[axis];
    }
  }
  return flat;
}

double Volume(const Axes& axes, const Eigen::AlignedBox3d& box)
{
  double volume = 1.0;
  for (int a = 0; a < axes.Count; ++a)
  {
    volume *= box.sizes()[axes.Axis[a]];
  }
  return volume;
}

double MassInside(const Mixture& mixture, const Eigen::AlignedBox3d& box)
{
  const MixtureCloud pilot = SampleMixture(mixture, 0, 0, PilotDraws);
  Index inside = 0;
  for (Index i = 0; i < PilotDraws; ++i)
  {
    inside += box.contains(pilot.Points.col(i)) ? 1 : 0;
  }
  return static_cast<double>(inside) / static_cast<double>(PilotDraws);
}

void RequireAcceptance(double mass, double acceptance)
{
  if (!(acceptance >= SmallestAcceptance))
  {
    std::ostringstream message;
    message << "SamplingBounds hold about " << 100.0 * mass
            << " % of the mixture, and rejection sampling would accept " << acceptance
            << " of its tries; at least " << SmallestAcceptance
            << " is needed. Choose bounds that fit the mixture, or exact sampling";
    throw std::invalid_argument(message.str());
  }
}

/// True if threshold < p(x). Where the answer is clear no exponential is computed.
bool DensityExceeds(
  const Mixture& mixture, const Eigen::Vector3d& x, double threshold, Eigen::ArrayXd& logs)
{
  for (Index k = 0; k < mixture.Count(); ++k)
  {
    logs[k] = LogContribution(mixture, k, x);
  }
  const double share = threshold / static_cast<double>(mixture.Count());
  return logs.maxCoeff() >= std::log(share) && threshold < logs.exp().sum();
}

/// What each particle needs; the streams are in DrawParticle.
struct Proposal
{
  const Mixture& Target;
  Eigen::AlignedBox3d Box;
  double Envelope;
};

/// Draws particle i; returns the number of tries, or 0 if MaximumTries were not enough.
Index DrawParticle(
  const Proposal& proposal, RandomStream random, Eigen::Vector3d& point, int& component)
{
  const Axes& axes = proposal.Target.ActiveAxes();
  Eigen::ArrayXd logs(proposal.Target.Count());
  Eigen::Vector3d x = proposal.Box.min();
  for (Index tries = 1; tries <= MaximumTries; ++tries)
  {
    for (int a = 0; a < axes.Count; ++a)
    {
      const int axis = axes.Axis[a];
      x[axis] = proposal.Box.min()[axis] + proposal.Box.sizes()[axis] * random.Uniform();
    }
    if (DensityExceeds(proposal.Target, x, random.Uniform() * proposal.Envelope, logs))
    {
      point = x;
      component = static_cast<int>(PickByShare(Responsibilities(proposal.Target, x), random));
      return tries;
    }
  }
  return 0;
}

/// A part of a box and a bound of the density in it.
struct Part
{
  Eigen::Vector3d Centre;
  Eigen::Vector3d HalfSize;
  double Upper;

  bool operator<(const Part& other) const { return this->Upper < other.Upper; }
};

Part MakePart(
  const Mixture& mixture, const Eigen::Vector3d& centre, const Eigen::Vector3d& halfSize)
{
  double upper = 0.0;
  for (Index k = 0; k < mixture.Count(); ++k)
  {
    upper += std::exp(ContributionBounds(mixture, k, centre, halfSize).Upper);
  }
  return { centre, halfSize, upper };
}

double DensityAt(const Mixture& mixture, const Eigen::Vector3d& x)
{
  double density = 0.0;
  for (Index k = 0; k < mixture.Count(); ++k)
  {
    density += std::exp(LogContribution(mixture, k, x));
  }
  return density;
}
}

double DensityEnvelope(const Mixture& mixture, const Eigen::AlignedBox3d& box)
{
  const Eigen::AlignedBox3d flat = Flattened(mixture, box);
  std::priority_queue<Part> parts;
  parts.push(MakePart(mixture, flat.center(), 0.5 * flat.sizes()));
  double found = DensityAt(mixture, flat.center());
  for (int i = 0; i < MaximumSubdivisions && parts.top().Upper > EnvelopeSlack * found; ++i)
  {
    const Part part = parts.top();
    parts.pop();
    int axis = 0;
    part.HalfSize.maxCoeff(&axis);
    Eigen::Vector3d halfSize = part.HalfSize;
    halfSize[axis] *= 0.5;
    for (const double side : { -1.0, 1.0 })
    {
      Eigen::Vector3d centre = part.Centre;
      centre[axis] += side * halfSize[axis];
      parts.push(MakePart(mixture, centre, halfSize));
      found = std::max(found, DensityAt(mixture, centre));
    }
  }
  return parts.top().Upper;
}

MixtureCloud SampleMixtureInBox(const Mixture& mixture, const Eigen::AlignedBox3d& box,
  std::uint64_t seed, Index first, Index count, const Execution& execution)
{
  Proposal proposal{ mixture, Flattened(mixture, box), DensityEnvelope(mixture, box) };
  const double mass = MassInside(mixture, proposal.Box);
  const double massPerVolume = mass / Volume(mixture.ActiveAxes(), box);
  if (proposal.Envelope <= 1.0 && massPerVolume >= SmallestStudyAcceptance)
  {
    proposal.Envelope = 1.0;
  }
  const double acceptance = massPerVolume / proposal.Envelope;
  RequireAcceptance(mass, acceptance);

  MixtureCloud cloud = EmptyCloud(first, count);
  Eigen::Matrix<Index, Eigen::Dynamic, 1> tries(count);
  const double batch =
    acceptance * ContributionsPerCheckpoint / static_cast<double>(mixture.Count());
  execution.ForInBatches(count, std::max<Index>(64, static_cast<Index>(std::min(batch, 1e6))),
    [&proposal, &cloud, &tries, seed, first](Index begin, Index end)
    {
      for (Index i = begin; i < end; ++i)
      {
        Eigen::Vector3d point = proposal.Box.min();
        const RandomStream random(
          seed, static_cast<std::uint64_t>(first + i), RandomStream::RejectionSamplingStep);
        tries[i] = DrawParticle(proposal, random, point, cloud.Component[i]);
        cloud.Points.col(i) = point;
      }
    });
  if (count > 0 && tries.minCoeff() == 0)
  {
    RequireAcceptance(mass, 0.0);
  }
  cloud.Tries = tries.sum();
  return cloud;
}
}
