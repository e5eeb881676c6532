// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Base/TransformErrors.h"

#include <Eigen/Eigenvalues>

#include <algorithm>
#include <cmath>
#include <limits>

namespace scorefields
{
namespace
{
constexpr double Eps = std::numeric_limits<double>::epsilon();
constexpr double MostImages = 1000.0;
constexpr double ImageReach = 15.0; ///< beyond it exp(-D^2 / 2) is below 1e-48
constexpr int HighestOrder = 16;    ///< of the splines

/// Root of the mean of the squared frequency, in units of 1 / bandwidth, where its part along one
/// axis is above c.
double FrequencyBeyond(double c, int dimension)
{
  return std::sqrt(0.5 * c * (c + std::sqrt(c * c + 4.0)) + dimension);
}
}

ErrorPart TransformErrors::Sum() const
{
  ErrorPart sum;
  for (const ErrorPart& part : { this->RoundOff, this->Truncation, this->Spreading, this->Wrap })
  {
    sum.Add(part);
  }
  return sum;
}

double NarrowLength(const GaussianKernel& kernel, int axis)
{
  return 1.0 / std::sqrt(kernel.Precision()(axis, axis));
}

Eigen::Vector3d DistanceLengths(const GaussianKernel& kernel)
{
  const Eigen::MatrixXd part = kernel.ActiveAxes().PartOf(kernel.Covariance());
  const double widest = kernel.IsDiagonal()
    ? 0.0
    : Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(part, Eigen::EigenvaluesOnly)
        .eigenvalues()
        .maxCoeff();
  Eigen::Vector3d lengths = Eigen::Vector3d::Ones();
  for (int a = 0; a < kernel.Dimension(); ++a)
  {
    const int axis = kernel.ActiveAxes().Axis[a];
    lengths[axis] = std::sqrt(std::max(widest, kernel.Covariance()(axis, axis)));
  }
  return lengths;
}

ErrorPart RoundOffOf(int dimension, double largest)
{
  ErrorPart part;
  part.Add((dimension == 3 ? 8.0 : 4.0) * Eps * largest, std::sqrt(dimension));
  return part;
}

ErrorPart TruncationOf(const GaussianKernel& kernel, int axis, double frequency)
{
  const double c = frequency * NarrowLength(kernel, axis);
  ErrorPart part;
  part.Add(std::exp(kernel.LogPeak()) * std::erfc(c / std::sqrt(2.0)),
    FrequencyBeyond(c, kernel.Dimension()));
  return part;
}

ErrorPart SpreadingOf(int dimension, int order, double error)
{
  ErrorPart part;
  part.Add(error, std::sqrt(static_cast<double>(order + dimension)));
  return part;
}

ErrorPart FarSamplesOf(double density, double q)
{
  ErrorPart part;
  part.Add(density, std::max(q, 1.0));
  return part;
}

TransformErrors StatedErrors(int dimension, double logPeak, const std::array<double, 4>& densities)
{
  TransformErrors errors;
  errors.RoundOff.Add(densities[0], std::sqrt(dimension));
  // erfc(c / sqrt 2) <= exp(-c^2 / 2), and the axes' sum is no more than the dimension times one.
  const double share = logPeak + std::log(dimension) - std::log(densities[1]);
  const double cut = std::min(AllThatCounts, std::sqrt(2.0 * std::max(share, 0.0)));
  errors.Truncation.Add(densities[1], FrequencyBeyond(cut, dimension));
  errors.Spreading = SpreadingOf(dimension, HighestOrder, densities[2]);
  errors.Wrap = FarSamplesOf(densities[3], AllThatCounts);
  return errors;
}

ImageShares ImagesAlong(double x, double lower, double upper, double period, double length)
{
  const auto share = [&](double shift)
  {
    const double distance = std::max({ lower + shift - x, x - upper - shift, 0.0 }) / length;
    return std::exp(-0.5 * distance * distance);
  };
  ImageShares shares;
  shares.Direct = share(0.0);
  if (period > 0.0)
  {
    const double reach = std::max(std::abs(x - lower), std::abs(x - upper)) + ImageReach * length;
    const int images = static_cast<int>(std::min(std::ceil(reach / period), MostImages));
    for (int image = 1; image <= images; ++image)
    {
      shares.Images += share(image * period) + share(-image * period);
    }
  }
  return shares;
}
}
