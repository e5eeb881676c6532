// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Flow/DomainDensity.h"

#include "Numerics/Flow/Basins.h"
#include "Numerics/Flow/ParticleDraws.h"
#include "support/FlowCases.h"

#include <gtest/gtest.h>

#include <cmath>

// Flows in the whole space, by a density that repeats or is mirrored.
namespace scorefields
{
namespace
{
constexpr double Length = 2.0;
constexpr double H = 0.3;
constexpr double Sample = 0.4;

Domain BoxOf(Boundary boundary)
{
  Domain box;
  box.Boundaries[0] = boundary;
  box.Length[0] = Length;
  return box;
}

/// The density of one sample near the lower end of a box.
std::shared_ptr<const KernelFamily> OneSample(Boundary boundary)
{
  ScoreAccuracy accuracy;
  accuracy.ExactOnly = true;
  return std::make_shared<const KernelFamily>(
    std::make_shared<const Samples>(Samples::Unweighted(Eigen::Vector3d(Sample, 0.0, 0.0))),
    GaussianKernel::Isotropic(Axes::First(1), H), accuracy, BoxOf(boundary));
}

/// The mean over particles of cos(k x), with 2 pi / k the period of what they are images of.
double MeanCosine(const Eigen::Matrix3Xd& positions, double k)
{
  return (k * positions.row(0).array()).cos().mean();
}

double WaveNumber(Boundary boundary)
{
  return 2.0 * Pi / (boundary == Boundary::Periodic ? Length : 2.0 * Length);
}

/// The mean of cos(k x) over the density at a bandwidth: the mirror images have the same cosine.
double ExpectedCosine(double k, double bandwidth)
{
  return std::cos(k * Sample) * std::exp(-0.5 * k * k * bandwidth * bandwidth);
}

FlowState RunTo(const std::shared_ptr<const KernelFamily>& family, const FlowRequest& request,
  const Eigen::Matrix3Xd& start)
{
  return flow::Run(family, request, family->KernelAt(H), start).back();
}
}

// Oracle: closed form. The wrapped normal density has E cos(k x) = cos(k y) exp(-k^2 h^2 / 2), also
// that of mirror images. With Metropolis it is met for every step size, here steps as wide as the
// cloud, which cross the seam or the wall; the cosine has a variance of at most 1/2: four standard
// errors of 8000 particles, after 100 steps.
TEST(DomainDensityFlows, MetropolisMeetsTheDensityOfTheBox)
{
  for (const Boundary boundary : { Boundary::Periodic, Boundary::Reflecting })
  {
    FlowRequest request;
    request.Mode = FlowMode::Langevin;
    request.Steps = 100;
    request.StepSize = 3.0;
    request.Metropolis = true;
    const Eigen::Matrix3Xd start = Eigen::Vector3d(1.5, 0.0, 0.0).replicate(1, 8000);
    const FlowState end = RunTo(OneSample(boundary), request, start);
    const double k = WaveNumber(boundary);
    EXPECT_NEAR(MeanCosine(end.Positions, k), ExpectedCosine(k, H), 4.0 * std::sqrt(0.5 / 8000.0));
    // Some are in another copy of the box.
    EXPECT_GT((end.Positions.row(0).array() < 0.0).count(), 0);
  }
}

// Oracle: closed form, as above. The probability flow carries the density from one bandwidth to the
// other, and the log density of its particles along: at the end it is that of the kernel density,
// to the error of the flow, 0.05^4 a step and some terms of order 1.
TEST(DomainDensityFlows, ProbabilityFlowCarriesTheDensityOfTheBox)
{
  for (const Boundary boundary : { Boundary::Periodic, Boundary::Reflecting })
  {
    const auto family = OneSample(boundary);
    FlowRequest request;
    request.Mode = FlowMode::ProbabilityFlow;
    request.FirstBandwidth = 1.2;
    request.LastBandwidth = H;
    request.Steps = 10;
    const Samples samples = Samples::Unweighted(Eigen::Vector3d(Sample, 0.0, 0.0));
    const Eigen::Matrix3Xd start =
      DrawFromSamples(samples, family->KernelAt(1.2), true, 5, flow::Numbers(8000));
    const FlowState end = RunTo(family, request, start);
    const double k = WaveNumber(boundary);
    EXPECT_NEAR(MeanCosine(end.Positions, k), ExpectedCosine(k, H), 4.0 * std::sqrt(0.5 / 8000.0));
    EXPECT_LT((end.PathLogDensity - end.LogDensity).cwiseAbs().maxCoeff(), 1e-4);
  }
}

// Oracle: symmetry. From everywhere an ascent comes to the one mode, the image of the sample that
// is nearest. With images at Sample + k Length that is the sample itself, since a symmetric density
// is stationary there; between mirror images at -0.4 and 0.4, which overlap little at h = 0.1, the
// mode is at the sample but for exp(-0.8^2 / 2 h^2) = 1e-14 of a density. An ascent settles within
// 1e-7 h of it.
TEST(DomainDensityFlows, AscentFindsOneModeAcrossTheSeam)
{
  for (const Boundary boundary : { Boundary::Periodic, Boundary::Reflecting })
  {
    const auto family = OneSample(boundary);
    const double h = 0.1;
    Eigen::Matrix3Xd start = Eigen::Matrix3Xd::Zero(3, 201);
    start.row(0) = Eigen::RowVectorXd::LinSpaced(201, -4.99, 5.02);
    FlowRequest request;
    const GaussianKernel kernel = family->KernelAt(h);
    const Flow motion(family, FlowSchedule(request, kernel, CloudMoments()), flow::Numbers(201));
    const FlowState end = motion.ToTheEnd(motion.Start(start, Execution()), Execution());
    const FlowBasins basins = FindBasins(
      end, motion.UnitAt(h), [](std::vector<double>&) {}, BoxOf(boundary));
    ASSERT_EQ(basins.Modes.size(), 1u) << NameOf(boundary);
    EXPECT_NEAR(basins.Modes[0].Position[0], Sample, 1e-7);
    EXPECT_EQ(basins.OfParticle, std::vector<int>(201, 0));
  }
}
}
