// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Recovery/ConjugateGradients.h"

#include "Numerics/Recovery/Sums.h"

#include <algorithm>
#include <cmath>
#include <sstream>
#include <stdexcept>

namespace scorefields
{
namespace
{
using Vector = Eigen::VectorXd;
constexpr Index BlockSize = 8192;

/// The sums and sweeps of the iteration, on threads.
struct Blocks
{
  const Execution& Threads;

  double Dot(const Vector& a, const Vector& b) const
  {
    return SumOfBlocks(a.size(), BlockSize, this->Threads,
      [&](Index begin, Index end)
      { return a.segment(begin, end - begin).dot(b.segment(begin, end - begin)); });
  }
  /// u += step d and r -= step (A d).
  void Advance(
    double step, const Vector& direction, const Vector& image, Vector& solution, Vector& rest) const
  {
    this->Threads.For(direction.size(),
      [&](Index begin, Index end)
      {
        const Index n = end - begin;
        solution.segment(begin, n) += step * direction.segment(begin, n);
        rest.segment(begin, n) -= step * image.segment(begin, n);
      });
  }
  /// d = z + share d.
  void Turn(double share, const Vector& shaped, Vector& direction) const
  {
    this->Threads.For(direction.size(),
      [&](Index begin, Index end)
      {
        const Index n = end - begin;
        direction.segment(begin, n) =
          shaped.segment(begin, n) + share * direction.segment(begin, n);
      });
  }
};

[[noreturn]] void RefuseToWait(const SolverLimits& limits, double residual)
{
  std::ostringstream message;
  message << "MaximumIterations is " << limits.MaximumIterations
          << ", after which the residual of the solver is " << residual
          << "; SolverTolerance asks for " << limits.Tolerance
          << ". Set MaximumIterations or SolverTolerance to more, or take weights that differ less";
  throw std::invalid_argument(message.str());
}
}

namespace
{
/// The residual falls by about the same factor each time.
double ShareDone(double residual, double tolerance)
{
  return std::clamp(std::log(residual + 1e-300) / std::log(tolerance), 0.0, 1.0);
}
}

SolverReport SolveByConjugateGradients(const LinearMap& matrix, const LinearMap& preconditioner,
  const Vector& right, Vector& solution, const SolverLimits& limits, const Execution& execution)
{
  const Blocks blocks{ execution };
  const Index n = right.size();
  solution = Vector::Zero(n);
  Vector rest = right;
  Vector shaped(n);
  Vector image(n);
  preconditioner(rest, shaped);
  Vector direction = shaped;
  const double start = blocks.Dot(rest, shaped);
  double now = start;
  SolverReport report;
  const auto relative = [start](double square) { return std::sqrt(std::max(square, 0.0) / start); };
  while (start > 0.0 && relative(now) > limits.Tolerance)
  {
    if (report.Iterations == limits.MaximumIterations)
    {
      RefuseToWait(limits, relative(now));
    }
    matrix(direction, image);
    const double curvature = blocks.Dot(direction, image);
    if (!(curvature > 0.0))
    {
      break; // rounding: nothing that A sees is left
    }
    blocks.Advance(now / curvature, direction, image, solution, rest);
    preconditioner(rest, shaped);
    const double next = blocks.Dot(rest, shaped);
    blocks.Turn(next / now, shaped, direction);
    now = next;
    ++report.Iterations;
    execution.Checkpoint(ShareDone(relative(now), limits.Tolerance));
  }
  if (start > 0.0)
  {
    matrix(solution, image);
    rest = right - image;
    preconditioner(rest, shaped);
    report.Residual = relative(blocks.Dot(rest, shaped));
  }
  return report;
}
}
