// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Exact/Moments.h"

#include <cmath>

namespace scorefields
{
namespace exact
{
namespace
{
/// W' y along the active axes.
ActiveVector Transposed(const ActiveKernel& compact, const ActiveVector& y)
{
  ActiveVector product{};
  for (std::size_t a = 0; a < 3; ++a)
  {
    for (std::size_t b = 0; b <= a; ++b)
    {
      product[a] += compact.Root[b][a] * y[b];
    }
  }
  return product;
}

/// W (offset - delta), from the point to the reference of the frame, whitened.
ActiveVector Whitened(
  const ActiveKernel& compact, const LocalFrame& frame, const ActiveVector& delta, int dimension)
{
  ActiveVector y{};
  for (std::size_t a = 0; a < static_cast<std::size_t>(dimension); ++a)
  {
    for (std::size_t b = a; b < static_cast<std::size_t>(dimension); ++b)
    {
      y[a] += compact.Root[a][b] * (frame.Offset[b] - delta[b]);
    }
  }
  return y;
}

/// The covariance of the slopes, less the precision of the kernel.
void SetHessian(const GaussianKernel& kernel, const ActiveVector& mean, const MomentSet& set,
  const double* moments, PointValues& values)
{
  const Eigen::Vector3i& axis = kernel.ActiveAxes().Axis;
  const double* second = moments + set.SecondOffset();
  const auto dimension = static_cast<std::size_t>(set.Dimension);
  for (std::size_t a = 0; a < dimension; ++a)
  {
    for (std::size_t b = a; b < dimension; ++b)
    {
      const int row = axis[static_cast<Index>(a)];
      const int column = axis[static_cast<Index>(b)];
      const double covariance = *second++ / moments[0] - mean[a] * mean[b];
      values.Hessian(row, column) = covariance - kernel.Precision()(row, column);
      values.Hessian(column, row) = values.Hessian(row, column);
    }
  }
}
}

PointValues FromMoments(const GaussianKernel& kernel, const ActiveKernel& compact,
  const LocalFrame& frame, const ActiveVector& delta, const MomentSet& set, const double* moments)
{
  const auto dimension = static_cast<std::size_t>(set.Dimension);
  const Eigen::Vector3i& axis = kernel.ActiveAxes().Axis;
  const ActiveVector y = Whitened(compact, frame, delta, set.Dimension);
  double squared = 0.0;
  for (std::size_t a = 0; a < dimension; ++a)
  {
    squared += y[a] * y[a];
  }
  PointValues values;
  values.LogSum = frame.LogWeight - 0.5 * squared + std::log(moments[0]);
  if (set.First)
  {
    const ActiveVector toReference = Transposed(compact, y);
    ActiveVector mean{};
    for (std::size_t a = 0; a < dimension; ++a)
    {
      mean[a] = moments[static_cast<std::size_t>(set.FirstOffset()) + a] / moments[0];
      values.Score[axis[static_cast<Index>(a)]] = toReference[a] + mean[a];
    }
    if (set.Second)
    {
      SetHessian(kernel, mean, set, moments, values);
    }
  }
  if (set.Squares)
  {
    values.Kish = moments[0] * moments[0] / moments[set.SquaresOffset()];
  }
  return values;
}
}
}
