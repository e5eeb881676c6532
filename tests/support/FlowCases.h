// SPDX-License-Identifier: BSD-3-Clause
#ifndef support_FlowCases_h
#define support_FlowCases_h

#include "Numerics/Base/FieldStorage.h"
#include "Numerics/Flow/Flow.h"
#include "Numerics/Flow/KernelFamily.h"
#include "Numerics/Mixture/Mixture.h"
#include "Numerics/Mixture/MixtureSampling.h"

#include <memory>
#include <numeric>

/// Clouds, densities and particles that the tests of flows share.
namespace scorefields
{
namespace flow
{
inline ParticleNumbers Numbers(Index n)
{
  ParticleNumbers numbers(static_cast<std::size_t>(n));
  std::iota(numbers.begin(), numbers.end(), std::uint64_t{ 0 });
  return numbers;
}

/// The mixture of the study: three overlapping clusters in the plane.
inline Mixture Study()
{
  MixtureComponent one{ 0.2, Eigen::Vector3d(-1.0, -1.0, 0.0), Eigen::Matrix3d::Zero() };
  one.Covariance.topLeftCorner<2, 2>() << 0.5, 0.3, 0.3, 0.5;
  MixtureComponent two = one;
  two.Mean = Eigen::Vector3d(1.0, 1.0, 0.0);
  MixtureComponent three{ 0.6, Eigen::Vector3d(1.0, -1.0, 0.0), Eigen::Matrix3d::Zero() };
  three.Covariance.topLeftCorner<2, 2>() = 0.5 * Eigen::Matrix2d::Identity();
  return Mixture(Axes::First(2), { one, two, three });
}

/// The box that its samples are about in.
inline CloudMoments MomentsOfStudy()
{
  CloudMoments cloud;
  cloud.Lower = Eigen::Vector3d(-3.0, -3.0, 0.0);
  cloud.Upper = Eigen::Vector3d(3.0, 3.0, 0.0);
  return cloud;
}

inline std::shared_ptr<const Samples> StudySamples(Index n, std::uint64_t seed = 1)
{
  return std::make_shared<const Samples>(
    Samples::Unweighted(SampleMixture(Study(), seed, 0, n).Points));
}

/// Exact scores of a kernel density with an isotropic kernel.
inline std::shared_ptr<const KernelFamily> ExactScores(
  std::shared_ptr<const Samples> samples, double bandwidth, int dimension = 2)
{
  ScoreAccuracy accuracy;
  accuracy.ExactOnly = true;
  return std::make_shared<const KernelFamily>(
    std::move(samples), GaussianKernel::Isotropic(Axes::First(dimension), bandwidth), accuracy);
}

inline FieldStorage Evaluated(const DensityFamily& family, double bandwidth,
  const Eigen::Matrix3Xd& points, const Execution& execution = Execution())
{
  FieldStorage fields(points.cols(), FieldChoice::Smooth());
  family.At(bandwidth, execution)->Evaluate(points, fields.View(), execution);
  return fields;
}

/// The states from the start to the end.
inline std::vector<FlowState> Run(const std::shared_ptr<const DensityFamily>& family,
  const FlowRequest& request, const GaussianKernel& kernel, const Eigen::Matrix3Xd& start)
{
  CloudMoments cloud;
  cloud.Lower = start.rowwise().minCoeff();
  cloud.Upper = start.rowwise().maxCoeff();
  const Flow particles(family, FlowSchedule(request, kernel, cloud), Numbers(start.cols()));
  std::vector<FlowState> states{ particles.Start(start, Execution()) };
  for (Index k = 0; k < request.Steps; ++k)
  {
    states.push_back(states.back());
    particles.Advance(states.back(), Execution());
  }
  return states;
}
}
}

#endif
