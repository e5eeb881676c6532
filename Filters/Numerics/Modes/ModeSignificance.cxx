// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Modes/ModeSignificance.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace scorefields
{
namespace
{
/// x log(x / expected), 0 for no share.
double Entropy(double share, double expected)
{
  return share > 0.0 ? share * std::log(share / expected) : 0.0;
}

double ChernoffExponent(const ModeCount& count)
{
  const double all = count.AtMode + count.AtPass;
  const double share = count.AtMode / all;
  const double expected = count.ExpectedShare;
  return share > expected ? all * (Entropy(share, expected) + Entropy(1.0 - share, 1.0 - expected))
                          : 0.0;
}

double BennettExponent(const ModeCount& count)
{
  const double e = count.ExpectedShare;
  const double difference = (1.0 - e) * count.AtMode - e * count.AtPass;
  const double variance = count.Variance * (count.AtMode + count.AtPass) * e * (1.0 - e);
  const double largest = std::max(e, 1.0 - e);
  const double ratio = largest * difference / variance;
  return ratio > 0.0 ? variance / (largest * largest) * ((1.0 + ratio) * std::log1p(ratio) - ratio)
                     : 0.0;
}

/// The kernel's images of a sample along one axis, relative to the kernel itself.
double ImagesAlong(const Domain& box, int axis, double place, double precision)
{
  const double length = box.Length[axis];
  const double offset = place - box.Lower[axis];
  const auto kernel = [precision](double u) { return std::exp(-0.5 * precision * u * u); };
  const bool periodic = box.At(axis) == Boundary::Periodic;
  const double period = periodic ? length : 2.0 * length;
  const auto most = std::clamp(std::ceil(9.0 / (period * std::sqrt(precision))), 1.0, 1e4);
  double sum = 0.0;
  for (double m = -most; m <= most; ++m)
  {
    sum += kernel(m * period) + (periodic ? 0.0 : kernel(2.0 * offset + m * period));
  }
  return sum;
}
}

SampleCounts::SampleCounts(const GaussianKernel& kernel, const Domain& box,
  std::shared_ptr<const SmoothDensity> squares, double unit)
  : Kernel(kernel)
  , Box(box)
  , Squares(std::move(squares))
  , Unit(unit)
{
}

double SampleCounts::Variance() const
{
  return std::exp2(-0.5 * this->Kernel.Dimension());
}

double SampleCounts::LogPeakAt(const Eigen::Vector3d& place) const
{
  double images = 1.0;
  for (int axis = 0; axis < 3; ++axis)
  {
    if (this->Box.IsClosed(axis) && this->Kernel.ActiveAxes().IsActive(axis))
    {
      images *= ImagesAlong(this->Box, axis, place[axis], this->Kernel.Precision()(axis, axis));
    }
  }
  return this->Kernel.LogPeak() + std::log(images);
}

std::vector<double> SampleCounts::At(const PointsRef& places,
  const Eigen::Ref<const Eigen::VectorXd>& logDensities, const Execution& execution) const
{
  Eigen::VectorXd squares = logDensities; // whose quotient is 1 for equal weights
  if (this->Squares)
  {
    FieldView fields;
    fields.LogDensity = squares.data();
    this->Squares->Evaluate(places, fields, execution);
  }
  std::vector<double> counts;
  for (Index i = 0; i < places.cols(); ++i)
  {
    const double logUnit = std::log(this->Unit) + squares[i] - logDensities[i];
    counts.push_back(std::exp(logDensities[i] - logUnit - this->LogPeakAt(places.col(i))));
  }
  return counts;
}

double DifferentPlaces(const std::vector<double>& counts)
{
  double places = 0.0;
  for (const double count : counts)
  {
    places += 1.0 / count;
  }
  return places;
}

double ModePValue(const ModeCount& count, double places)
{
  const double exponent = std::max(ChernoffExponent(count), BennettExponent(count));
  return std::min(places * std::exp(-exponent), 1.0);
}

std::vector<ModeCount> CountsOfModes(
  const CriticalSet& set, const SampleCounts& counts, const Execution& execution)
{
  const Index modes = set.Modes();
  Eigen::Matrix3Xd positions(3, 2 * modes); // modes, then their passes
  Eigen::VectorXd logDensities(2 * modes);
  for (Index mode = 0; mode < modes; ++mode)
  {
    const CriticalPoint& point = set.Points[static_cast<std::size_t>(mode)];
    const ModePair& pair = set.Pairs[static_cast<std::size_t>(mode)];
    positions.col(mode) = point.Position;
    logDensities[mode] = point.LogDensity;
    positions.col(modes + mode) = pair.IsLast ? point.Position : pair.Place;
    logDensities[modes + mode] = pair.IsLast ? point.LogDensity : pair.Level;
  }
  const std::vector<double> samples = counts.At(positions, logDensities, execution);
  std::vector<ModeCount> found;
  for (Index mode = 0; mode < modes; ++mode)
  {
    ModeCount count;
    count.AtMode = samples[static_cast<std::size_t>(mode)];
    count.AtPass = samples[static_cast<std::size_t>(modes + mode)];
    // What a sample weighs is f / k.
    const double unitAtMode = logDensities[mode] - std::log(count.AtMode);
    const double unitAtPass = logDensities[modes + mode] - std::log(count.AtPass);
    count.ExpectedShare = 1.0 / (1.0 + std::exp(unitAtMode - unitAtPass));
    count.Variance = counts.Variance();
    found.push_back(count);
  }
  return found;
}

std::vector<double> ModePValues(const std::vector<ModeCount>& counts, double places)
{
  std::vector<double> pValues;
  for (const ModeCount& count : counts)
  {
    pValues.push_back(pValues.empty() ? 0.0 : ModePValue(count, places));
  }
  return pValues;
}
}
