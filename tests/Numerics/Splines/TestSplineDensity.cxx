// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Splines/SplineDensity.h"

#include "support/DirectSum.h"
#include "support/RandomPoints.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace scorefields
{
namespace
{
/// Errors of the spline at points around the cloud, largest over the points, in its own units.
struct Errors
{
  double Density = 0.0;
  double Gradient = 0.0;
  double Hessian = 0.0;
};

Errors ErrorsOf(const SplineDensity& spline, const Samples& samples, const GaussianKernel& kernel,
  const Eigen::Matrix3Xd& points)
{
  const Index n = points.cols();
  Eigen::VectorXd density(n);
  Eigen::Matrix3Xd score(3, n);
  Eigen::Matrix<double, 6, Eigen::Dynamic> hessian(6, n);
  FieldView fields;
  fields.Density = density.data();
  fields.Score = score.data();
  fields.Hessian = hessian.data();
  direct::EvaluateAtPoints(samples, kernel, points, fields);
  std::vector<SplineValue> values(static_cast<std::size_t>(n));
  GatherSpline(spline.Nodes(), points.data(), n, true, values.data());
  const double h = kernel.AxisBandwidths().maxCoeff();
  Errors errors;
  for (Index i = 0; i < n; ++i)
  {
    const SplineValue& value = values[static_cast<std::size_t>(i)];
    EXPECT_TRUE(value.Inside);
    const Eigen::Vector3d gradient = density[i] * score.col(i);
    const Eigen::Matrix3d second =
      density[i] * (ToMatrix(hessian.col(i)) + score.col(i) * score.col(i).transpose());
    errors.Density = std::max(errors.Density, std::abs(value.Value - density[i]));
    errors.Gradient = std::max(errors.Gradient,
      h * (Eigen::Map<const Eigen::Vector3d>(value.First.data()) - gradient).cwiseAbs().maxCoeff());
    errors.Hessian = std::max(errors.Hessian,
      h * h *
        (ToMatrix(Eigen::Map<const SymmetricTensor>(value.Second.data())) - second)
          .cwiseAbs()
          .maxCoeff());
  }
  return errors;
}
}

// Oracle: slow definition. Errors stay below the floors that the spline claims, and the floors are
// of use: 1e-9 of the maximum at 12 nodes per bandwidth for all derivatives.
TEST(SplineDensity, ErrorsStayBelowTheFloorsItClaims)
{
  for (const int dimension : { 1, 2, 3 })
  {
    for (const double resolution : { 5.0, 12.0 })
    {
      const Samples samples = Samples::Unweighted(RandomPoints(400, 4, dimension));
      Eigen::Matrix3d covariance = 0.09 * Eigen::Matrix3d::Identity();
      covariance(0, 1) = covariance(1, 0) = dimension == 2 ? 0.02 : 0.0;
      const GaussianKernel kernel(Axes::First(dimension), covariance);
      const Eigen::AlignedBox3d box(
        samples.Points.rowwise().minCoeff(), samples.Points.rowwise().maxCoeff());
      const SplinePlan plan = PlanSplines(box, kernel, resolution, 2e7);
      ASSERT_EQ(plan.Resolution, resolution);
      const SplineDensity spline(samples, kernel, plan, Execution());
      const Errors errors =
        ErrorsOf(spline, samples, kernel, RandomPoints(500, 8, dimension) * 3.0);
      EXPECT_LE(errors.Density, spline.Floor(0)) << dimension << " " << resolution;
      EXPECT_LE(errors.Gradient, spline.Floor(1)) << dimension << " " << resolution;
      EXPECT_LE(errors.Hessian, spline.Floor(2)) << dimension << " " << resolution;
      if (resolution == 12.0)
      {
        EXPECT_LT(spline.Floor(1), 1e-10 * spline.Maximum());
        EXPECT_LT(spline.Floor(2), 1e-8 * spline.Maximum());
      }
    }
  }
}

// Oracle: definition. Any plane of coordinates, an offset cloud: the grid knows its axes.
TEST(SplineDensity, FindsItsAxes)
{
  Eigen::Matrix3Xd points = RandomPoints(300, 6, 2);
  points.row(2) = points.row(1).eval(); // the cloud lies in the plane x, z
  points.row(1).setConstant(-7.0);
  points.colwise() += Eigen::Vector3d(1e3, 0.0, -1e3);
  const Samples samples = Samples::Unweighted(points);
  const GaussianKernel kernel =
    GaussianKernel::PerAxis(Axes::FromFlags(true, false, true), Eigen::Vector3d(0.1, 0.0, 0.3));
  const Eigen::AlignedBox3d box(points.rowwise().minCoeff(), points.rowwise().maxCoeff());
  const SplineDensity spline(samples, kernel, PlanSplines(box, kernel, 10.0, 1e7), Execution());
  EXPECT_EQ(spline.Nodes().Dimension, 2);
  EXPECT_EQ(spline.Nodes().Axis[1], 2);
}

// Oracle: definition of the plan. It stays within the nodes allowed, or gives up.
TEST(SplineDensity, PlanKeepsToTheNodesAllowed)
{
  const Eigen::AlignedBox3d box(Eigen::Vector3d::Zero(), Eigen::Vector3d(10.0, 10.0, 10.0));
  const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(3), 1.0);
  const SplinePlan some = PlanSplines(box, kernel, 12.0, 5e6);
  EXPECT_GT(some.Resolution, 4.0);
  EXPECT_LT(some.Resolution, 12.0);
  EXPECT_LE(some.Nodes.Size(), 5000000);
  EXPECT_EQ(PlanSplines(box, kernel, 12.0, 1e5).Resolution, 0.0);
}
}
