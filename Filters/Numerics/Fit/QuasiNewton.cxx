// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Fit/QuasiNewton.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <limits>
#include <utility>
#include <vector>

namespace scorefields
{
namespace
{
constexpr std::size_t Memory = 10;
constexpr double Decrease = 1e-4; ///< c1 of the Wolfe conditions
constexpr double Curvature = 0.9; ///< c2
constexpr int MostTrials = 40;

/// A place on a line, and what the function has there.
struct Place
{
  double Value = 0.0;
  double Slope = 0.0;
  Eigen::VectorXd X;
  Eigen::VectorXd Gradient;
};

/// Changes of x and of the gradient.
struct Change
{
  Eigen::VectorXd X;
  Eigen::VectorXd Gradient;
  double Inverse; ///< 1 / (X . Gradient)
};

/// Algorithm 7.4: minus the inverse Hessian times the gradient.
Eigen::VectorXd Direction(const std::deque<Change>& changes, const Eigen::VectorXd& gradient)
{
  Eigen::VectorXd q = -gradient;
  std::vector<double> factors(changes.size());
  for (std::size_t i = changes.size(); i-- > 0;)
  {
    factors[i] = changes[i].Inverse * changes[i].X.dot(q);
    q -= factors[i] * changes[i].Gradient;
  }
  if (!changes.empty())
  {
    const Change& last = changes.back();
    q /= last.Inverse * last.Gradient.squaredNorm();
  }
  for (std::size_t i = 0; i < changes.size(); ++i)
  {
    const double factor = changes[i].Inverse * changes[i].Gradient.dot(q);
    q += (factors[i] - factor) * changes[i].X;
  }
  return q;
}

/// The line search of Lewis and Overton: steps double until one is too long, then the interval
/// between a step that is too short and one that is too long is halved.
class Search
{
public:
  Search(const SmoothFunction& function, const Place& start, const Eigen::VectorXd& direction)
    : Function(function)
    , Start(start)
    , Along(direction)
  {
  }

  /// @returns false if no trial lowers the value.
  bool Run(double first, Place& found) const
  {
    double tooShort = 0.0;
    double tooLong = std::numeric_limits<double>::infinity();
    double step = first;
    for (int trial = 0; trial < MostTrials; ++trial)
    {
      Place place = this->At(step);
      if (!(place.Value <= this->Start.Value + Decrease * step * this->Start.Slope))
      {
        tooLong = step; // also where the value is no number
      }
      else
      {
        tooShort = step;
        found = std::move(place);
        if (found.Slope >= Curvature * this->Start.Slope)
        {
          return true;
        }
      }
      step = std::isinf(tooLong) ? 2.0 * step : 0.5 * (tooShort + tooLong);
    }
    return tooShort > 0.0;
  }

private:
  Place At(double step) const
  {
    Place place;
    place.X = this->Start.X + step * this->Along;
    place.Gradient.resize(place.X.size());
    place.Value = this->Function(place.X, place.Gradient);
    place.Slope = place.Gradient.dot(this->Along);
    return place;
  }

  const SmoothFunction& Function;
  const Place& Start;
  const Eigen::VectorXd& Along;
};

void Remember(std::deque<Change>& changes, const Place& from, const Place& to)
{
  Change change{ to.X - from.X, to.Gradient - from.Gradient, 0.0 };
  const double curvature = change.X.dot(change.Gradient);
  if (curvature > 1e-12 * change.Gradient.squaredNorm())
  {
    change.Inverse = 1.0 / curvature;
    changes.push_back(std::move(change));
  }
  if (changes.size() > Memory)
  {
    changes.pop_front();
  }
}
}

QuasiNewtonReport Minimise(const SmoothFunction& function, Eigen::VectorXd& x, double tolerance,
  Index maximumIterations, const std::function<void(Index, double)>& step)
{
  Place place;
  place.X = x;
  place.Gradient.resize(x.size());
  place.Value = function(x, place.Gradient);
  QuasiNewtonReport report;
  std::deque<Change> changes;
  while (!report.Converged && report.Iterations < maximumIterations)
  {
    if (place.Gradient.lpNorm<Eigen::Infinity>() <= tolerance)
    {
      report.Converged = true;
      break;
    }
    Eigen::VectorXd direction = Direction(changes, place.Gradient);
    place.Slope = direction.dot(place.Gradient);
    if (!(place.Slope < 0.0))
    {
      changes.clear();
      direction = -place.Gradient;
      place.Slope = -place.Gradient.squaredNorm();
    }
    const double first = changes.empty() ? std::min(1.0, 1.0 / direction.norm()) : 1.0;
    Place next;
    if (!Search(function, place, direction).Run(first, next))
    {
      report.Converged = true;
      break;
    }
    Remember(changes, place, next);
    place = std::move(next);
    step(++report.Iterations, place.Value);
  }
  x = place.X;
  report.Value = place.Value;
  return report;
}
}
