// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Bandwidth/LeaveOneOut.h"
#include "Numerics/Bandwidth/PairCriterion.h"
#include "Numerics/Bandwidth/ScanCriteria.h"
#include "Numerics/Mixture/MixtureField.h"
#include "Numerics/Mixture/MixturePresets.h"
#include "Numerics/Mixture/MixtureSampling.h"
#include "Numerics/Scan/EstimateErrors.h"
#include "support/Reference.h"
#include "support/Threads.h"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>
#include <vector>

namespace scorefields
{
namespace
{
const nlohmann::json& Selectors()
{
  return reference::All()["sample200"]["selectors"];
}

Samples ReferenceSamples()
{
  return Samples::Unweighted(reference::Points(reference::All()["sample200"]["points"]));
}

Samples StudySamples(Index n)
{
  return Samples::Unweighted(SampleMixture(MakeMixture(MixturePreset::Study), 5, 0, n).Points);
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

// Oracle: the criteria of the reference sample with 12 digits; all pairs by another routine; the
// unit; and the standard error that a sample of the locations states.
TEST(ScanCriteria, LeaveOneOutMeansEqualTheReference)
{
  const Locations locations = FindLocations(ReferenceSamples(), Axes::First(2));
  const double likelihood = reference::Number(Selectors()["likelihood_cv_max"]["h"]);
  const double hyvarinen = reference::Number(Selectors()["loo_hyvarinen"]["h"]);
  EXPECT_NEAR(EvaluateLeaveOneOut(locations, likelihood, 200, nullptr, {}).LogLikelihood,
    reference::Number(Selectors()["likelihood_cv_max"]["value_at_h"]), 1e-9);
  const LeaveOneOut all = EvaluateLeaveOneOut(locations, hyvarinen, 200, nullptr, {});
  EXPECT_NEAR(all.Hyvarinen, reference::Number(Selectors()["loo_hyvarinen"]["value_at_h"]), 1e-7);
  EXPECT_EQ(all.HyvarinenError, 0.0);

  const LeaveOneOut some = EvaluateLeaveOneOut(locations, hyvarinen, 80, nullptr, {});
  EXPECT_NEAR(some.LogLikelihood, all.LogLikelihood, 4.0 * some.LogLikelihoodError);
  EXPECT_NEAR(some.Hyvarinen, all.Hyvarinen, 4.0 * some.HyvarinenError);
  EXPECT_GT(some.LogLikelihoodError, 0.02);
  EXPECT_LT(some.LogLikelihoodError, 0.2);
}

TEST(ScanCriteria, OneLocationHasNoOthers)
{
  const Locations one =
    FindLocations(Samples::Unweighted(Eigen::Matrix3Xd::Ones(3, 4)), Axes::First(2));
  EXPECT_THROW(EvaluateLeaveOneOut(one, 1.0, 1, nullptr, {}), std::invalid_argument);
}

// Oracle: PairCriterion, by its own sums, at every bandwidth; the number of threads changes
// nothing.
TEST(ScanCriteria, EqualThePairsAtEveryBandwidth)
{
  const std::vector<double> bandwidths{ 0.1, 0.3, 0.7, 1.5 };
  const Samples samples = ReferenceSamples();
  const Axes axes = Axes::First(2);
  const auto scan = [&](const Execution& execution)
  {
    return EvaluateCriteria(samples, axes, Eigen::Matrix3d::Identity(), bandwidths, 5e8, execution);
  };
  const ScanCriteria criteria = scan({});
  EXPECT_FALSE(criteria.Sampled);
  const Locations locations = FindLocations(samples, axes);
  const PairCriterion pairs(locations, {});
  for (std::size_t i = 0; i < bandwidths.size(); ++i)
  {
    const double h = bandwidths[i];
    const auto expected = [&](Criterion criterion) { return pairs(criterion, h, {}); };
    EXPECT_NEAR(criteria.LogLikelihood[i], -expected(Criterion::Likelihood), 1e-8);
    EXPECT_NEAR(criteria.Hyvarinen[i], expected(Criterion::Hyvarinen), 1e-6 / (h * h));
    EXPECT_NEAR(criteria.LeastSquares[i], expected(Criterion::LeastSquaresDensity), 1e-12 / h);
    EXPECT_NEAR(criteria.LeastSquaresGradient[i], expected(Criterion::LeastSquaresGradient),
      1e-12 / std::pow(h, 4));
  }
  EXPECT_EQ(scan(OnThreads(3)).Hyvarinen, criteria.Hyvarinen);
}

// Oracle: all pairs. For many points the spectrum and a sample of locations take over, within what
// they state.
TEST(ScanCriteria, ManyPointsKeepToTheStatedErrors)
{
  const Samples samples = StudySamples(3500);
  const std::vector<double> bandwidths{ 0.2, 0.35, 0.5, 0.8 };
  const ScanCriteria criteria = EvaluateCriteria(
    samples, Axes::First(2), Eigen::Matrix3d::Identity(), bandwidths, 3500.0 * 400.0, {});
  EXPECT_TRUE(criteria.Sampled);
  const Locations locations = FindLocations(samples, Axes::First(2));
  const PairCriterion pairs(locations, {});
  for (std::size_t i = 0; i < bandwidths.size(); ++i)
  {
    const double h = bandwidths[i];
    EXPECT_NEAR(criteria.LogLikelihood[i], -pairs(Criterion::Likelihood, h, {}),
      4.0 * criteria.LogLikelihoodError[i]);
    EXPECT_NEAR(
      criteria.Hyvarinen[i], pairs(Criterion::Hyvarinen, h, {}), 4.0 * criteria.HyvarinenError[i]);
    EXPECT_NEAR(criteria.LeastSquares[i], pairs(Criterion::LeastSquaresDensity, h, {}), 2e-6);
    EXPECT_NEAR(
      criteria.LeastSquaresGradient[i], pairs(Criterion::LeastSquaresGradient, h, {}), 2e-5);
  }
}

// Oracle: closed forms for one point (f is one Gaussian) and a true Gaussian, in 1, 2 and 3
// dimensions.
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
    EXPECT_NEAR(errors.Entropy, 0.5 * d * std::log(2.0 * Pi * std::exp(1.0) * h * h), 1e-9);
    EXPECT_NEAR(
      errors.KullbackLeibler, 0.5 * d * (ratio - 1.0 - std::log(ratio)) + 0.5 * shift, 1e-9);
    const double difference = 1.0 / (h * h) - 1.0 / (sigma * sigma);
    EXPECT_NEAR(errors.Fisher, d * sigma * sigma * difference * difference + shift / (h * h), 1e-8);
  }
}

// Oracle: closed pair sums. int f^2 from the pairs at sqrt(2) h, int f p from p smoothed by h at
// the samples, int p^2 from p smoothed by each of its components; gradients from their Laplacians.
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
    EXPECT_NEAR(errors.SquaredError, value, 1e-10) << h;
    EXPECT_NEAR(errors.SquaredGradientError, gradient, 1e-9 / (h * h)) << h;
  }
}

