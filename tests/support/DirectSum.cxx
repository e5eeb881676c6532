// SPDX-License-Identifier: BSD-3-Clause
#include "support/DirectSum.h"
#include "support/Numbers.h"

#include <Eigen/LU>

#include <cmath>

namespace scorefields
{
namespace direct
{
namespace
{
/// P = H^-1, 0 in flat axes, and log K(0) = -(d log 2 pi + log det H) / 2.
struct Shape
{
  Eigen::Matrix3d Precision;
  double LogPeak;
};

Shape ShapeOf(const GaussianKernel& kernel)
{
  const Axes& axes = kernel.ActiveAxes();
  Eigen::MatrixXd covariance(axes.Count, axes.Count);
  for (int a = 0; a < axes.Count; ++a)
  {
    for (int b = 0; b < axes.Count; ++b)
    {
      covariance(a, b) = kernel.Covariance()(axes.Axis[a], axes.Axis[b]);
    }
  }
  const Eigen::PartialPivLU<Eigen::MatrixXd> factors(covariance);
  const Eigen::MatrixXd inverse = factors.inverse();
  Shape shape{ Eigen::Matrix3d::Zero(), -0.5 * axes.Count * std::log(2.0 * Pi) };
  for (int a = 0; a < axes.Count; ++a)
  {
    shape.LogPeak -= 0.5 * std::log(std::abs(factors.matrixLU()(a, a)));
    for (int b = 0; b < axes.Count; ++b)
    {
      shape.Precision(axes.Axis[a], axes.Axis[b]) = inverse(a, b);
    }
  }
  return shape;
}

/// log W, and without sample `out`: the sum of the other weights, and of what other processes have.
double LogTotal(const Samples& samples, Index out)
{
  double sum = 0.0;
  double others = 0.0;
  for (Index i = 0; i < samples.Count(); ++i)
  {
    sum += samples.Weight(i);
    others += i == out ? 0.0 : samples.Weight(i);
  }
  const double elsewhere = samples.TotalWeight - sum;
  return out < 0 ? std::log(samples.TotalWeight)
                 : std::log(others + (elsewhere > 1e-9 * sum ? elsewhere : 0.0));
}

/// Logarithm of the mean of the weights that are positive.
double LogMeanWeight(const Samples& samples)
{
  double sum = 0.0;
  double count = 0.0;
  for (Index i = 0; i < samples.Count(); ++i)
  {
    sum += samples.Weight(i);
    count += samples.Weight(i) > 0.0 ? 1.0 : 0.0;
  }
  return std::log(sum) - std::log(count);
}

/// The estimate at one point.
struct Estimate
{
  double LogSum = -Infinity; ///< m + log Z
  Eigen::Vector3d Score = Eigen::Vector3d::Zero();
  Eigen::Matrix3d Hessian = Eigen::Matrix3d::Zero();
  double Kish = 0.0;
};

/// @param v  3 by n: the v_i. @param q  n: the q_i.
Estimate Combine(const Shape& shape, const Eigen::Matrix3Xd& v, const Eigen::ArrayXd& q)
{
  Estimate estimate;
  const double largest = q.size() == 0 ? -Infinity : q.maxCoeff();
  if (!std::isfinite(largest))
  {
    return estimate;
  }
  const Eigen::ArrayXd terms = (q - largest).exp();
  const Eigen::VectorXd shares = terms / terms.sum();
  estimate.LogSum = largest + std::log(terms.sum());
  estimate.Score = v * shares;
  const Eigen::Matrix3Xd centred = v.colwise() - estimate.Score;
  estimate.Hessian = centred * shares.asDiagonal() * centred.transpose() - shape.Precision;
  estimate.Kish = 1.0 / shares.squaredNorm();
  return estimate;
}

template <int Size>
void Put(double* array, Index entry, const Eigen::Matrix<double, Size, 1>& value)
{
  if (array != nullptr)
  {
    Eigen::Map<Eigen::Matrix<double, Size, 1>>(array + Size * entry) = value;
  }
}

void Put(double* array, Index entry, double value)
{
  Put(array, entry, Eigen::Matrix<double, 1, 1>(value));
}

/// @param logFactor  log K(0) - log W.
void Put(const FieldView& fields, Index entry, const Estimate& estimate, double logFactor,
  double logMeanWeight)
{
  const bool none = estimate.LogSum == -Infinity;
  const double logDensity = none ? -Infinity : estimate.LogSum + logFactor;
  const Eigen::Matrix3d& h = estimate.Hessian;
  SymmetricTensor tensor;
  tensor << h(0, 0), h(1, 1), h(2, 2), h(0, 1), h(1, 2), h(0, 2);
  Put(fields.Density, entry, std::exp(logDensity));
  Put(fields.LogDensity, entry, logDensity);
  Put<3>(fields.Score, entry, estimate.Score);
  Put<6>(fields.Hessian, entry, tensor);
  Put(fields.EffectiveSampleSize, entry, none ? 0.0 : std::exp(estimate.LogSum - logMeanWeight));
  Put(fields.KishSampleSize, entry, estimate.Kish);
}
}

void EvaluateAtPoints(const Samples& samples, const GaussianKernel& kernel,
  const PointsRef& queries, const FieldView& fields, OwnSample own)
{
  const Shape shape = ShapeOf(kernel);
  const double logMeanWeight = LogMeanWeight(samples);
  const bool leaveOut = own == OwnSample::LeaveOut;
  Eigen::Matrix3Xd v(3, samples.Count());
  Eigen::ArrayXd q(samples.Count());
  for (Index j = 0; j < queries.cols(); ++j)
  {
    for (Index i = 0; i < samples.Count(); ++i)
    {
      const Eigen::Vector3d offset = samples.Points.col(i) - queries.col(j);
      v.col(i) = shape.Precision * offset;
      q[i] =
        leaveOut && i == j ? -Infinity : std::log(samples.Weight(i)) - 0.5 * offset.dot(v.col(i));
    }
    const double logFactor = shape.LogPeak - LogTotal(samples, leaveOut ? j : -1);
    Put(fields, j, Combine(shape, v, q), logFactor, logMeanWeight);
  }
}

void EvaluateOnGrid(
  const Samples& samples, const GaussianKernel& kernel, const Grid& grid, const FieldView& fields)
{
  Eigen::Matrix3Xd nodes(3, grid.Dimensions.prod());
  Index node = 0;
  for (Index k = 0; k < grid.Dimensions[2]; ++k)
  {
    for (Index j = 0; j < grid.Dimensions[1]; ++j)
    {
      for (Index i = 0; i < grid.Dimensions[0]; ++i)
      {
        nodes.col(node++) = grid.Origin + Index3(i, j, k).cast<double>().cwiseProduct(grid.Spacing);
      }
    }
  }
  EvaluateAtPoints(samples, kernel, nodes, fields);
}
}
}
