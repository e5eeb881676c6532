// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Bandwidth/SheatherJones.h"

#include "Numerics/Base/Fft.h"

#include <algorithm>
#include <cmath>

namespace scorefields
{
namespace
{
constexpr Index Cosines = 4096;
constexpr Index Bins = 16384;
constexpr int Stages = 7;
constexpr double LargestTime = 0.1;
constexpr double LeastTime = 1e-9;
constexpr double TimeRatio = 1.1; // between times looked at

// cos(pi k u) by the recurrence in k, which loses k units in the last place at most.
Eigen::VectorXd CosineSums(const Eigen::VectorXd& positions, const Eigen::VectorXd& shares)
{
  Eigen::VectorXd sums = Eigen::VectorXd::Zero(Cosines);
  for (Index i = 0; i < positions.size(); ++i)
  {
    const double twice = 2.0 * std::cos(Pi * positions[i]);
    double before = 1.0;
    double now = 0.5 * twice;
    for (Index k = 0; k < Cosines; ++k)
    {
      sums[k] += shares[i] * now;
      const double next = twice * now - before;
      before = now;
      now = next;
    }
  }
  return sums;
}

Eigen::VectorXd BinnedCosineSums(const Eigen::VectorXd& positions, const Eigen::VectorXd& shares)
{
  FftBuffer<double> lines(Bins * CosineFft::Lines);
  lines.Fill(0.0);
  for (Index i = 0; i < positions.size(); ++i)
  {
    const double cell = positions[i] * static_cast<double>(Bins) - 0.5;
    const auto below = std::clamp<Index>(static_cast<Index>(std::floor(cell)), 0, Bins - 2);
    const double share = std::clamp(cell - static_cast<double>(below), 0.0, 1.0);
    lines[below * CosineFft::Lines] += shares[i] * (1.0 - share);
    lines[(below + 1) * CosineFft::Lines] += shares[i] * share;
  }
  CosineFft(Bins).Forward(lines);
  Eigen::VectorXd sums(Bins - 1);
  for (Index k = 1; k < Bins; ++k)
  {
    // Linear binning multiplies the transform by sinc^2.
    const double angle = 0.5 * Pi * static_cast<double>(k) / static_cast<double>(Bins);
    const double sinc = std::sin(angle) / angle;
    sums[k - 1] = 0.5 * lines[k * CosineFft::Lines] / (sinc * sinc);
  }
  return sums;
}

/// t - xi gamma^[5](t); negative where t is too small.
class FixedPoint
{
public:
  FixedPoint(const Eigen::VectorXd& cosineSums, double count)
    : Squares(cosineSums.array().square())
    , Count(count)
  {
  }

  double operator()(double time) const
  {
    double norm = this->DerivativeNorm(Stages, time);
    for (int s = Stages - 1; s >= 2; --s)
    {
      double odd = 1.0 / std::sqrt(2.0 * Pi);
      for (int j = 3; j <= 2 * s - 1; j += 2)
      {
        odd *= j;
      }
      const double factor = (1.0 + std::pow(0.5, s + 0.5)) / 3.0;
      const double stage =
        std::pow(2.0 * factor * odd / (this->Count * norm), 2.0 / (3.0 + 2.0 * s));
      norm = this->DerivativeNorm(s, stage);
    }
    return time - std::pow(2.0 * this->Count * std::sqrt(Pi) * norm, -0.4);
  }

  /// int f^2 of the density f smoothed for half of a time, on an interval of length 1.
  double DensitySquared(double time) const { return 1.0 + this->DerivativeNorm(0, time); }

private:
  // The squared norm of the s-th derivative of the density smoothed for a time.
  double DerivativeNorm(int s, double time) const
  {
    double sum = 0.0;
    for (Index k = 0; k < this->Squares.size(); ++k)
    {
      const double frequency = Pi * Pi * static_cast<double>((k + 1) * (k + 1));
      if (frequency * time > 700.0)
      {
        break;
      }
      sum += std::pow(frequency, s) * this->Squares[k] * std::exp(-frequency * time);
    }
    return 2.0 * sum;
  }

  Eigen::ArrayXd Squares;
  double Count;
};

/// The zero between two times, at the lower of which the excess is not positive.
double Bisected(const FixedPoint& excess, double lower, double upper)
{
  for (int i = 0; i < 60; ++i)
  {
    const double middle = 0.5 * (lower + upper);
    (excess(middle) > 0.0 ? upper : lower) = middle;
  }
  return 0.5 * (lower + upper);
}

/// The largest zero up to `upper` above which the excess is positive; 0 if there is none.
double LargestSolution(const FixedPoint& excess, double upper)
{
  bool positive = excess(upper) > 0.0;
  for (double time = upper / TimeRatio; time > LeastTime; time /= TimeRatio)
  {
    const bool now = excess(time) > 0.0;
    if (positive && !now)
    {
      return Bisected(excess, time, TimeRatio * time);
    }
    positive = now;
  }
  return 0.0;
}

/// The least zero from `lower` to LargestTime above which the excess is positive; 0: none.
double LeastSolution(const FixedPoint& excess, double lower)
{
  bool positive = excess(lower) > 0.0;
  for (double time = TimeRatio * lower; time <= LargestTime; time *= TimeRatio)
  {
    const bool now = excess(time) > 0.0;
    if (!positive && now)
    {
      return Bisected(excess, time / TimeRatio, time);
    }
    positive = now;
  }
  return 0.0;
}

/// @param widest  the square of the largest bandwidth expected, in units of the interval.
double Solution(const FixedPoint& excess, double widest)
{
  const double limit = std::min(widest, LargestTime);
  const double time = LargestSolution(excess, limit);
  return time > 0.0 ? time : LeastSolution(excess, limit);
}

/// Terrell's bound for a best bandwidth, with room for the accidents of few points.
double WidestBandwidth(const Locations& locations, int axis)
{
  const Eigen::ArrayXd values = locations.Points.row(axis).transpose();
  const Eigen::ArrayXd shares = locations.Weights / locations.TotalWeight;
  const double mean = (shares * values).sum();
  const double deviation = std::sqrt((shares * (values - mean).square()).sum());
  return 1.5 * 1.144 * deviation * std::pow(locations.EffectivePoints(), -0.2);
}
}

PlugInBandwidth SheatherJonesBandwidth(const Locations& locations, int axis)
{
  const auto row = locations.Points.row(axis);
  const double lower = row.minCoeff();
  const double range = row.maxCoeff() - lower;
  PlugInBandwidth found;
  if (!(range > 0.0))
  {
    return found;
  }
  const double length = 1.2 * range;
  const Eigen::VectorXd positions =
    ((row.array() - lower + 0.1 * range) / length).matrix().transpose();
  const Eigen::VectorXd shares = locations.Weights / locations.TotalWeight;
  const FixedPoint excess(locations.Count() <= DirectSheatherJones
      ? CosineSums(positions, shares)
      : BinnedCosineSums(positions, shares),
    locations.EffectivePoints());
  const double widest = WidestBandwidth(locations, axis) / length;
  const double root = std::sqrt(Solution(excess, widest * widest));
  found.Bandwidth = length * root;
  if (root > 0.0)
  {
    found.TiedShare = CoincidentPairs(locations, axis) /
      (2.0 * std::sqrt(Pi) * root * excess.DensitySquared(root * root));
  }
  return found;
}
}
