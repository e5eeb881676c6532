// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Density/PointImages.h"

#include "Numerics/Density/Routes.h"
#include "support/DirectSum.h"
#include "support/Fields.h"
#include "support/ManyImages.h"
#include "support/RandomPoints.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>
#include <vector>

namespace scorefields
{
namespace
{
constexpr double Width[3] = { 1.0, 0.6, 0.8 }; ///< of the box, whose lower corner is 0

Domain BoxOf(const std::array<Boundary, 3>& boundaries)
{
  Domain box;
  box.Boundaries = boundaries;
  box.Length = Eigen::Map<const Eigen::Vector3d>(Width);
  return box;
}

/// Half of them in a corner of the box, the others everywhere in it and around, with weights from
/// 0.1 to 10.
Samples CornerCloud(int dimension, Index count)
{
  Samples samples = Samples::Weighted(
    Eigen::Matrix3Xd::Zero(3, count), (2.3 * RandomPoints(count, 3, 1).row(0).array()).exp());
  const Eigen::Matrix3Xd points = RandomPoints(count, 5, dimension);
  for (int a = 0; a < dimension; ++a)
  {
    samples.Points.row(a) = Width[a] * (0.5 + 0.6 * points.row(a).array());
    samples.Points.row(a).head(count / 2) = 0.1 * Width[a] * points.row(a).head(count / 2);
  }
  return samples;
}

GaussianKernel UnequalKernel(int dimension, double h, double correlation)
{
  Eigen::Matrix3d covariance = Eigen::Matrix3d::Zero();
  for (int a = 0; a < dimension; ++a)
  {
    covariance(a, a) = h * h * (a == 1 ? 0.5 : 1.0);
  }
  if (dimension > 1)
  {
    covariance(0, 1) = covariance(1, 0) =
      correlation * std::sqrt(covariance(0, 0) * covariance(1, 1));
  }
  return GaussianKernel(Axes::First(dimension), covariance);
}

/// A point mirrored at the walls until it is in the box, and along which axes it was, by -1.
struct Mirrored
{
  Eigen::Vector3d Point;
  Eigen::Vector3d Sign = Eigen::Vector3d::Ones();

