// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Score/LineContinuation.h"

#include <Eigen/LU>

#include <algorithm>
#include <cmath>
#include <limits>

namespace scorefields
{
namespace
{
constexpr Index Matched = 5; // derivatives
constexpr Index MostDifferences = 6;
constexpr double MostOfValue = 1.5; // the error by matching the value alone, in values
constexpr double Preference = 5.0;  // of the polynomial, whose errors stay near the end

using Derivatives = Eigen::Matrix<double, Matched + 1, LineContinuation::Reach>;

/// Row k: the k-th derivative at the last node, in steps, of the polynomial through it and the
/// nodes before it, `count` in all.
Derivatives EndDerivatives(Index count)
{
  Eigen::MatrixXd taylor(count, count);
  for (Index node = 0; node < count; ++node)
  {
    double term = 1.0;
    for (Index k = 0; k < count; ++k)
    {
      taylor(node, k) = term;
      term *= static_cast<double>(-node) / static_cast<double>(k + 1);
    }
  }
  Derivatives derivatives = Derivatives::Zero();
  const Index known = std::min(count, Matched + 1);
  derivatives.topLeftCorner(known, count) = taylor.inverse().topRows(known);
  return derivatives;
}

/// What the k-th derivative at t = 0 counts at t, per step.
double HermiteFactor(Index k, double t)
{
  double sum = 0.0;
  double binomial = 1.0; // C(Matched + i, i)
  double power = 1.0;
  for (Index i = 0; i <= Matched - k; ++i)
  {
    sum += binomial * power;
    power *= t;
    binomial *= static_cast<double>(Matched + i + 1) / static_cast<double>(i + 1);
  }
  double factor = sum * std::pow(1.0 - t, static_cast<double>(Matched + 1));
  for (Index i = 1; i <= k; ++i)
  {
    factor *= t / static_cast<double>(i);
  }
  return factor;
}
}

LineContinuation::LineContinuation(Index gap)
{
  const auto steps = static_cast<double>(gap + 1);
  for (const bool smooth : { false, true })
  {
    const Derivatives derivatives = EndDerivatives(smooth ? Reach : 1);
    Table& weights = smooth ? this->Smooth : this->Steep;
    weights.setZero(gap, Reach);
    for (Index i = 0; i < gap; ++i)
    {
      const double t = static_cast<double>(i + 1) / steps;
      for (Index k = 0; k <= Matched; ++k)
      {
        const double factor = HermiteFactor(k, t) * std::pow(steps, static_cast<double>(k));
        weights.row(i) += factor * derivatives.row(k);
      }
    }
  }
}

LineEnd LineContinuation::Fit(const double* values, Index step)
{
  double differences[MostDifferences + 2];
  for (Index i = 0; i < MostDifferences + 2; ++i)
  {
    differences[i] = values[i * step];
  }
  const auto largest = [&differences]()
  { return std::max(std::abs(differences[0]), std::abs(differences[1])); };
  double rise = 0.0;
  for (Index order = 1; order <= MostDifferences; ++order)
  {
    for (Index i = 0; i < MostDifferences + 2 - order; ++i)
    {
      differences[i] = differences[i + 1] - differences[i];
    }
    rise = order == 1 ? std::min(largest(), MostOfValue * std::abs(values[0])) : rise;
  }
  const double misfit = largest();
  return misfit > Preference * rise ? LineEnd{ false, rise } : LineEnd{ true, 3.0 * misfit };
}

void LineContinuation::Fill(
  double* values, Index nodes, const LineEnd& first, const LineEnd& last) const
{
  const Index gap = this->Gap();
  double before[Reach];
  double after[Reach];
  for (Index p = 0; p < Reach; ++p)
  {
    before[p] = values[nodes - 1 - p];
    after[p] = values[p];
  }
  const double* const left = (last.Smooth ? this->Smooth : this->Steep).data();
  const double* const right = (first.Smooth ? this->Smooth : this->Steep).data();
  double* const filled = values + nodes;
  for (Index i = 0; i < gap; ++i)
  {
    double sum = 0.0;
    for (Index p = 0; p < Reach; ++p)
    {
      sum += left[Reach * i + p] * before[p] + right[Reach * (gap - 1 - i) + p] * after[p];
    }
    filled[i] = sum;
  }
}
}
