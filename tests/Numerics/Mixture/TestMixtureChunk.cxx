// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Mixture/MixtureChunk.h"

#include "Numerics/Mixture/MixturePresets.h"
#include "support/Fields.h"
#include "support/Numbers.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace scorefields
{
namespace
{
using support::Fields;

Fields SummedAt(const Mixture& mixture, const PointsRef& points)
{
  Fields fields(points.cols());
  EvaluateMixture(mixture, points, fields.View());
  return fields;
}

/// The same sums, component by component in extended precision, nothing left out.
struct PlainSums
{
  double LogDensity = 0.0;
  Eigen::Vector3d Score = Eigen::Vector3d::Zero();
  double LargestTerm = 0.0; ///< max |v_k|
  double Spread = 0.0;      ///< sqrt(sum r_k |v_k - score|^2)

  PlainSums(const Mixture& mixture, const Eigen::Vector3d& x)
  {
    Eigen::Matrix<long double, Eigen::Dynamic, 1> logs(mixture.Count());
    Eigen::Matrix<long double, 3, Eigen::Dynamic> terms(3, mixture.Count());
    for (Index k = 0; k < mixture.Count(); ++k)
    {
      const Eigen::Matrix<long double, 3, 3> whitening = mixture.Whitening(k).cast<long double>();
      const Eigen::Matrix<long double, 3, 1> white =
        whitening * (x - mixture.Component(k).Mean).cast<long double>();
      logs[k] = mixture.LogPeak(k) - 0.5L * white.squaredNorm();
      terms.col(k) = -whitening.transpose() * white;
    }
    const long double largest = logs.maxCoeff();
    const Eigen::Array<long double, Eigen::Dynamic, 1> shares = (logs.array() - largest).exp();
    const Eigen::Matrix<long double, Eigen::Dynamic, 1> r = shares / shares.sum();
    const Eigen::Matrix<long double, 3, 1> score = terms * r;
    this->LogDensity = static_cast<double>(largest + std::log(shares.sum()));
    this->Score = score.cast<double>();
    this->LargestTerm = static_cast<double>(terms.colwise().norm().maxCoeff());
    this->Spread = static_cast<double>(
      std::sqrt((terms.colwise() - score).colwise().squaredNorm().dot(r.transpose())));
  }
};
}

// Oracle: the plain sums. Leaving components out changes p by less than 1e-17; what remains is
// round-off: of q_k, eps |log p|, which moves the responsibilities and so the score by at most that
// times the spread of the terms, and of the terms themselves.
TEST(MixtureChunk, LeavingComponentsOutChangesNothing)
{
  for (const MixturePreset preset :
    { MixturePreset::Checkerboard, MixturePreset::Spiral, MixturePreset::SwissRoll })
  {
    const Mixture mixture = MakeMixture(preset);
    for (const double half : { 3.0, 40.0 })
    {
      const Grid grid{ Eigen::Vector3d(-half, -half, 0.3),
        Eigen::Vector3d(half / 20.0, half / 20.0, 1.0), Index3(41, 41, 1) };
      Fields fields(grid.Size());
      EvaluateMixture(mixture, grid, fields.View());
      for (Index node = 0; node < grid.Size(); ++node)
      {
        const PlainSums plain(mixture, grid.Node(node));
        const double size = 1.0 + std::abs(plain.LogDensity);
        ASSERT_NEAR(fields.LogDensity[node], plain.LogDensity, 8.0 * Eps * size);
        ASSERT_LE((fields.Score.col(node) - plain.Score).norm(),
          8.0 * Eps * (plain.LargestTerm + size * plain.Spread))
          << grid.Node(node).transpose();
      }
    }
  }
}

// Oracle: contract. A bad point is marked and does not touch its neighbours.
TEST(MixtureChunk, NonFinitePointsGiveNaNAndNothingElse)
{
  const Mixture mixture = MakeMixture(MixturePreset::Spiral);
  Eigen::Matrix3Xd points = Eigen::Matrix3Xd::Zero(3, 5);
  points.row(0) << 0.0, 1.0, 2.0, 3.0, 4.0;
  const Fields good = SummedAt(mixture, points);
  points(1, 2) = std::nan("");
  points(0, 3) = std::numeric_limits<double>::infinity();
  const Fields fields = SummedAt(mixture, points);
  for (const Index i : { 2, 3 })
  {
    EXPECT_TRUE(std::isnan(fields.LogDensity[i]) && std::isnan(fields.Density[i]));
    EXPECT_TRUE(fields.Score.col(i).array().isNaN().all());
  }
  for (const Index i : { 0, 1, 4 })
  {
    EXPECT_NEAR(fields.LogDensity[i], good.LogDensity[i], 4.0 * Eps * std::abs(good.LogDensity[i]));
  }
}
}
