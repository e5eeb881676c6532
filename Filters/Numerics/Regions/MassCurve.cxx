// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Regions/MassCurve.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace scorefields
{
namespace
{
constexpr double Deepest = 745.0; // exp(-745) is the smallest double
constexpr double SmallestTail = 1e-15;
constexpr Index CoarseBins = 5960;
constexpr Index FineBins = 16384;
constexpr int Parting = 32; // a bracket is parted so often in one round
constexpr int Rounds = 3;
/// A share by which M may jump within a bracket of the last round before it counts as a jump: a
/// smooth M has less than a thousandth there, parted 32^3 times.
constexpr double Jump = 1e-6;

std::size_t Sized(Index index)
{
  return static_cast<std::size_t>(index);
}

/// Masses of the nodes by bins of log density from -depth to 0, the last bin the densest.
std::vector<double> Histogram(
  const RegionField& field, double depth, Index bins, const Exchange& exchange)
{
  std::vector<double> masses(Sized(bins), 0.0);
  const double smallest = std::exp(-depth);
  const NodeBlock owned = field.Counted();
  for (Index k = 0; k < owned.Dimensions[2]; ++k)
  {
    for (Index j = 0; j < owned.Dimensions[1]; ++j)
    {
      for (Index i = 0; i < owned.Dimensions[0]; ++i)
      {
        const Index node = (owned.First[0] + i) * field.Stride(0) +
          (owned.First[1] + j) * field.Stride(1) + (owned.First[2] + k) * field.Stride(2);
        const double value = field.Density()[Sized(node)];
        if (value > 0.0 && value <= smallest)
        {
          masses[0] += value; // as most nodes of a large box are
        }
        else if (value > 0.0)
        {
          const double place = (1.0 + std::log(value) / depth) * static_cast<double>(bins);
          const auto bin = static_cast<Index>(std::max(place, 0.0));
          masses[Sized(std::min(bin, bins - 1))] += value;
        }
      }
    }
  }
  exchange.Sum(masses.data(), bins);
  return masses;
}

/// How deep below the largest log density all of the mass but the smallest tail lies.
double DepthOf(const RegionField& field, const Exchange& exchange)
{
  const std::vector<double> masses = Histogram(field, Deepest, CoarseBins, exchange);
  double total = 0.0;
  for (const double mass : masses)
  {
    total += mass;
  }
  double tail = masses[0];
  Index bin = 0;
  while (bin + 1 < CoarseBins && tail <= 0.1 * SmallestTail * total)
  {
    tail += masses[Sized(++bin)];
  }
  return Deepest * (1.0 - static_cast<double>(bin) / static_cast<double>(CoarseBins));
}

/// The shares at which the curve is summed, ascending.
std::vector<double> WantedShares()
{
  std::vector<double> shares;
  constexpr int even = 768;
  for (double share = 1e-6; share < 1.0 / even; share *= 1.5)
  {
    shares.push_back(share);
  }
  for (int i = 1; i < even; ++i)
  {
    shares.push_back(static_cast<double>(i) / even);
  }
  for (double tail = 0.5 / even; tail > SmallestTail; tail *= 0.6)
  {
    shares.push_back(1.0 - tail);
  }
  return shares;
}

/// Levels about where M has the wanted shares, from the masses of nodes alone; 0, and the largest
/// density, are the ends.
std::vector<double> LevelsOf(const RegionField& field, const Exchange& exchange)
{
  const double depth = DepthOf(field, exchange);
  const std::vector<double> masses = Histogram(field, depth, FineBins, exchange);
  double total = 0.0;
  for (const double mass : masses)
  {
    total += mass;
  }
  std::vector<double> levels{ 0.0, std::exp(-depth), 1.0 };
  double above = 0.0;
  Index bin = FineBins - 1;
  for (const double share : WantedShares())
  {
    while (bin > 0 && above + masses[Sized(bin)] < share * total)
    {
      above += masses[Sized(bin--)];
    }
    const double inside =
      masses[Sized(bin)] > 0.0 ? (share * total - above) / masses[Sized(bin)] : 0.0;
    const double place = static_cast<double>(bin + 1) - std::clamp(inside, 0.0, 1.0);
    levels.push_back(std::exp(-depth * (1.0 - place / static_cast<double>(FineBins))));
  }
  std::sort(levels.begin(), levels.end());
  levels.erase(std::unique(levels.begin(), levels.end()), levels.end());
  return levels;
}

/// Slopes at the knots of the monotone cubic through them (Fritsch and Butland 1984: the harmonic
/// mean of the slopes beside, weighted by the lengths).
std::vector<double> SlopesOf(const std::vector<double>& x, const std::vector<double>& y)
{
  std::vector<double> slopes(x.size(), 0.0);
  for (std::size_t i = 1; i + 1 < x.size(); ++i)
  {
    const double left = x[i] - x[i - 1];
    const double right = x[i + 1] - x[i];
    const double before = (y[i] - y[i - 1]) / left;
    const double after = (y[i + 1] - y[i]) / right;
    if (before * after > 0.0)
    {
      const double weight = (left + 2.0 * right) / (3.0 * (left + right));
      slopes[i] = before * after / (weight * after + (1.0 - weight) * before);
    }
  }
  const std::size_t last = x.size() - 1;
  if (last > 0)
  {
    slopes[0] = (y[1] - y[0]) / (x[1] - x[0]);
    slopes[last] = (y[last] - y[last - 1]) / (x[last] - x[last - 1]);
  }
  return slopes;
}

/// The cubic of Hermite between two knots, clamped to their values, between which it is monotone.
double Between(const std::vector<double>& x, const std::vector<double>& y,
  const std::vector<double>& slopes, std::size_t knot, double at)
{
  const double length = x[knot + 1] - x[knot];
  const double t = (at - x[knot]) / length;
  const double rest = 1.0 - t;
  const double value = y[knot] * rest * rest * (1.0 + 2.0 * t) +
    y[knot + 1] * t * t * (3.0 - 2.0 * t) +
    length * t * rest * (slopes[knot] * rest - slopes[knot + 1] * t);
  return std::clamp(value, std::min(y[knot], y[knot + 1]), std::max(y[knot], y[knot + 1]));
}

/// Levels around the one that has a share, with the exact shares at them.
struct Bracket
{
  double Wanted;
  RegionLevel Low, High; ///< Low.Share >= Wanted > High.Share, or both ends of the curve

  void Take(const RegionLevel& level)
  {
    const bool isLow = level.Share >= this->Wanted;
    RegionLevel& end = isLow ? this->Low : this->High;
    const bool closer = isLow ? level.Density > end.Density : level.Density < end.Density;
    end = closer ? level : end;
  }

  double Level() const
  {
    const double jump = this->Low.Share - this->High.Share;
    if (jump > Jump || jump <= 0.0)
    {
      return this->Low.Density;
    }
    const double part = (this->Low.Share - this->Wanted) / jump;
    return this->Low.Density + part * (this->High.Density - this->Low.Density);
  }
};

/// Levels that part all brackets, ascending.
std::vector<double> PartsOf(const std::vector<Bracket>& brackets)
{
  std::vector<double> levels;
  for (const Bracket& bracket : brackets)
  {
    const double length = (bracket.High.Density - bracket.Low.Density) / Parting;
    for (int part = 1; part < Parting; ++part)
    {
      levels.push_back(bracket.Low.Density + part * length);
    }
  }
  std::sort(levels.begin(), levels.end());
  return levels;
}
}

MassCurve::MassCurve(const RegionField& field, const Exchange& exchange, const Execution& execution)
  : Field(field)
  , Parts(exchange)
  , Machine(execution)
{
  const std::vector<double> levels = LevelsOf(field, exchange);
  this->Collect(levels, SumsAtLevels(field, levels, exchange, execution));
}

void MassCurve::Collect(const std::vector<double>& levels, const LevelSums& sums)
{
  this->Integral = sums.Mass[0]; // at or above 0
  this->Extent = sums.Measure[0];
  if (!(this->Integral > 0.0))
  {
    throw std::invalid_argument("the density is 0 on all cells whose nodes have values");
  }
  for (std::size_t i = 1; i < levels.size(); ++i)
  {
    this->LogLevel.push_back(std::log(levels[i]));
    this->Share.push_back(sums.Mass[i] / this->Integral);
    this->LogTail.push_back(std::log(std::max(sums.MassBelow[i] / this->Integral, 1e-300)));
  }
  this->ShareSlope = SlopesOf(this->LogLevel, this->Share);
  this->TailSlope = SlopesOf(this->LogLevel, this->LogTail);
}

double MassCurve::ShareAbove(double density) const
{
  return 1.0 - this->ShareBelow(density);
}

double MassCurve::ShareBelow(double density) const
{
  if (!(density > 0.0))
  {
    return 0.0;
  }
  const double at = std::log(density);
  const auto next = std::upper_bound(this->LogLevel.begin(), this->LogLevel.end(), at);
  if (next == this->LogLevel.begin())
  {
    // Below the last level there is no more than the smallest tail, which falls with the density.
    return std::exp(this->LogTail[0] + at - this->LogLevel[0]);
  }
  if (next == this->LogLevel.end())
  {
    return 1.0 - this->Share.back();
  }
  const auto knot = static_cast<std::size_t>(next - this->LogLevel.begin()) - 1;
  return this->Share[knot] < 0.5
    ? 1.0 - Between(this->LogLevel, this->Share, this->ShareSlope, knot, at)
    : std::exp(Between(this->LogLevel, this->LogTail, this->TailSlope, knot, at));
}

std::vector<RegionLevel> MassCurve::At(const std::vector<double>& levels) const
{
  std::vector<double> ascending = levels;
  std::sort(ascending.begin(), ascending.end());
  const LevelSums sums = SumsAtLevels(this->Field, ascending, this->Parts, this->Machine);
  std::vector<RegionLevel> found;
  for (const double level : levels)
  {
    const auto place = std::lower_bound(ascending.begin(), ascending.end(), level);
    const auto at = static_cast<std::size_t>(place - ascending.begin());
    found.push_back({ level, sums.Mass[at] / this->Integral, sums.Measure[at] });
  }
  return found;
}

std::vector<RegionLevel> MassCurve::Find(const std::vector<double>& shares) const
{
  std::vector<Bracket> brackets;
  for (const double share : shares)
  {
    Bracket& bracket = brackets.emplace_back(
      Bracket{ share, { 0.0, 1.0, this->Extent }, { 2.0, 0.0, 0.0 } }); // g is below 2 everywhere
    for (std::size_t i = 0; i < this->LogLevel.size(); ++i)
    {
      bracket.Take({ std::exp(this->LogLevel[i]), this->Share[i], 0.0 });
    }
  }
  for (int round = 0; round < Rounds; ++round)
  {
    for (const RegionLevel& level : this->At(PartsOf(brackets)))
    {
      for (Bracket& bracket : brackets)
      {
        bracket.Take(level);
      }
    }
  }
  std::vector<double> levels;
  for (const Bracket& bracket : brackets)
  {
    levels.push_back(bracket.Level());
  }
  return this->At(levels);
}
}
