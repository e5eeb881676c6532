// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Bandwidth/LogMinimum.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace scorefields
{
namespace
{
using Function = std::function<double(double)>;

constexpr double Golden = 0.3819660112501051;
constexpr double BrentTolerance = 1e-3;

/// Brent's state: the best point, the second best, the one before and the bracket.
struct Bracket
{
  double Lower, Upper;
  double Best, Second, Third;
  double BestValue, SecondValue, ThirdValue;
  double Step = 0.0;
  double StepBefore = 0.0;

  double Middle() const { return 0.5 * (this->Lower + this->Upper); }

  // The parabola through the three points, or a golden section if it leads astray.
  double NextStep()
  {
    const double r = (this->Best - this->Second) * (this->BestValue - this->ThirdValue);
    const double q = (this->Best - this->Third) * (this->BestValue - this->SecondValue);
    const double p = (this->Best - this->Third) * q - (this->Best - this->Second) * r;
    const double divisor = 2.0 * (r - q);
    const double step = divisor != 0.0 ? p / divisor : 0.0;
    const double at = this->Best + step;
    const bool accepted = divisor != 0.0 && std::abs(step) < 0.5 * std::abs(this->StepBefore) &&
      at > this->Lower && at < this->Upper;
    this->StepBefore = accepted
      ? this->Step
      : (this->Best < this->Middle() ? this->Upper : this->Lower) - this->Best;
    return accepted ? step : Golden * this->StepBefore;
  }

  void Accept(double at, double value)
  {
    if (value <= this->BestValue)
    {
      (at < this->Best ? this->Upper : this->Lower) = this->Best;
      this->Third = this->Second;
      this->ThirdValue = this->SecondValue;
      this->Second = this->Best;
      this->SecondValue = this->BestValue;
      this->Best = at;
      this->BestValue = value;
      return;
    }
    (at < this->Best ? this->Lower : this->Upper) = at;
    if (value <= this->SecondValue || this->Second == this->Best)
    {
      this->Third = this->Second;
      this->ThirdValue = this->SecondValue;
      this->Second = at;
      this->SecondValue = value;
    }
    else if (value <= this->ThirdValue || this->Third == this->Best || this->Third == this->Second)
    {
      this->Third = at;
      this->ThirdValue = value;
    }
  }
};

double Brent(const Function& function, double lower, double at, double value, double upper)
{
  Bracket bracket{ lower, upper, at, at, at, value, value, value };
  for (int i = 0; i < 60; ++i)
  {
    if (std::abs(bracket.Best - bracket.Middle()) + 0.5 * (bracket.Upper - bracket.Lower) <=
      2.0 * BrentTolerance)
    {
      break;
    }
    double step = bracket.NextStep();
    step = std::abs(step) >= BrentTolerance ? step : std::copysign(BrentTolerance, step);
    bracket.Step = step;
    bracket.Accept(bracket.Best + step, function(bracket.Best + step));
  }
  return bracket.Best;
}

// One Newton step for the zero of the derivative, from the quartic through five points.
double NewtonStep(const Function& function, double at)
{
  constexpr double h = 3e-3;
  const double below2 = function(at - 2.0 * h);
  const double below = function(at - h);
  const double middle = function(at);
  const double above = function(at + h);
  const double above2 = function(at + 2.0 * h);
  const double slope = (8.0 * (above - below) - (above2 - below2)) / (12.0 * h);
  const double curvature =
    (16.0 * (above + below) - (above2 + below2) - 30.0 * middle) / (12.0 * h * h);
  const double step = curvature > 0.0 ? -slope / curvature : 0.0;
  return at + std::clamp(step, -10.0 * BrentTolerance, 10.0 * BrentTolerance);
}

// The indices of the local minima between the ends.
std::vector<int> LocalMinima(const std::vector<double>& values)
{
  std::vector<int> minima;
  for (std::size_t i = 1; i + 1 < values.size(); ++i)
  {
    if (values[i] < values[i - 1] && values[i] <= values[i + 1])
    {
      minima.push_back(static_cast<int>(i));
    }
  }
  return minima;
}
}

LogMinimum MinimizeInLog(const Function& function, double least, double largest,
  MinimumAccuracy accuracy, const std::function<double(double, double)>& noise)
{
  const Function inLog = [&function](double log)
  {
    const double value = function(std::exp(log));
    return std::isfinite(value) ? value : std::numeric_limits<double>::max();
  };
  const double first = std::log(least);
  const double range = std::log(largest) - first;
  const int steps = std::max(2, static_cast<int>(std::ceil(range / 0.3)));
  std::vector<double> values;
  for (int i = 0; i <= steps; ++i)
  {
    values.push_back(inLog(first + range * i / steps));
  }
  const auto valueAt = [&values](int i) { return values[static_cast<std::size_t>(i)]; };
  const auto lengthAt = [&](int i) { return std::exp(first + range * i / steps); };
  const std::vector<int> minima = LocalMinima(values);
  LogMinimum minimum;
  minimum.Found = !minima.empty();
  if (minimum.Found)
  {
    int best = *std::min_element(
      minima.begin(), minima.end(), [&](int a, int b) { return valueAt(a) < valueAt(b); });
    const int deepest = best;
    for (auto at = minima.rbegin(); noise && best == deepest && *at != deepest; ++at)
    {
      const double excess = valueAt(*at) - valueAt(deepest);
      best = excess <= noise(lengthAt(*at), lengthAt(deepest)) ? *at : best;
    }
    minimum.Value = valueAt(best);
    double at = Brent(inLog, first + range * (best - 1) / steps, first + range * best / steps,
      minimum.Value, first + range * (best + 1) / steps);
    for (int i = 0; i < (accuracy == MinimumAccuracy::Full ? 2 : 0); ++i)
    {
      at = NewtonStep(inLog, at);
    }
    minimum.Position = std::exp(at);
    minimum.Value = inLog(at);
  }
  return minimum;
}
}
