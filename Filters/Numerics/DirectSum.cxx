// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/DirectSum.h"

#include "Numerics/Normalization.h"

#include <cmath>
#include <limits>

namespace scorefields
{
namespace direct
{
namespace
{
struct PointValues
{
  double LogSum = -std::numeric_limits<double>::infinity(); // log sum_i w_i exp(-d_i^2 / 2)
  Eigen::Vector3d Score = Eigen::Vector3d::Zero();
  Eigen::Matrix3d Hessian = Eigen::Matrix3d::Zero();
  double Kish = 0.0;
};

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

void Write(const FieldView& fields, Index entry, const PointValues& values, double logFactor,
  double logMeanWeight)
{
  const double logDensity = values.LogSum + logFactor;
  if (fields.Density != nullptr)
  {
    fields.Density[entry] = std::exp(logDensity);
  }
  if (fields.LogDensity != nullptr)
  {
    fields.LogDensity[entry] = logDensity;
  }
  if (fields.Score != nullptr)
  {
    Eigen::Map<Eigen::Vector3d>(fields.Score + 3 * entry) = values.Score;
  }
  if (fields.Hessian != nullptr)
  {
    Eigen::Map<SymmetricTensor>(fields.Hessian + 6 * entry) = ToTensor(values.Hessian);
  }
  if (fields.EffectiveSampleSize != nullptr)
  {
    fields.EffectiveSampleSize[entry] = std::exp(values.LogSum - logMeanWeight);
  }
  if (fields.KishSampleSize != nullptr)
  {
    fields.KishSampleSize[entry] = values.Kish;
  }
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
    const bool nothing = std::isinf(values.LogSum); // then the factor may be infinite as well
    Write(
      fields, j, values, nothing ? 0.0 : logFactor, nothing ? 0.0 : normalization.LogMeanWeight);
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