// Oracle: exact sums. Many points go through the transform; what it leaves out lies below 1e-10 of
// the maximum, where the truth has a mass of 1e-9 and scores of 10 at most.
TEST(EstimateErrors, TheTransformLeavesOutNothingThatMatters)
{
  const Mixture truth = MakeMixture(MixturePreset::Study);
  const Samples samples = StudySamples(4000);
  const CloudMoments moments = MomentsOf(samples);
  const auto kernel = GaussianKernel::Isotropic(Axes::First(2), 0.4);
  const EstimateErrors exact = IntegrateErrors(samples, moments, kernel, &truth, 1e12, {});
  const EstimateErrors fast = IntegrateErrors(samples, moments, kernel, &truth, 0.0, {});
  EXPECT_NEAR(fast.Entropy, exact.Entropy, 1e-7);
  EXPECT_NEAR(fast.KullbackLeibler, exact.KullbackLeibler, 1e-7);
  EXPECT_NEAR(fast.Fisher, exact.Fisher, 1e-6);
  EXPECT_NEAR(fast.SquaredError, exact.SquaredError, 1e-10);
  EXPECT_NEAR(fast.SquaredGradientError, exact.SquaredGradientError, 1e-9);
  EXPECT_GT(std::abs(fast.Entropy - exact.Entropy), 0.0) << "not the same route";
}

// In 3-D a transform may not carry a narrow kernel: then there is no number, never a wrong one.
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

// A bandwidth far below what a grid can resolve gives no numbers instead of wrong ones.
TEST(EstimateErrors, SaysNothingWhereTheGridIsTooCoarse)
{
  const Samples samples = ReferenceSamples();
  const EstimateErrors errors = IntegrateErrors(
    samples, MomentsOf(samples), GaussianKernel::Isotropic(Axes::First(2), 1e-5), nullptr, 1e9, {});
  EXPECT_TRUE(std::isnan(errors.Entropy));
  EXPECT_TRUE(std::isnan(errors.SquaredError));
}
}
