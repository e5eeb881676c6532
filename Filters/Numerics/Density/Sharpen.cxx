// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Density/Sharpen.h"

#include "Numerics/Density/PointEstimate.h"

namespace scorefields
{
Samples Sharpen(const Samples& part, const Samples& whole, const GaussianKernel& kernel,
  const EngineSettings& settings, const Execution& execution)
{
  Eigen::Matrix3Xd score(3, part.Count());
  FieldView fields;
  fields.Score = score.data();
  const PointsRef queries = part.Points;
  PointProblem problem{ whole, kernel, queries, false, settings };
  if (settings.Engine == Engine::Fft)
  {
    problem.Settings.Engine = Engine::Auto; // a transform has no score where a sample is alone
  }
  EstimateDensityAtPoints(problem, fields, execution);
  Samples moved = part;
  const Eigen::Matrix3d step = 0.5 * kernel.Covariance();
  execution.For(part.Count(),
    [&moved, &score, &step](Index begin, Index end)
    {
      for (Index i = begin; i < end; ++i)
      {
        moved.Points.col(i) += step * score.col(i);
      }
    });
  return moved;
}
}
