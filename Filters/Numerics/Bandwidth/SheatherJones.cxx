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

/// The harmonics of an axis: cosines of pi k u, or for a periodic axis waves of 2 pi k u, at places
/// u of an interval of length 1.
struct Harmonics
{
  double Unit = Pi;        ///< the frequency for k = 1
  double Length = 1.0;     ///< of the interval
  Eigen::VectorXd Squares; ///< of the sums over the shares, for k = 1, 2, ...
};

// cos(k angle + phase) by the recurrence in k, which loses k units in the last place at most.
void AddWaves(double angle, double phase, double share, Eigen::VectorXd& sums)
{
  const double twice = 2.0 * std::cos(angle);
  double before = std::cos(phase);
  double now = std::cos(angle + phase);
  for (Index k = 0; k < sums.size(); ++k)
  {
    sums[k] += share * now;
    const double next = twice * now - before;
    before = now;
    now = next;
  }
}

Eigen::VectorXd DirectSquares(
  const Eigen::VectorXd& places, const Eigen::VectorXd& shares, double unit, bool periodic)
{
  Eigen::VectorXd cosines = Eigen::VectorXd::Zero(Cosines);
  Eigen::VectorXd sines = Eigen::VectorXd::Zero(Cosines);
  for (Index i = 0; i < places.size(); ++i)
  {
    AddWaves(unit * places[i], 0.0, shares[i], cosines);
    if (periodic)
    {
      AddWaves(unit * places[i], -0.5 * Pi, shares[i], sines);
    }
  }
  return cosines.cwiseAbs2() + sines.cwiseAbs2();
}

// Linear binning multiplies the transform by sinc^2.
double SincSquared(double angle)
{
  const double sinc = std::sin(angle) / angle;
  return sinc * sinc;
}

Eigen::VectorXd BinnedCosineSquares(const Eigen::VectorXd& places, const Eigen::VectorXd& shares)
{
  FftBuffer<double> lines(Bins * CosineFft::Lines);
  lines.Fill(0.0);
  for (Index i = 0; i < places.size(); ++i)
  {
    const double cell = places[i] * static_cast<double>(Bins) - 0.5;
    const auto below = static_cast<Index>(std::floor(cell));
    const double share = cell - static_cast<double>(below);
    // Beyond the outermost bins is their mirror image.
    lines[std::clamp<Index>(below, 0, Bins - 1) * CosineFft::Lines] += shares[i] * (1.0 - share);
    lines[std::clamp<Index>(below + 1, 0, Bins - 1) * CosineFft::Lines] += shares[i] * share;
  }
  CosineFft(Bins).Forward(lines);
  Eigen::VectorXd squares(Bins - 1);
  for (Index k = 1; k < Bins; ++k)
  {
    const double angle = 0.5 * Pi * static_cast<double>(k) / static_cast<double>(Bins);
    const double sum = 0.5 * lines[k * CosineFft::Lines] / SincSquared(angle);
    squares[k - 1] = sum * sum;
  }
  return squares;
}

Eigen::VectorXd BinnedPeriodicSquares(const Eigen::VectorXd& places, const Eigen::VectorXd& shares)
{
  FftBuffer<double> line(Bins);
  line.Fill(0.0);
  for (Index i = 0; i < places.size(); ++i)
  {
    const double cell = places[i] * static_cast<double>(Bins);
    const auto below = static_cast<Index>(std::floor(cell));
    const double share = cell - static_cast<double>(below);
    line[below % Bins] += shares[i] * (1.0 - share);
    line[(below + 1) % Bins] += shares[i] * share;
  }
  FftBuffer<Complex> coefficients(Bins / 2 + 1);
  RealFft(Bins).Forward(line, coefficients);
  Eigen::VectorXd squares(Bins / 2 - 1);
  for (Index k = 1; k < Bins / 2; ++k)
  {
    const double angle = Pi * static_cast<double>(k) / static_cast<double>(Bins);
    squares[k - 1] = std::norm(coefficients[k]) / (SincSquared(angle) * SincSquared(angle));
  }
  return squares;
}

/// Of locations that differ along the axis.
Harmonics HarmonicsOf(const Locations& locations, int axis)
{
  const Boundary boundary = locations.Box.At(axis);
  const bool periodic = boundary == Boundary::Periodic;
  const auto row = locations.Points.row(axis);
  const double range = row.maxCoeff() - row.minCoeff();
  double lower = row.minCoeff() - 0.1 * range;
  Harmonics harmonics;
  harmonics.Length = 1.2 * range;
  if (boundary != Boundary::Open)
  {
    lower = locations.Box.Lower[axis];
    harmonics.Length = locations.Box.Length[axis];
  }
  harmonics.Unit = periodic ? 2.0 * Pi : Pi;
  // Rounding may have put a location on the end of the box just beyond it.
  const Eigen::VectorXd places =
    ((row.array() - lower) / harmonics.Length).max(0.0).min(1.0).matrix().transpose();
  const Eigen::VectorXd shares = locations.Weights / locations.TotalWeight;
  if (locations.Count() <= DirectSheatherJones)
  {
    harmonics.Squares = DirectSquares(places, shares, harmonics.Unit, periodic);
  }
  else
  {
    harmonics.Squares =
      periodic ? BinnedPeriodicSquares(places, shares) : BinnedCosineSquares(places, shares);
  }
  return harmonics;
}

/// t - xi gamma^[5](t); negative where t is too small.
class FixedPoint
{
public:
  FixedPoint(const Harmonics& harmonics, double count)
    : Unit(harmonics.Unit)
    , Squares(harmonics.Squares)
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
      const double frequency = std::pow(this->Unit * static_cast<double>(k + 1), 2);
      if (frequency * time > 700.0)
      {
        break;
      }
      sum += std::pow(frequency, s) * this->Squares[k] * std::exp(-frequency * time);
    }
    return 2.0 * sum;
  }

  double Unit;
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
  double variance = 0.0;
  if (locations.Box.IsClosed(axis))
  {
    const CloudMoments moments = MomentsOf(locations);
    variance = moments.Scatter(axis, axis) / moments.TotalWeight;
  }
  else
  {
    const auto values = locations.Points.row(axis).transpose().array();
    const double mean = (locations.Weights.array() * values).sum() / locations.TotalWeight;
    variance = (locations.Weights.array() * (values - mean).square()).sum() / locations.TotalWeight;
  }
  return 1.5 * 1.144 * std::sqrt(variance) * std::pow(locations.EffectivePoints(), -0.2);
}
}

PlugInBandwidth SheatherJonesBandwidth(const Locations& locations, int axis)
{
  PlugInBandwidth found;
  const auto row = locations.Points.row(axis);
  if (!(row.maxCoeff() > row.minCoeff()))
  {
    return found;
  }
  const Harmonics harmonics = HarmonicsOf(locations, axis);
  const FixedPoint excess(harmonics, locations.EffectivePoints());
  const double widest = WidestBandwidth(locations, axis) / harmonics.Length;
  const double root = std::sqrt(Solution(excess, widest * widest));
  found.Bandwidth = harmonics.Length * root;
  if (root > 0.0)
  {
    found.TiedShare = CoincidentPairs(locations, axis) /
      (2.0 * std::sqrt(Pi) * root * excess.DensitySquared(root * root));
  }
  return found;
}
}
