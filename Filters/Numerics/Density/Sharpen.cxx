// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Density/Sharpen.h"

#include "Numerics/Density/EstimateClaims.h"
#include "Numerics/Density/PointEstimate.h"

#include <algorithm>

namespace scorefields
{
namespace
{
constexpr double ShareOfTolerance = 0.01;
constexpr double LeastTolerance = 1e-12;

/// A sample that is off by e bandwidths changes the logarithm of its kernel by e times its
/// distance in bandwidths.
double ToleranceOfScore(const Samples& whole, const GaussianKernel& kernel, double tolerance)
{
  const PointBox box{ whole.Points.rowwise().minCoeff(), whole.Points.rowwise().maxCoeff() };
  const double farthest = std::max(1.0, FarthestOffset(kernel, box, box));
  return std::max(LeastTolerance, std::min(ShareOfTolerance, 1.0 / farthest) * tolerance);
}
}

Samples Sharpen(const Samples& part, const Samples& whole, const GaussianKernel& kernel,
  const EngineSettings& settings, const Execution& execution)
{
  Eigen::Matrix3Xd score(3, part.Count());
  FieldView fields;
  fields.Score = score.data();
  const PointsRef queries = part.Points;
  PointProblem problem{ whole, kernel, queries, false, settings };
  if (settings.Engine == Engine::Auto && whole.Count() > 0)
  {
    problem.Settings.RelativeTolerance =
      ToleranceOfScore(whole, kernel, settings.RelativeTolerance);
  }
  EstimateDensityAtPoints(problem, fields, execution);
  Samples moved = part;
  moved.Points += 0.5 * kernel.Covariance() * score;
  return moved;
}
}
