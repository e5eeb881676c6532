// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Flow/ProbabilityFlow.h"

#include <array>
#include <cmath>

namespace scorefields
{
namespace
{
constexpr double LargestStep = 0.05;

/// The right sides of both equations at n particles.
struct Rates
{
  Eigen::Matrix3Xd Position;
  Eigen::VectorXd LogDensity;
};

Rates RatesAt(const DensityFamily& family, double bandwidth, const Eigen::Matrix3Xd& positions,
  const Execution& execution)
{
  const Index n = positions.cols();
  const Eigen::Matrix3d covariance = family.KernelAt(bandwidth).Covariance();
  Eigen::Matrix<double, 6, Eigen::Dynamic> hessian(6, n);
  Rates rates{ Eigen::Matrix3Xd(3, n), Eigen::VectorXd(n) };
  FieldView fields;
  fields.Score = rates.Position.data();
  fields.Hessian = hessian.data();
  family.At(bandwidth, execution)->Evaluate(positions, fields, execution);
  execution.For(n,
    [&](Index begin, Index end)
    {
      for (Index i = begin; i < end; ++i)
      {
        rates.Position.col(i) = -(covariance * rates.Position.col(i)).eval();
        rates.LogDensity[i] = covariance.cwiseProduct(ToMatrix(hessian.col(i))).sum();
      }
    });
  return rates;
}
}

Index FlowSteps(double from, double to)
{
  const double length = std::abs(std::log(to / from));
  return length > 0.0 ? static_cast<Index>(std::ceil(length / LargestStep - 1e-9)) : 0;
}

void FlowToBandwidth(const DensityFamily& family, double bandwidth, Index steps, FlowState& state,
  const Execution& execution)
{
  const double first = std::log(state.Bandwidth);
  const double size = steps > 0 ? (std::log(bandwidth) - first) / static_cast<double>(steps) : 0.0;
  const Eigen::Matrix3Xd start = state.Positions;
  if (state.PathLogDensity.size() != state.Count())
  {
    state.PathLogDensity = state.LogDensity;
  }
  for (Index step = 0; step < steps; ++step)
  {
    // The ends are exact, so that the kept densities are found again.
    const double from =
      step == 0 ? state.Bandwidth : std::exp(first + size * static_cast<double>(step));
    const double middle = std::exp(first + size * (static_cast<double>(step) + 0.5));
    const double to =
      step + 1 == steps ? bandwidth : std::exp(first + size * static_cast<double>(step + 1));
    const Eigen::Matrix3Xd& x = state.Positions;
    const Rates one = RatesAt(family, from, x, execution);
    const Rates two = RatesAt(family, middle, x + 0.5 * size * one.Position, execution);
    const Rates three = RatesAt(family, middle, x + 0.5 * size * two.Position, execution);
    const Rates four = RatesAt(family, to, x + size * three.Position, execution);
    state.Positions +=
      size / 6.0 * (one.Position + 2.0 * two.Position + 2.0 * three.Position + four.Position);
    state.PathLogDensity += size / 6.0 *
      (one.LogDensity + 2.0 * two.LogDensity + 2.0 * three.LogDensity + four.LogDensity);
  }
  state.Bandwidth = bandwidth;
  state.Speed = (state.Positions - start).colwise().norm();
  EvaluateState(*family.At(bandwidth, execution), false, state, execution);
}
}