  Mirrored(const Eigen::Vector3d& point, int dimension, const Domain& box)
    : Point(point)
  {
    for (int axis = 0; axis < dimension; ++axis)
    {
      double& x = this->Point[axis];
      while (box.At(axis) == Boundary::Reflecting && (x < 0.0 || x > Width[axis]))
      {
        x = (x < 0.0 ? 0.0 : 2.0 * Width[axis]) - x;
        this->Sign[axis] *= -1.0;
      }
    }
  }
};

/// The definition at a query: the sum over all images, without those of the query's own sample if
/// that is left out. A kernel with correlation is not mirrored with the samples, so that the sum is
/// that of the query's image in the box.
support::Fields Truth(const PointProblem& problem, const Samples& images, Index query)
{
  const Index n = problem.Cloud.Count();
  Samples counted = images;
  if (problem.LeaveOneOut)
  {
    for (Index k = query; k < images.Count(); k += n)
    {
      counted.Weights[k] = 0.0;
    }
    counted.TotalWeight -= problem.Cloud.Weight(query);
  }
  const Mirrored at(problem.Queries.col(query),
    problem.Kernel.IsDiagonal() ? 0 : problem.Kernel.Dimension(), problem.Box);
  support::Fields truth(1);
  direct::EvaluateAtPoints(counted, problem.Kernel, at.Point, truth.View());
  truth.Score.col(0).array() *= at.Sign.array();
  truth.Hessian.col(0).array() *= ToTensor(at.Sign * at.Sign.transpose()).array();
  return truth;
}

struct ImageErrors
{
  double Density = 0.0; ///< absolute
  double LogDensity = 0.0;
  double Score = 0.0;
  double Hessian = 0.0;
};

ImageErrors ErrorsOf(
  const PointProblem& problem, const FieldStorage& found, Index step, Index periods)
{
  const Samples images =
    ManyImages(problem.Cloud, problem.Kernel.Dimension(), problem.Box, periods);
  ImageErrors errors;
  for (Index i = 0; i < problem.Queries.cols(); i += step)
  {
    support::Fields truth = Truth(problem, images, i);
    const auto larger = [](double& most, double error) { most = std::max(most, error); };
    larger(errors.Density, std::abs(found.Density[i] - truth.Density[0]));
    larger(errors.LogDensity, std::abs(found.LogDensity[i] - truth.LogDensity[0]));
    larger(errors.Score, (found.Score.col(i) - truth.Score.col(0)).norm());
    larger(errors.Hessian, (found.Hessian.col(i) - truth.Hessian.col(0)).cwiseAbs().maxCoeff());
  }
  return errors;
}

const std::vector<std::array<Boundary, 3>> AllBoundaries{
  { Boundary::Periodic, Boundary::Open, Boundary::Reflecting },
  { Boundary::Reflecting, Boundary::Periodic, Boundary::Open },
  { Boundary::Periodic, Boundary::Periodic, Boundary::Periodic },
  { Boundary::Reflecting, Boundary::Reflecting, Boundary::Reflecting },
  { Boundary::Open, Boundary::Reflecting, Boundary::Periodic },
};
}

// Oracle: slow definition, a sum over 13 periods of images, at samples, at points in the box and at
// points up to a period beyond it; each sample left out with all of its images, or not. The engine
// leaves out 1e-13 of a sum and rounds 4 eps (|log f| + 1), where |log f| < 300. The offsets of
// samples that count are below 3, over squared narrow lengths h^2 / 2 (1 - 0.6^2) = 5e-3 or more:
// slopes below 600, times 2e-13 and 16 eps.
TEST(PointImages, ExactSumsCountAllImages)
{
  for (int dimension = 1; dimension <= 3; ++dimension)
  {
    for (const auto& boundaries : AllBoundaries)
    {
      if (dimension == 3 && boundaries[0] == boundaries[1])
      {
        continue; // as many images as the others together
      }
      for (const double correlation : { 0.0, 0.6 })
      {
        for (const bool leaveOneOut : { false, true })
        {
          const Samples samples = CornerCloud(dimension, 24);
          Eigen::Matrix3Xd queries = samples.Points;
          if (!leaveOneOut)
          {
            queries.rightCols(8) = 1.5 * RandomPoints(8, 9, dimension);
          }
          const PointsRef points = queries;
          PointProblem problem{ samples, UnequalKernel(dimension, 0.13, correlation), points,
            leaveOneOut };
          problem.Box = BoxOf(boundaries);
          problem.Settings.Engine = Engine::Exact;
          FieldStorage found(queries.cols(), FieldChoice::All());
          EstimateDensityAtPoints(problem, found.View(), {});
          const ImageErrors errors = ErrorsOf(problem, found, dimension == 3 ? 7 : 1, 6);
          SCOPED_TRACE(testing::Message()
            << dimension << " " << NameOf(boundaries[0]) << " " << NameOf(boundaries[1]) << " "
            << NameOf(boundaries[2]) << " " << correlation << " " << leaveOneOut);
          EXPECT_LE(errors.LogDensity, 5e-13);
          EXPECT_LE(errors.Score, 5e-10);
        }
      }
    }
  }
}

// Oracle: slow definition. A spline of the images near the box does most points, with the samples'
// own images left out or not, within what is claimed.
TEST(PointImages, AutoAndFftCountAllImages)
{
  for (const auto& boundaries : { AllBoundaries[0], AllBoundaries[1], AllBoundaries[3] })
  {
    for (const bool leaveOneOut : { false, true })
    {
      const double h = 0.07;
      const Samples samples = CornerCloud(2, 10000);
      const PointsRef points = samples.Points;
      PointProblem problem{ samples, UnequalKernel(2, h, 0.5), points, leaveOneOut };
      problem.Box = BoxOf(boundaries);
      for (const Engine engine : { Engine::Auto, Engine::Fft })
      {
        problem.Settings.Engine = engine;
        FieldChoice wanted = FieldChoice::All();
        wanted.KishSampleSize = false;
        FieldStorage found(samples.Count(), wanted);
        const EstimateReport report = EstimateDensityAtPoints(problem, found.View(), {});
        const ImageErrors errors = ErrorsOf(problem, found, 2499, 2);
        SCOPED_TRACE(testing::Message() << NameOf(boundaries[0]) << " " << NameOf(boundaries[1])
                                        << " " << leaveOneOut << " " << NameOf(engine));
        const auto splines = std::count(
          found.Route.begin(), found.Route.end(), static_cast<unsigned char>(Route::Spline));
        EXPECT_GE(splines, samples.Count() / 2);
        EXPECT_LE(errors.Density, report.Claims.AbsoluteDensity);
        if (engine == Engine::Auto)
        {
          EXPECT_LE(errors.LogDensity, report.Claims.LogDensity);
          EXPECT_LE(h * errors.Score, report.Claims.Score);
          EXPECT_LE(h * h * errors.Hessian, 2.0 * report.Claims.Score); // h^2 / 2 along y
        }
      }
    }
  }
}

// Oracle: invariant. A cloud that is moved along a periodic axis, and its points with it, has the
// same estimates, to the rounding of its coordinates: some eps times the slope times 3.
TEST(PointImages, TurningAPeriodicCloudChangesNothing)
{
  const Samples samples = CornerCloud(2, 200);
  Samples turned = samples;
  turned.Points.row(0).array() += 0.37;
  FieldStorage found[2] = { FieldStorage(200, FieldChoice::All()),
    FieldStorage(200, FieldChoice::All()) };
  for (int k = 0; k < 2; ++k)
  {
    const Samples& cloud = k == 0 ? samples : turned;
    const PointsRef points = cloud.Points;
    PointProblem problem{ cloud, UnequalKernel(2, 0.1, 0.5), points, true };
    problem.Box = BoxOf({ Boundary::Periodic, Boundary::Reflecting, Boundary::Open });
    EstimateDensityAtPoints(problem, found[k].View(), {});
  }
  EXPECT_LE((found[0].LogDensity - found[1].LogDensity).cwiseAbs().maxCoeff(), 1e-12);
  EXPECT_LE((found[0].Score - found[1].Score).cwiseAbs().maxCoeff(), 1e-9);
  EXPECT_LE((found[0].EffectiveSampleSize - found[1].EffectiveSampleSize).cwiseAbs().maxCoeff(),
    1e-12 * found[0].EffectiveSampleSize.maxCoeff());
}

// Contract: what cannot work is refused with a sentence that names the property.
TEST(PointImages, RefusesTooManyImages)
{
  const Samples samples = CornerCloud(2, 1000);
  const PointsRef points = samples.Points;
  PointProblem problem{ samples, UnequalKernel(2, 50.0, 0.0), points };
  problem.Box = BoxOf({ Boundary::Periodic, Boundary::Periodic, Boundary::Open });
  FieldStorage found(1000, FieldChoice::All());
  std::string message;
  try
  {
    EstimateDensityAtPoints(problem, found.View(), {});
  }
  catch (const std::invalid_argument& error)
  {
    message = error.what();
  }
  EXPECT_EQ(message.rfind("Boundary asks the exact engine for", 0), 0u) << message;
}
}
