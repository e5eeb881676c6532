// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Density/PointEstimate.h"

#include "Numerics/Density/Routes.h"
#include "support/DirectSum.h"
#include "support/Fields.h"
#include "support/RandomPoints.h"
#include "support/Threads.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <vector>

namespace scorefields
{
namespace
{
/// Two clusters, one of them a tenth as wide, and a sample far out.
Samples Cloud(int dimension, Index count)
{
  Eigen::Matrix3Xd points = RandomPoints(count, 17, dimension);
  points.rightCols(count / 4) *= 0.1;
  points(0, 0) = 6.0;
  return Samples::Unweighted(points);
}

/// Weights from 1e-3 to 1e3.
Samples Weighted(Samples samples)
{
  samples.Weights = (6.9 * RandomPoints(samples.Count(), 23, 1).row(0).array()).exp();
  samples.TotalWeight = samples.Weights.sum();
  return samples;
}

/// The first samples, and points between and far beyond them.
Eigen::Matrix3Xd Queries(const Samples& samples, int dimension)
{
  Eigen::Matrix3Xd queries = samples.Points;
  queries.rightCols(2000) = 4.0 * RandomPoints(2000, 29, dimension);
  queries.rightCols(10) *= 20.0;
  return queries;
}

GaussianKernel KernelOf(int dimension, double bandwidth, double correlation)
{
  Eigen::Matrix3d covariance = Eigen::Matrix3d::Zero();
  for (int a = 0; a < dimension; ++a)
  {
    covariance(a, a) = bandwidth * bandwidth;
  }
  if (dimension > 1)
  {
    covariance(0, 1) = covariance(1, 0) = correlation * bandwidth * bandwidth;
  }
  return GaussianKernel(Axes::First(dimension), covariance);
}

/// Every 500th query, and the last twenty.
std::vector<Index> Some(Index count)
{
  std::vector<Index> some;
  for (Index i = 0; i < count; i += i < count - 20 ? 500 : 1)
  {
    some.push_back(i);
  }
  return some;
}

double MeanWeight(const Samples& samples)
{
  return samples.Weights.size() == 0
    ? 1.0
    : samples.Weights.sum() / static_cast<double>((samples.Weights.array() > 0.0).count());
}

struct Errors
{
  double AbsoluteDensity = 0.0;
  double Density = 0.0;
  double LogDensity = 0.0;
  double Score = 0.0;
  double SampleSize = 0.0;
};

/// The largest errors at some queries; of the score in units of 1 / bandwidth.
Errors ErrorsOf(const PointProblem& problem, const FieldStorage& found, double bandwidth)
{
  const std::vector<Index> some = Some(problem.Queries.cols());
  Errors errors;
  for (const Index i : some)
  {
    Samples others = problem.Cloud;
    if (problem.LeaveOneOut)
    {
      if (others.Weights.size() == 0)
      {
        others.Weights.setOnes(others.Count());
      }
      others.Weights[i] = 0.0;
      others.TotalWeight = others.Weights.sum();
    }
    support::Fields truth(1);
    direct::EvaluateAtPoints(others, problem.Kernel, problem.Queries.col(i), truth.View());
    const double density = truth.Density[0];
    const double off = std::abs(found.Density[i] - density);
    errors.AbsoluteDensity = std::max(errors.AbsoluteDensity, off);
    errors.Density = std::max(errors.Density, density > 1e-290 ? off / density : 0.0);
    errors.LogDensity =
      std::max(errors.LogDensity, std::abs(found.LogDensity[i] - truth.LogDensity[0]));
    errors.Score =
      std::max(errors.Score, bandwidth * (found.Score.col(i) - truth.Score.col(0)).norm());
    // In units of the mean weight of all, not of the others.
    const double size =
      truth.EffectiveSampleSize[0] * MeanWeight(others) / MeanWeight(problem.Cloud);
    errors.SampleSize = std::max(errors.SampleSize,
      size > 1e-290 ? std::abs(found.EffectiveSampleSize[i] - size) / size : 0.0);
  }
  return errors;
}

FieldChoice Wanted()
{
  FieldChoice wanted = FieldChoice::All();
  wanted.Hessian = wanted.KishSampleSize = false;
  return wanted;
}
}

// Oracle: slow definition, at points near and far, with and without the sample itself. What is
// claimed holds, and is no more than what was asked for.
TEST(PointEstimate, AutoIsRightAtEveryPoint)
{
  for (int dimension = 1; dimension <= 3; ++dimension)
  {
    for (const double correlation : { 0.0, 0.8 })
    {
      for (const bool weighted : { false, true })
      {
        for (const bool leaveOneOut : { false, true })
        {
          for (const double tolerance : { 1e-2, 1e-6 })
          {
            const double h = dimension == 3 ? 0.4 : 0.1;
            const Samples plain = Cloud(dimension, 20000);
            const Samples samples = weighted ? Weighted(plain) : plain;
            const Eigen::Matrix3Xd queries =
              leaveOneOut ? samples.Points : Queries(samples, dimension);
            const PointsRef points = queries;
            PointProblem problem{ samples, KernelOf(dimension, h, correlation), points,
              leaveOneOut };
            problem.Settings.RelativeTolerance = tolerance;
            FieldStorage found(queries.cols(), Wanted());
            const EstimateReport report = EstimateDensityAtPoints(problem, found.View(), {});
            const Errors errors = ErrorsOf(problem, found, h);
            SCOPED_TRACE(testing::Message() << dimension << " " << correlation << " " << weighted
                                            << " " << leaveOneOut << " " << tolerance);
            EXPECT_EQ(report.Engine, Engine::Auto);
            EXPECT_GT(report.MeshShare, 0.3);
            EXPECT_LT(report.MeshShare, 1.0);
            const auto sums = std::count(
              found.Route.begin(), found.Route.end(), static_cast<unsigned char>(Route::ExactSums));
            EXPECT_EQ(static_cast<double>(sums),
              std::round(report.ExactShare * static_cast<double>(queries.cols())));
            EXPECT_LE(errors.AbsoluteDensity, report.Claims.AbsoluteDensity);
            EXPECT_LE(errors.Density, report.Claims.Density);
            EXPECT_LE(errors.LogDensity, report.Claims.LogDensity);
            EXPECT_LE(errors.Score, report.Claims.Score);
            EXPECT_LE(errors.SampleSize, 2.0 * report.Claims.Density);
            EXPECT_LE(report.Claims.LogDensity, tolerance);
            EXPECT_LE(report.Claims.Score, 1.001 * tolerance);
          }
        }
      }
    }
  }
}

// Oracle: slow definition. In a large cloud the sums in the tails see only the samples that count
// there; what is claimed holds all the same, and the weight of the whole cloud counts.
TEST(PointEstimate, ChoosesSamplesInLargeClouds)
{
  constexpr double h = 0.015;
  for (const double correlation : { 0.0, 0.8 })
  {
    Samples samples = Weighted(Cloud(2, 60000));
    samples.Points(0, 0) = 0.6;
    const Eigen::Matrix3Xd queries = Queries(samples, 2).rightCols(50000);
    const PointsRef points = queries;
    PointProblem problem{ samples, KernelOf(2, h, correlation), points };
    problem.Settings.RelativeTolerance = 1e-6;
    FieldStorage found(queries.cols(), Wanted());
    const EstimateReport report = EstimateDensityAtPoints(problem, found.View(), {});
    const Errors errors = ErrorsOf(problem, found, h);
    EXPECT_GT(report.ExactShare, 0.01);
    EXPECT_LT(report.ExactShare, 1.0);
    EXPECT_LE(errors.LogDensity, report.Claims.LogDensity);
    EXPECT_LE(errors.Score, report.Claims.Score);
    EXPECT_LE(errors.SampleSize, 2.0 * report.Claims.Density);
  }
}

// Oracle: slow definition. The engine FFT is off by its floor at most, in the tails too, where
// nothing else is claimed.
TEST(PointEstimate, FftStatesItsFloor)
{
  for (const bool leaveOneOut : { false, true })
  {
    const Samples samples = Cloud(2, 5000);
    const Eigen::Matrix3Xd queries = leaveOneOut ? samples.Points : Queries(samples, 2);
    const PointsRef points = queries;
    PointProblem problem{ samples, KernelOf(2, 0.2, 0.5), points, leaveOneOut };
    problem.Settings.Engine = Engine::Fft;
    FieldStorage found(queries.cols(), Wanted());
    const EstimateReport report = EstimateDensityAtPoints(problem, found.View(), {});
    EXPECT_EQ(report.Engine, Engine::Fft);
    EXPECT_GT(report.DensityFloor, 0.0);
    EXPECT_LT(report.DensityFloor, 1e-10);
    EXPECT_LE(ErrorsOf(problem, found, 0.2).AbsoluteDensity, report.DensityFloor);
    EXPECT_TRUE(found.LogDensity.allFinite());
  }
}

// Oracle: slow definition of the second derivatives, by Auto.
TEST(PointEstimate, GivesHessians)
{
  const Samples samples = Cloud(2, 20000);
  const PointsRef points = samples.Points;
  for (const bool leaveOneOut : { false, true })
  {
    PointProblem problem{ samples, KernelOf(2, 0.2, 0.5), points, leaveOneOut };
    FieldStorage found(samples.Count(), FieldChoice::Smooth());
    const EstimateReport report = EstimateDensityAtPoints(problem, found.View(), {});
    EXPECT_GT(report.MeshShare, 0.5);
    for (const Index i : Some(samples.Count()))
    {
      Samples others = samples;
      others.Weights.setOnes(samples.Count());
      others.Weights[i] = leaveOneOut ? 0.0 : 1.0;
      others.TotalWeight = others.Weights.sum();
      support::Fields truth(1);
      direct::EvaluateAtPoints(others, problem.Kernel, samples.Points.col(i), truth.View());
      const double off = 0.04 * (found.Hessian.col(i) - truth.Hessian.col(0)).cwiseAbs().maxCoeff();
      EXPECT_LE(off, problem.Settings.RelativeTolerance) << i;
    }
  }
}

// Oracle: invariant. Threads change no bit.
TEST(PointEstimate, IsTheSameOnAnyNumberOfThreads)
{
  const Samples samples = Weighted(Cloud(2, 20000));
  const Eigen::Matrix3Xd queries = Queries(samples, 2);
  const PointsRef points = queries;
  const PointProblem problem{ samples, KernelOf(2, 0.1, 0.0), points };
  FieldStorage one(queries.cols(), Wanted());
  FieldStorage many(queries.cols(), Wanted());
  EstimateDensityAtPoints(problem, one.View(), {});
  EstimateDensityAtPoints(problem, many.View(), OnThreads(3));
  EXPECT_EQ(one.Density, many.Density);
  EXPECT_EQ(one.LogDensity, many.LogDensity);
  EXPECT_EQ(one.Score, many.Score);
}

// Contract: few pairs get exact sums, as does Kish's sample size; a cloud without samples has the
// density 0.
TEST(PointEstimate, TakesExactSumsWhereTheyAreCheap)
{
  const Samples samples = Cloud(2, 100);
  const PointsRef points = samples.Points;
  const PointProblem problem{ samples, KernelOf(2, 0.1, 0.0), points };
  FieldStorage found(100, Wanted());
  EXPECT_EQ(EstimateDensityAtPoints(problem, found.View(), {}).ExactShare, 1.0);
  const Samples large = Cloud(2, 20000);
  FieldStorage kish(100, FieldChoice::All());
  const PointProblem other{ large, KernelOf(2, 0.1, 0.0), points };
  EXPECT_EQ(EstimateDensityAtPoints(other, kish.View(), {}).ExactShare, 1.0);
  const Samples none = Samples::Unweighted(Eigen::Matrix3Xd(3, 0));
  EstimateDensityAtPoints({ none, problem.Kernel, points }, found.View(), {});
  EXPECT_EQ(found.Density.maxCoeff(), 0.0);
  EXPECT_EQ(found.LogDensity.minCoeff(), LowestLogDensity());
}

// Contract: what cannot work is refused with a sentence that names the property.
TEST(PointEstimate, RefusesWhatCannotWork)
{
  const Samples samples = Cloud(3, 1000);
  const PointsRef points = samples.Points;
  PointProblem problem{ samples, KernelOf(3, 0.01, 0.0), points };
  FieldStorage found(1000, FieldChoice::All());
  const auto message = [&]
  {
    try
    {
      EstimateDensityAtPoints(problem, found.View(), {});
    }
    catch (const std::invalid_argument& error)
    {
      return std::string(error.what());
    }
    return std::string();
  };
  problem.Settings.Engine = Engine::Fft;
  EXPECT_EQ(message().rfind("ComputeKishSampleSize is on", 0), 0u) << message();
  found = FieldStorage(1000, Wanted());
  EXPECT_EQ(message().rfind("Engine is FFT, but the box", 0), 0u) << message();
  problem.Settings.Engine = Engine::Auto;
  problem.Settings.RelativeTolerance = 0.5;
  EXPECT_EQ(message().rfind("RelativeTolerance is 0.5", 0), 0u) << message();
}
}
