// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Exact/Sharpen.h"

namespace scorefields
{
Samples Sharpen(const Samples& part, const Samples& whole, const GaussianKernel& kernel,
  const ExactOptions& options, const Execution& execution)
{
  Eigen::Matrix3Xd score(3, part.Count());
  FieldView fields;
  fields.Score = score.data();
  ExactOptions keepAll = options;
  keepAll.LeaveOneOut = false;
  exact::EvaluateAtPoints(whole, kernel, part.Points, fields, keepAll, execution);
  Samples moved = part;
  moved.Points += 0.5 * kernel.Covariance() * score;
  return moved;
}
}
