// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Scan/EstimateErrors.h"

#include "Numerics/Exact/ExactSum.h"
#include "Numerics/Mixture/MixtureField.h"
#include "Numerics/Mixture/MixturePresets.h"
#include "Numerics/Mixture/MixtureSampling.h"
#include "support/Fields.h"
#include "support/StudySamples.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace scorefields
{
namespace
{
/// The moduli of the integrands with logarithms, summed where f is below a share of its maximum.
EstimateErrors TermsBelow(
  double share, const Samples& samples, const GaussianKernel& kernel, const Mixture& truth)
{
  Grid grid;
  grid.Origin = Eigen::Vector3d(-8.0, -8.0, 0.0);
  grid.Spacing = Eigen::Vector3d(0.2, 0.2, 1.0);
  grid.Dimensions = Index3(81, 81, 1);
  support::Fields f(grid.Size());
  support::Fields p(grid.Size());
  exact::EvaluateOnGrid(samples, kernel, grid, f.View(), ExactOptions(), Execution());
  EvaluateMixture(truth, grid, p.View());
  const double limit = share * f.Density.maxCoeff();
  EstimateErrors sums{ 0.0, 0.0, 0.0, 0.0, 0.0 };
  for (Index node = 0; node < grid.Size(); ++node)
  {
    if (f.Density[node] < limit)
    {
      sums.Entropy += 0.04 * std::abs(f.Density[node] * f.LogDensity[node]);
      sums.KullbackLeibler +=
        0.04 * p.Density[node] * std::abs(p.LogDensity[node] - f.LogDensity[node]);
      sums.Fisher += 0.04 * p.Density[node] * (p.Score.col(node) - f.Score.col(node)).squaredNorm();
    }
  }
  return sums;
}

/// int p_h q for a mixture p smoothed by h and a component N(mean, covariance), and its Laplacian.
struct Overlap
{
  double Value;
  double Laplacian;
};

Overlap OverlapAt(const Mixture& mixture, const Eigen::Matrix3Xd& points, Index i)
{
  double density = 0.0;
  Eigen::Vector3d score;
  SymmetricTensor hessian;
  FieldView fields;
  fields.Density = &density;
  fields.Score = score.data();
  fields.Hessian = hessian.data();
  EvaluateMixture(mixture, Eigen::Matrix3Xd(points.col(i)), fields);
  return { density, density * (hessian.head(3).sum() + score.squaredNorm()) };
}
}

// Oracle: closed forms for one point (f is one Gaussian) and a true Gaussian, in 1, 2 and 3
// dimensions. The lattice ends at 7 standard deviations, where 2.6e-12 of the mass is beyond along
// each axis, with log f and h^2 |score|^2 of 25 and 50 and less; its sums are right to 1e-12.
TEST(EstimateErrors, OneGaussianAgainstAnother)
{
  for (int dimension = 1; dimension <= 3; ++dimension)
  {
    const double d = dimension;
    const double h = 0.7;
    const double sigma = 0.9;
    MixtureComponent component;
    component.Mean[0] = 0.4;
    component.Covariance *= sigma * sigma;
    const Mixture truth(Axes::First(dimension), { component });
    const Samples point = Samples::Unweighted(Eigen::Vector3d::Zero());
    const EstimateErrors errors = IntegrateErrors(point, MomentsOf(point),
      GaussianKernel::Isotropic(Axes::First(dimension), h), &truth, 1e9, {});
    const double ratio = sigma * sigma / (h * h);
    const double shift = 0.16 / (h * h);
    const double entropy = 0.5 * d * std::log(2.0 * Pi * std::exp(1.0) * h * h);
    EXPECT_NEAR(errors.Entropy, entropy, d * 2.6e-12 * 25.0 * d);
    EXPECT_NEAR(errors.KullbackLeibler, 0.5 * d * (ratio - 1.0 - std::log(ratio)) + 0.5 * shift,
      d * 2.6e-12 * 25.0 * d);
    const double difference = 1.0 / (h * h) - 1.0 / (sigma * sigma);
    EXPECT_NEAR(errors.Fisher, d * sigma * sigma * difference * difference + shift / (h * h),
      d * 2.6e-12 * 50.0 * d / (h * h));
  }
}

// Oracle: closed pair sums. int f^2 from the pairs at sqrt(2) h, int f p from p smoothed by h at
// the samples, int p^2 from p smoothed by each of its components; gradients from their Laplacians.
// The lattice's sums of these are off by 2 exp(-pi^2 / 0.36) = 2.5e-12 along each axis, of values
// below 1; of gradients, at the frequency 2 pi / (0.6 h), by 110 / h^2 times that.
TEST(EstimateErrors, SquaredErrorsEqualTheClosedForms)
{
  const Mixture truth = MakeMixture(MixturePreset::Study);
  const Samples samples = ReferenceSamples();
  for (const double h : { 0.1, 0.4, 1.2 })
  {
    const double n = static_cast<double>(samples.Count());
    std::vector<MixtureComponent> components;
    for (Index i = 0; i < samples.Count(); ++i)
    {
      components.push_back(
        { 1.0, samples.Points.col(i), h * h * Eigen::Vector3d(1.0, 1.0, 0.0).asDiagonal() });
    }
    const Mixture estimate(Axes::First(2), components);
    double value = 0.0;
    double gradient = 0.0;
    for (Index i = 0; i < samples.Count(); ++i)
    {
      const Overlap own = OverlapAt(estimate.Smoothed(h), samples.Points, i);
      const Overlap cross = OverlapAt(truth.Smoothed(h), samples.Points, i);
      value += (own.Value - 2.0 * cross.Value) / n;
      gradient -= (own.Laplacian - 2.0 * cross.Laplacian) / n;
    }
    for (Index k = 0; k < truth.Count(); ++k)
    {
      const MixtureComponent& component = truth.Component(k);
      const Overlap own =
        OverlapAt(truth.Smoothed(component.Covariance), Eigen::Matrix3Xd(component.Mean), 0);
      value += component.Weight * own.Value;
      gradient -= component.Weight * own.Laplacian;
    }
    const EstimateErrors errors = IntegrateErrors(
      samples, MomentsOf(samples), GaussianKernel::Isotropic(Axes::First(2), h), &truth, 1e9, {});
    EXPECT_NEAR(errors.SquaredError, value, 5e-12) << h;
    EXPECT_NEAR(errors.SquaredGradientError, gradient, 5e-12 * 110.0 / (h * h)) << h;
  }
}

// Oracle: exact sums. Many points go through the transform, right to 1e-12 of the maximum, and
// where f is below 100 times its error the integrals with logarithms leave nodes out: at most what
// they have where f is below 3e-10 of its maximum, here from exact sums again. Squares see the
// transform's own error only, twice 1e-12 times densities and gradients of order 1 over the box.
TEST(EstimateErrors, TheTransformLeavesOutNothingThatMatters)
{
  const Mixture truth = MakeMixture(MixturePreset::Study);
  const Samples samples = StudySamples(4000, 5);
  const CloudMoments moments = MomentsOf(samples);
  const auto kernel = GaussianKernel::Isotropic(Axes::First(2), 0.4);
  const EstimateErrors exact = IntegrateErrors(samples, moments, kernel, &truth, 1e12, {});
  const EstimateErrors fast = IntegrateErrors(samples, moments, kernel, &truth, 0.0, {});
  const EstimateErrors beyond = TermsBelow(3e-10, samples, kernel, truth);
  EXPECT_NEAR(fast.Entropy, exact.Entropy, beyond.Entropy + 1e-11);
  EXPECT_NEAR(fast.KullbackLeibler, exact.KullbackLeibler, beyond.KullbackLeibler + 1e-11);
  EXPECT_NEAR(fast.Fisher, exact.Fisher, beyond.Fisher + 1e-11);
  EXPECT_NEAR(fast.SquaredError, exact.SquaredError, 1e-11);
  EXPECT_NEAR(fast.SquaredGradientError, exact.SquaredGradientError, 1e-10);
  EXPECT_GT(std::abs(fast.Entropy - exact.Entropy), 0.0) << "not the same route";
}

// Oracle: exact sums. In 3-D a transform may not carry a narrow kernel: then there is no number,
// never a wrong one. At most 1e-4 of f or p is left out, where the integrands are at most 20 times
// their mean: 2e-3.
TEST(EstimateErrors, SaysNothingWhereTheTransformIsTooCoarse)
{
  const Mixture truth = MakeMixture(MixturePreset::Clusters3D);
  const Samples samples = Samples::Unweighted(SampleMixture(truth, 5, 0, 60).Points);
  const CloudMoments moments = MomentsOf(samples);
  int known = 0;
  for (const double h : { 0.065, 0.13, 0.5 })
  {
    const auto kernel = GaussianKernel::Isotropic(Axes::First(3), h);
    const EstimateErrors exact = IntegrateErrors(samples, moments, kernel, &truth, 1e12, {});
    const EstimateErrors fast = IntegrateErrors(samples, moments, kernel, &truth, 0.0, {});
    const auto agrees = [](double value, double expected)
    { return std::isnan(value) || std::abs(value - expected) < 2e-3 * std::abs(expected); };
    EXPECT_TRUE(agrees(fast.Entropy, exact.Entropy)) << h << ": " << fast.Entropy;
    EXPECT_TRUE(agrees(fast.Fisher, exact.Fisher)) << h << ": " << fast.Fisher;
    EXPECT_TRUE(agrees(fast.SquaredError, exact.SquaredError)) << h << ": " << fast.SquaredError;
    known += std::isnan(fast.Entropy) ? 0 : 1;
  }
  EXPECT_GT(known, 0);
  EXPECT_LT(known, 3) << "the narrowest is beyond it";
}

// Contract: a bandwidth far below what a lattice can resolve gives no numbers instead of wrong
// ones.
TEST(EstimateErrors, SaysNothingWhereTheLatticeIsTooCoarse)
{
  const Samples samples = ReferenceSamples();
  const EstimateErrors errors = IntegrateErrors(
    samples, MomentsOf(samples), GaussianKernel::Isotropic(Axes::First(2), 1e-5), nullptr, 1e9, {});
  EXPECT_TRUE(std::isnan(errors.Entropy));
  EXPECT_TRUE(std::isnan(errors.SquaredError));
}
}
