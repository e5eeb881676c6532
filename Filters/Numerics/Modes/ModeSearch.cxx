// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Modes/ModeSearch.h"

#include "Numerics/Base/SmoothFields.h"

#include <Eigen/Eigenvalues>

#include <algorithm>
#include <cmath>
#include <limits>

namespace scorefields
{
namespace
{
constexpr double NoMode = std::numeric_limits<double>::quiet_NaN();

/// What is known at one place.
struct Place
{
  Eigen::Vector3d Position = Eigen::Vector3d::Zero();
  Eigen::Vector3d Score = Eigen::Vector3d::Zero();
  Eigen::Matrix3d Hessian = Eigen::Matrix3d::Zero();
  double LogDensity = 0.0;
};

struct Climber
{
  Place Best;
  Eigen::Vector3d Next = Eigen::Vector3d::Zero();
  bool Uphill = false; ///< Next is a mean shift: no need to look back
  bool Settled = false;
  bool IsMode = false;
};

/// The step from a place, in the space of the active axes.
struct Step
{
  Eigen::Vector3d Offset = Eigen::Vector3d::Zero();
  bool NegativeDefinite = true;
};

Step NewtonStep(const Place& place, const ModeSearch& search)
{
  const int d = search.Active.Count;
  Eigen::MatrixXd hessian(d, d);
  Eigen::VectorXd score(d);
  for (int a = 0; a < d; ++a)
  {
    score[a] = place.Score[search.Active.Axis[a]];
    for (int b = 0; b < d; ++b)
    {
      hessian(a, b) = place.Hessian(search.Active.Axis[a], search.Active.Axis[b]);
    }
  }
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(hessian);
  Eigen::VectorXd along = solver.eigenvectors().transpose() * score;
  const double least = 1e-12 / (search.Length * search.Length);
  Step step;
  for (int a = 0; a < d; ++a)
  {
    const double curvature = solver.eigenvalues()[a];
    step.NegativeDefinite = step.NegativeDefinite && curvature < 0.0;
    along[a] /= std::max(std::abs(curvature), least);
  }
  along *= std::min(1.0, search.Length / std::max(along.norm(), 1e-300));
  const Eigen::VectorXd offset = solver.eigenvectors() * along;
  for (int a = 0; a < d; ++a)
  {
    step.Offset[search.Active.Axis[a]] = offset[a];
  }
  return step;
}

void Advance(const Place& reached, const ModeSearch& search, Climber& climber, bool first)
{
  // Rounding of the logarithm must not stop the last steps.
  const double slack = 1e-13 * (1.0 + std::abs(climber.Best.LogDensity));
  const double squared = search.Length * search.Length;
  if (!first && !climber.Uphill && reached.LogDensity < climber.Best.LogDensity - slack)
  {
    climber.Next = climber.Best.Position + squared * climber.Best.Score;
    climber.Uphill = true;
    return;
  }
  climber.Best = reached;
  climber.Uphill = false;
  const Step step = NewtonStep(reached, search);
  climber.Settled = search.Length * reached.Score.norm() <= search.Tolerance &&
    step.Offset.norm() <= search.Tolerance * search.Length;
  climber.IsMode = climber.Settled && step.NegativeDefinite;
  if (climber.Settled && !step.NegativeDefinite)
  {
    return; // a saddle
  }
  climber.Next = reached.Position + step.Offset;
}

void EvaluateNext(const DensityEvaluator& density, const std::vector<Climber*>& climbers,
  const ModeSearch& search, bool first)
{
  const auto count = static_cast<Index>(climbers.size());
  Eigen::Matrix3Xd points(3, count);
  for (Index i = 0; i < count; ++i)
  {
    points.col(i) = climbers[static_cast<std::size_t>(i)]->Next;
  }
  SmoothFields at(count);
  density(points, at.View());
  for (Index i = 0; i < count; ++i)
  {
    const Place reached{ points.col(i), at.Score.col(i), ToMatrix(at.Hessian.col(i)),
      at.LogDensity[i] };
    Advance(reached, search, *climbers[static_cast<std::size_t>(i)], first);
  }
}
}

std::vector<Mode> ClimbToModes(const DensityEvaluator& density, const Eigen::Matrix3Xd& starts,
  const ModeSearch& search, const Execution& execution)
{
  std::vector<Climber> climbers(static_cast<std::size_t>(starts.cols()));
  for (Index i = 0; i < starts.cols(); ++i)
  {
    climbers[static_cast<std::size_t>(i)].Next = starts.col(i);
  }
  for (int step = 0; step < search.MostSteps; ++step)
  {
    std::vector<Climber*> moving;
    for (Climber& climber : climbers)
    {
      if (!climber.Settled)
      {
        moving.push_back(&climber);
      }
    }
    if (moving.empty())
    {
      break;
    }
    execution.Checkpoint(
      1.0 - static_cast<double>(moving.size()) / static_cast<double>(climbers.size()));
    EvaluateNext(density, moving, search, step == 0);
  }
  std::vector<Mode> modes;
  for (const Climber& climber : climbers)
  {
    modes.push_back({ climber.Best.Position, climber.IsMode ? climber.Best.LogDensity : NoMode });
  }
  return modes;
}

std::vector<Mode> DistinctModes(std::vector<Mode> modes, double distance)
{
  modes.erase(std::remove_if(modes.begin(), modes.end(),
                [](const Mode& mode) { return std::isnan(mode.LogDensity); }),
    modes.end());
  std::stable_sort(modes.begin(), modes.end(),
    [](const Mode& one, const Mode& other) { return one.LogDensity > other.LogDensity; });
  std::vector<Mode> distinct;
  for (const Mode& mode : modes)
  {
    const bool known = std::any_of(distinct.begin(), distinct.end(),
      [&](const Mode& other) { return (other.Position - mode.Position).norm() < distance; });
    if (!known)
    {
      distinct.push_back(mode);
    }
  }
  return distinct;
}
}
