// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Sharpen.h"

namespace scorefields
{
Samples Sharpen(const Samples& samples, const GaussianKernel& kernel, const ExactOptions& options,
  const Execution& execution)
{
  Eigen::Matrix3Xd score(3, samples.Count());
  FieldView fields;
  fields.Score = score.data();
  ExactOptions whole = options;
  whole.LeaveOneOut = false;
  exact::EvaluateAtPoints(samples, kernel, samples.Points, fields, whole, execution);
  Samples moved = samples;
  moved.Points += 0.5 * kernel.Covariance() * score;
  return moved;
}
}
