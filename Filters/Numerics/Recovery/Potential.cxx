// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Recovery/Potential.h"

#include "Numerics/Recovery/BoxPoisson.h"
#include "Numerics/Recovery/Sums.h"

#include <cmath>

namespace scorefields
{
namespace
{
using Vector = Eigen::VectorXd;

/// The norm of the normal equations' residual over that of their right side.
double RelativeResidual(
  const Edges& edges, const Vector& right, const Vector& potential, const Execution& execution)
{
  Vector image(right.size());
  ApplyLaplacian(edges, potential.data(), image.data(), execution);
  const auto square = [&](const auto& value)
  {
    return SumOfBlocks(right.size(), 8192, execution,
      [&](Index begin, Index end) { return value(begin, end - begin).squaredNorm(); });
  };
  const double whole = square([&](Index begin, Index n) { return right.segment(begin, n); });
  const double rest =
    square([&](Index begin, Index n) { return right.segment(begin, n) - image.segment(begin, n); });
  return whole > 0.0 ? std::sqrt(rest / whole) : 0.0;
}

/// The preconditioner of masked or weighted equations.
class BoxPreconditioner
{
public:
  BoxPreconditioner(const Edges& edges, const VectorNodes& nodes, const Execution& execution)
    : Box(edges.Nodes, edges.AxisWeight)
    , Threads(execution)
    , Scale(edges.Nodes.Size())
  {
    const bool weighted = !nodes.Weights.empty();
    Vector roots(this->Scale.size());
    for (Index node = 0; node < this->Scale.size(); ++node)
    {
      const bool valid = nodes.IsValid(node);
      const double root =
        weighted && valid ? std::sqrt(nodes.Weights[static_cast<std::size_t>(node)]) : 1.0;
      this->Scale[node] = valid ? 1.0 / root : 0.0;
      roots[node] = root;
    }
    this->Shift = weighted ? this->RayleighQuotient(edges, nodes, roots) : 0.0;
    // The mean has no share in the equations, but the preconditioner must be definite.
    this->Constant = 1.0 / (this->Shift > 0.0 ? this->Shift : this->Box.LeastEigenvalue());
  }

  void Apply(const Vector& source, Vector& target) const
  {
    const auto scale = [&](const Vector& from)
    {
      this->Threads.For(from.size(),
        [&](Index begin, Index end)
        {
          const Index n = end - begin;
          target.segment(begin, n) =
            from.segment(begin, n).cwiseProduct(this->Scale.segment(begin, n));
        });
    };
    scale(source);
    this->Box.Solve(target.data(), this->Shift, this->Constant, this->Threads);
    scale(target);
  }

private:
  /// Over the edges between valid nodes.
  double RayleighQuotient(const Edges& edges, const VectorNodes& nodes, const Vector& roots) const
  {
    double above = 0.0;
    double below = 0.0;
    for (Index node = 0; node < roots.size(); ++node)
    {
      const Index3 place = edges.Nodes.PlaceOf(node);
      for (int axis = 0; axis < 3 && nodes.IsValid(node); ++axis)
      {
        const Index there =
          edges.Nodes.HasEdges(axis) ? edges.Nodes.Beside(axis, place[axis], 1) : -1;
        const Index other = node + (there - place[axis]) * edges.Nodes.Stride(axis);
        if (there >= 0 && nodes.IsValid(other))
        {
          const double rise = roots[other] - roots[node];
          above += edges.AxisWeight[axis] * rise * rise;
        }
      }
      below += nodes.IsValid(node) ? roots[node] * roots[node] : 0.0;
    }
    return above / below;
  }

  BoxPoisson Box;
  const Execution& Threads;
  Vector Scale;
  double Shift = 0.0;
  double Constant = 1.0;
};
}

SolverReport SolvePotential(const Edges& edges, const VectorNodes& nodes,
  const SolverLimits& limits, Vector& potential, const Execution& execution)
{
  Vector right(edges.Nodes.Size());
  GatherSteps(edges, right.data(), execution);
  if (edges.IsUniform())
  {
    potential = right;
    const BoxPoisson box(edges.Nodes, edges.AxisWeight);
    box.Solve(potential.data(), 0.0, 0.0, execution);
    SolverReport report;
    report.Residual = RelativeResidual(edges, right, potential, execution);
    return report;
  }
  const BoxPreconditioner preconditioner(edges, nodes, execution);
  return SolveByConjugateGradients([&](const Vector& source, Vector& target)
    { ApplyLaplacian(edges, source.data(), target.data(), execution); },
    [&](const Vector& source, Vector& target) { preconditioner.Apply(source, target); }, right,
    potential, limits, execution);
}
}
