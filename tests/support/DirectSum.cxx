// SPDX-License-Identifier: BSD-3-Clause
#include "support/DirectSum.h"

#include "Numerics/Exact/Normalization.h"
#include "Numerics/Exact/PointValues.h"

#include <cmath>
#include <limits>

namespace scorefields
{
namespace direct
{
namespace
{
/// @param v  3 by n: the v_i. @param q  n: the q_i.
PointValues Combine(
  const GaussianKernel& kernel, const Eigen::Matrix3Xd& v, const Eigen::ArrayXd& q)
{
  PointValues values;
  const double largest = q.size() == 0 ? values.LogSum : q.maxCoeff();
  if (!std::isfinite(largest))
  {
    return values;
  }
  const Eigen::ArrayXd terms = (q - largest).exp();
  const double sum = terms.sum();
  const Eigen::VectorXd shares = terms / sum;
  values.LogSum = largest + std::log(sum);
  values.Score = v * shares;
  const Eigen::Matrix3Xd centred = v.colwise() - values.Score;
  values.Hessian = centred * shares.asDiagonal() * centred.transpose() - kernel.Precision();
  values.Kish = 1.0 / shares.squaredNorm();
  return values;
}
}

void EvaluateAtPoints(const Samples& samples, const GaussianKernel& kernel,
  const PointsRef& queries, const FieldView& fields, OwnSample own)
{
  const Normalization normalization = Normalization::Of(samples, kernel);
  const bool leaveOut = own == OwnSample::LeaveOut;
  const Eigen::VectorXd factors =
    leaveOut ? LeaveOneOutFactors(samples, kernel) : Eigen::VectorXd();
  Eigen::Matrix3Xd v(3, samples.Count());
  Eigen::ArrayXd q(samples.Count());
  for (Index j = 0; j < queries.cols(); ++j)
  {
    for (Index i = 0; i < samples.Count(); ++i)
    {
      const Eigen::Vector3d offset = samples.Points.col(i) - queries.col(j);
      v.col(i) = kernel.Precision() * offset;
      q[i] = std::log(samples.Weight(i)) - 0.5 * kernel.SquaredDistance(offset);
    }
    if (leaveOut)
    {
      q[j] = -std::numeric_limits<double>::infinity();
    }
    const double logFactor = leaveOut ? factors[j] : normalization.LogDensityFactor;
    const PointValues values = Combine(kernel, v, q);
    Write(fields, j, values, logFactor, normalization.LogMeanWeight);
  }
}

void EvaluateOnGrid(
  const Samples& samples, const GaussianKernel& kernel, const Grid& grid, const FieldView& fields)
{
  Eigen::Matrix3Xd nodes(3, grid.Size());
  for (Index i = 0; i < grid.Size(); ++i)
  {
    nodes.col(i) = grid.Node(i);
  }
  EvaluateAtPoints(samples, kernel, nodes, fields);
}
}
}
