// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Score/Reliability.h"

#include <algorithm>
#include <cmath>

namespace scorefields
{
namespace
{
constexpr double Eps = std::numeric_limits<double>::epsilon();
constexpr double LogRounding = 4.0;
constexpr double LogOfNoise = -23.025850929940457; // log(1e-10)

int DimensionOf(const Grid& grid)
{
  return std::max(static_cast<int>((grid.Dimensions.array() > 1).count()), 1);
}
}

ErrorModel::ErrorModel(const Grid& grid, const DensityFacts& facts, const DensityScan& scan,
  const Eigen::Vector3d& curvature, double tolerance)
  : Tau(tolerance)
  , IsKernelDensity(facts.Kernel.has_value())
{
  this->SetLengths(grid, facts, curvature);
  this->SetErrors(grid, facts, scan);
  this->SetWrap(grid, facts);
  const double amplification = this->LargestWeight / this->Tau;
  this->LogThreshold =
    this->Wraps ? std::log(amplification) : std::log(this->Floor() * amplification);
}

void ErrorModel::SetLengths(
  const Grid& grid, const DensityFacts& facts, const Eigen::Vector3d& curvature)
{
  this->LongestLength = 0.0;
  Eigen::Vector3d weights = Eigen::Vector3d::Zero(); // h_a / delta_a
  for (int axis = 0; axis < 3; ++axis)
  {
    if (grid.Dimensions[axis] < 2)
    {
      continue;
    }
    const double delta = std::abs(grid.Spacing[axis]);
    double length = delta * static_cast<double>(grid.Dimensions[axis] - 1);
    if (facts.Kernel && facts.Kernel->Covariance()(axis, axis) > 0.0)
    {
      length = std::sqrt(facts.Kernel->Covariance()(axis, axis));
      this->Differences.Curvature[axis] = facts.Kernel->Precision()(axis, axis);
    }
    else if (curvature[axis] > 0.0)
    {
      length = std::min(length, 1.0 / std::sqrt(curvature[axis]));
    }
    this->Differences.Length[axis] = length;
    this->LongestLength = std::max(this->LongestLength, length);
    weights[axis] = length / delta;
  }
  this->Metric = Eigen::Matrix3d::Identity() * std::pow(this->LongestLength, 2.0);
  if (facts.Kernel)
  {
    this->Metric = facts.Kernel->Covariance();
  }
  if (facts.Kernel && !facts.Kernel->IsDiagonal())
  {
    // sqrt(ds' H ds) <= sqrt(d) * the root of the sum of (h_a ds_a)^2.
    const double several = std::sqrt(static_cast<double>(facts.Kernel->Dimension()));
    this->Differences.Length *= several;
    weights *= several;
  }
  this->LargestWeight = weights.maxCoeff();
  this->JointWeight = weights.norm();
}

void ErrorModel::SetErrors(const Grid& grid, const DensityFacts& facts, const DensityScan& scan)
{
  const double maximum = std::exp(scan.Maximum); // 0 without values
  const double gradient = std::sqrt(DimensionOf(grid));
  this->LogMaximum = scan.Maximum;
  const ErrorPart transform = RoundOffOf(DimensionOf(grid), maximum);
  switch (facts.Source)
  {
    case DensitySource::Exact:
      break;
    case DensitySource::Transform:
      this->RoundOff.Add(std::max(transform.Density, facts.DensityFloor), gradient);
      this->RoundOff = facts.Transform ? facts.Transform->Sum() : this->RoundOff;
      break;
    case DensitySource::AliasedTransform:
    case DensitySource::TruncatedTransform:
      this->SetClassical(grid, facts, transform);
      break;
    case DensitySource::Unknown:
    {
      // Noise beside zeros, or below zero, comes from a transform; else zeros are just zeros.
      double floor = facts.DensityFloor;
      if (scan.MostNegative < 0.0 ||
        (std::isfinite(scan.BesideZeros) && scan.BesideZeros < scan.Maximum + LogOfNoise))
      {
        floor = std::max({ floor, transform.Density, -2.0 * scan.MostNegative });
      }
      this->RoundOff.Add(floor, gradient);
      break;
    }
  }
  this->SetStated(facts);
}

// The reference is the density of the binned samples: Spreading does not count.
void ErrorModel::SetClassical(
  const Grid& grid, const DensityFacts& facts, const ErrorPart& transform)
{
  if (facts.Transform)
  {
    const bool padded = !(facts.WrapPeriod.array() > 0.0).any();
    this->RoundOff = facts.Transform->RoundOff;
    this->Truncation = facts.Transform->Truncation;
    this->Padded = padded ? facts.Transform->Wrap : ErrorPart();
    return;
  }
  this->RoundOff = transform;
  for (int axis = 0; axis < 3; ++axis)
  {
    const bool active = facts.Kernel && facts.Kernel->Covariance()(axis, axis) > 0.0;
    const bool cut = facts.Source == DensitySource::TruncatedTransform;
    if (cut && active && grid.Dimensions[axis] > 1)
    {
      const double nyquist = Pi / std::abs(grid.Spacing[axis]);
      this->Truncation.Add(TruncationOf(*facts.Kernel, axis, nyquist));
    }
  }
}

void ErrorModel::SetStated(const DensityFacts& facts)
{
  const ErrorClaims& claims = facts.Claims;
  this->Relative = facts.StoredLogarithm ? claims.LogDensity : claims.Density;
  this->Stored = facts.StoredLogarithm ? 0.0 : 2.0 * facts.StoredPrecision;
  this->Absolute = claims.AbsoluteDensity;
  this->ScoreError = claims.Score;
  this->ScorePrecision = facts.ScorePrecision;
  // An engine's logarithm is right to its rounding, that of others as it is stored.
  const double computed = facts.Source == DensitySource::Unknown ? 0.5 * Eps : LogRounding * Eps;
  this->LogPrecision = facts.StoredLogarithm ? std::max(facts.StoredPrecision, computed) : computed;
  this->SlopeError = MostAmplified * this->JointWeight * (this->Relative + this->Stored);
}

void ErrorModel::SetWrap(const Grid& grid, const DensityFacts& facts)
{
  if (!facts.Kernel || !(facts.WrapPeriod.array() > 0.0).any())
  {
    return;
  }
  this->Peak = std::exp(facts.Kernel->LogPeak());
  const Eigen::Vector3d lengths = DistanceLengths(*facts.Kernel);
  Eigen::Vector3d jump = Eigen::Vector3d::Zero();
  double largest[3] = { 1.0, 1.0, 1.0 };
  for (int axis = 0; axis < 3; ++axis)
  {
    jump[axis] = this->SetWrapAlong(axis, grid, facts, lengths[axis]);
    for (const ImageShares& shares : this->Shares[axis])
    {
      largest[axis] = std::max(largest[axis], shares.All());
    }
  }
  this->Jump = std::sqrt(jump.dot(facts.Kernel->Precision().cwiseAbs() * jump));
  // Whether any image can rise above the rest of e: their largest density along one axis times
  // what the other two allow.
  double images = 0.0;
  for (int axis = 0; axis < 3; ++axis)
  {
    const double others = largest[(axis + 1) % 3] * largest[(axis + 2) % 3];
    for (const ImageShares& shares : this->Shares[axis])
    {
      images = std::max(images, shares.Images * others);
    }
  }
  this->Wraps = this->Peak * images > 0.01 * this->Floor();
}

double ErrorModel::SetWrapAlong(
  int axis, const Grid& grid, const DensityFacts& facts, double length)
{
  const Index count = grid.Dimensions[axis];
  const double first = grid.Origin[axis];
  const double last = first + static_cast<double>(count - 1) * grid.Spacing[axis];
  // Binning moves samples by up to a step, but not out of the box.
  const double step = facts.Source == DensitySource::Transform ? 0.0 : std::abs(grid.Spacing[axis]);
  const double lowest = facts.SampleBounds ? facts.SampleBounds->first[axis] : first;
  const double highest = facts.SampleBounds ? facts.SampleBounds->second[axis] : last;
  const double lower = std::max(lowest - step, std::min(lowest, first));
  const double upper = std::min(highest + step, std::max(highest, last));
  const double period = count > 1 ? facts.WrapPeriod[axis] : 0.0;
  this->Shares[axis].assign(static_cast<std::size_t>(count), ImageShares());
  for (Index i = 0; count > 1 && i < count; ++i)
  {
    const double x = first + static_cast<double>(i) * grid.Spacing[axis];
    this->Shares[axis][static_cast<std::size_t>(i)] = ImagesAlong(x, lower, upper, period, length);
  }
  return period > 0.0 ? period + upper - lower : 0.0;
}

double ErrorModel::ImageDensity(Index i, Index j, Index k) const
{
  const Index at[3] = { i, j, k };
  double direct = 1.0; // over the axes so far
  double images = 0.0;
  for (int axis = 0; axis < 3; ++axis)
  {
    const ImageShares& shares = this->Shares[axis][static_cast<std::size_t>(at[axis])];
    images = images * shares.All() + direct * shares.Images;
    direct *= shares.Direct;
  }
  return this->Peak * images;
}

double ErrorModel::InBandwidths(const Eigen::Vector3d& score) const
{
  return std::sqrt(score.dot(this->Metric * score));
}

bool ErrorModel::AnalyticHolds(double logDensity, double scaledScore, double imageDensity) const
{
  const double stated = this->ScoreError + this->ScorePrecision * scaledScore;
  const double density = std::exp(logDensity);
  const double gradient =
    this->RoundOff.Gradient + this->Truncation.Gradient + this->Padded.Gradient;
  const double floor = gradient + this->Floor() * scaledScore;
  const double wrap = imageDensity * this->Jump;
  return floor + wrap <= (this->Tau - stated) * density ||
    (floor + wrap == 0.0 && stated <= this->Tau);
}

double ErrorModel::DensityError(double logDensity, double scaledScore, double imageDensity) const
{
  const double stated = (this->Relative + this->Stored) * scaledScore;
  const double error = this->Floor() * scaledScore + imageDensity * this->Jump;
  return error > 0.0 ? stated + error * std::exp(-logDensity) : stated;
}

double ErrorModel::RatioError(double logDensity, double largest, double scaledScore) const
{
  const double growth = std::exp(largest - logDensity);
  const double rounding = this->Stored + this->LogPrecision * std::abs(logDensity);
  const double ofLargest = this->Relative * growth;
  const double stated =
    this->Absolute > 0.0 ? std::min(ofLargest, this->Absolute * std::exp(-logDensity)) : ofLargest;
  return MostAmplified * this->JointWeight * (stated + rounding * growth) +
    (this->Relative + rounding) * scaledScore;
}

double ErrorModel::LargestRatioLogDensity() const
{
  // The square of Negligible tau f is a normal number.
  return std::log(Negligible * this->Tau) - 0.5 * std::log(std::numeric_limits<double>::min());
}

LinePrecision ErrorModel::Precision() const
{
  LinePrecision precision;
  precision.Relative = this->Relative;
  precision.Logarithm = this->LogPrecision + this->Stored;
  precision.LogFloor = std::log(this->Floor());
  if (this->Absolute > 0.0)
  {
    precision.LogAbsolute = std::log(this->Absolute);
  }
  return precision;
}

double ErrorModel::LargestLogDensity() const
{
  const double largest = this->Tau / (this->LargestWeight * this->LogPrecision);
  return std::min(largest, std::numeric_limits<double>::max());
}

Reliability ErrorModel::Cause(double imageDensity) const
{
  const double images = imageDensity + this->Padded.Density;
  const double truncation = this->Truncation.Density;
  if (truncation >= this->RoundOff.Density && truncation >= images && truncation > 0.0)
  {
    return Reliability::Truncation;
  }
  return images > this->RoundOff.Density ? Reliability::WrapAround : Reliability::RoundOff;
}

Reliability ErrorModel::CauseOfZero(double imageDensity) const
{
  const bool noise = this->Floor() > 0.0 || imageDensity > 0.0;
  return noise || this->IsKernelDensity ? this->Cause(imageDensity) : Reliability::NoData;
}
}
