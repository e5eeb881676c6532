// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Flow/ParticleDraws.h"

#include "support/FlowCases.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace scorefields
{
namespace
{
constexpr Index Many = 20000;
/// Four standard errors of a variance of 1.5 from 20000 draws, and more than those of a mean.
const double Slack = 4.0 * 1.5 * std::sqrt(2.0 / static_cast<double>(Many));

CloudMoments StudyMoments()
{
  return MomentsOf(*flow::StudySamples(500));
}
}

// Oracle: closed forms of mean and variance, S + H.
TEST(ParticleDraws, DrawsTheNormalWithTheMomentsOfTheDensity)
{
  const CloudMoments cloud = StudyMoments();
  const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(2), 0.5);
  const Eigen::Matrix3Xd points = DrawNormal(cloud, kernel, 1, flow::Numbers(Many));
  const CloudMoments drawn = MomentsOf(Samples::Unweighted(points));
  EXPECT_LT((drawn.Mean - cloud.Mean).norm(), Slack);
  EXPECT_LT(
    (drawn.Covariance() - cloud.Covariance() - kernel.Covariance()).cwiseAbs().maxCoeff(), Slack);
}

// Oracle: moments of the uniform distribution. x^2 on [-1, 1] has the mean 1/3 and the variance
// 4/45; four standard errors.
TEST(ParticleDraws, DrawsUniformlyFromABox)
{
  const Eigen::AlignedBox3d box(Eigen::Vector3d(-1.0, 2.0, 0.0), Eigen::Vector3d(1.0, 2.0, 9.0));
  const Eigen::Matrix3Xd points =
    DrawFromBox(StudyMoments(), Axes::First(2), box, 1, flow::Numbers(Many));
  EXPECT_GE(points.row(0).minCoeff(), -1.0);
  EXPECT_LE(points.row(0).maxCoeff(), 1.0);
  EXPECT_NEAR(points.row(0).squaredNorm() / Many, 1.0 / 3.0, 4.0 * std::sqrt(4.0 / 45.0 / Many));
  EXPECT_TRUE((points.row(1).array() == 2.0).all());
  EXPECT_TRUE((points.row(2).array() == 0.0).all()); // flat, as the samples are
  Eigen::AlignedBox3d empty = box;
  empty.max()[0] = -2.0;
  EXPECT_THROW(
    DrawFromBox(StudyMoments(), Axes::First(2), empty, 1, flow::Numbers(3)), std::invalid_argument);
}

// Oracle: moments of the uniform distribution along a closed axis, with the error above, and those
// of the normal along the other; its log density is the sum of both, in closed form.
TEST(ParticleDraws, DrawsNoiseEvenlyAlongClosedAxes)
{
  Domain box;
  box.Boundaries[0] = Boundary::Periodic;
  box.Lower[0] = -1.0;
  box.Length[0] = 2.0;
  const CloudMoments cloud = StudyMoments();
  const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(2), 0.5);
  const Eigen::Matrix3Xd points = DrawNormal(cloud, kernel, 1, flow::Numbers(Many), box);
  EXPECT_GE(points.row(0).minCoeff(), -1.0);
  EXPECT_LT(points.row(0).maxCoeff(), 1.0);
  EXPECT_NEAR(points.row(0).squaredNorm() / Many, 1.0 / 3.0, 4.0 * std::sqrt(4.0 / 45.0 / Many));
  const double variance = cloud.Covariance()(1, 1) + 0.25;
  EXPECT_NEAR(MomentsOf(Samples::Unweighted(points)).Covariance()(1, 1), variance, Slack);
  const Eigen::VectorXd logDensity = LogDensityOfNormal(cloud, kernel, points, box);
  const double y = points(1, 0) - cloud.Mean[1];
  EXPECT_NEAR(logDensity[0],
    -std::log(2.0) - 0.5 * std::log(2.0 * Pi * variance) - 0.5 * y * y / variance, 1e-13);
}

// Oracle: worked by hand. Drawn from [0, 5], 0.5 on the circle [0, 2) has the images 0.5,
// 2.5 and 4.5 there, 1.5 has 1.5 and 3.5; between walls at 0 and 2 they are 0.5, 3.5 and 4.5, and
// 1.5 and 2.5. 4.5 is an image of 0.5.
TEST(ParticleDraws, CountsTheImagesOfABox)
{
  const Eigen::AlignedBox3d drawn(Eigen::Vector3d::Zero(), Eigen::Vector3d(5.0, 0.0, 0.0));
  Eigen::Matrix3Xd points = Eigen::Matrix3Xd::Zero(3, 3);
  points.row(0) << 0.5, 1.5, 4.5;
  Domain box;
  box.Length[0] = 2.0;
  const double images[][3] = { { 1.0, 1.0, 1.0 }, { 3.0, 2.0, 3.0 }, { 3.0, 2.0, 3.0 } };
  for (const Boundary kind : { Boundary::Open, Boundary::Periodic, Boundary::Reflecting })
  {
    box.Boundaries[0] = kind;
    const Eigen::VectorXd values = LogDensityOfBox(Axes::First(1), drawn, points, box);
    for (Index i = 0; i < 3; ++i)
    {
      EXPECT_NEAR(values[i], std::log(images[static_cast<int>(kind)][i] / 5.0), 1e-15);
    }
  }
}

// Oracle: weights are probabilities; with noise the kernel's variance is added. Four standard
// errors, of a share of 3/4 and of a variance.
TEST(ParticleDraws, DrawsSamplesByWeight)
{
  Eigen::Matrix3Xd points = Eigen::Matrix3Xd::Zero(3, 3);
  points.row(0) << 0.0, 1.0, 5.0;
  const Samples samples =
    Samples::Weighted(points, (Eigen::VectorXd(3) << 1.0, 3.0, 0.0).finished());
  const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(1), 0.01);
  const Eigen::Matrix3Xd plain = DrawFromSamples(samples, kernel, false, 1, flow::Numbers(Many));
  EXPECT_NEAR(plain.row(0).mean(), 0.75, 4.0 * std::sqrt(0.1875 / Many));
  EXPECT_EQ(plain.row(0).maxCoeff(), 1.0);
  const Eigen::Matrix3Xd noisy = DrawFromSamples(samples, kernel, true, 1, flow::Numbers(Many));
  EXPECT_NEAR((noisy - plain).row(0).squaredNorm() / Many, 1e-4, 4e-4 * std::sqrt(2.0 / Many));
}
}
