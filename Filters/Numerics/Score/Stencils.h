// SPDX-License-Identifier: BSD-3-Clause
#ifndef Score_Stencils_h
#define Score_Stencils_h

#include "Numerics/Base/Types.h"

#include <algorithm>
#include <cmath>
#include <limits>

/// The difference stencils of RowDifferences along one axis; formulas in
/// Numerics/Score/Differences.h.
namespace scorefields
{
/// What the stencils need to know of one axis. Errors are in units of 1 / delta.
struct StencilLine
{
  Index Stride = 1;       ///< from a node to the next one along the axis
  double Curvature = 0.0; ///< delta^2 B, 0 if no bound is known
  double Bounded = 0.0;   ///< 1 if a bound is known, else 0
  double Coarse = 0.0;    ///< without a bound c of Differences.h, else 0
  double Coarser = 0.0;   ///< without a bound e of Differences.h, else 0
};

/// The slope at one node by the best stencil that fits.
struct StencilResult
{
  double Slope = 0.0; ///< times delta
  double Error = std::numeric_limits<double>::infinity();
  double Margin = std::numeric_limits<double>::infinity(); ///< see DifferenceRow::LeastMargin
  bool Outside = true;
};

/// Chooses the stencil for node *v with up to 3 nodes of the grid before and after it.
/// @param fourth  whether fourth order is wanted where it fits.
StencilResult BestStencil(const double* v, const double* margin, Index before, Index after,
  bool fourth, const StencilLine& line);

/// Second differences around *v, reduced to what the estimates use; see Differences.h.
struct LocalCurvature
{
  double T, U, Ratio, Mean, Middle, Wide;
};

[[gnu::always_inline]] inline LocalCurvature CurvatureAround(
  const double* v, const StencilLine& line)
{
  const Index s = line.Stride;
  const double left = v[0] - 2.0 * v[-s] + v[-2 * s] + line.Curvature;
  const double middle = v[s] - 2.0 * v[0] + v[-s] + line.Curvature;
  const double right = v[2 * s] - 2.0 * v[s] + v[0] + line.Curvature;
  const double t = std::abs(right - left) / 12.0;
  const double u = std::abs(right - 2.0 * middle + left) / 12.0;
  const double sum = std::abs(left) + std::abs(middle) + std::abs(right) + 1e-300;
  const double share = 12.0 * (t + u) / sum;
  const double ratio = share > 1.0 ? 1.0 : share; // NaN stays NaN
  return { t, u, ratio, sum / 3.0, middle, (left + 2.0 * middle + right) / 12.0 };
}

/// The estimate where the grid resolves the curvature, the rigorous bound where it does not, and
/// never more than the bound. A bound that is not positive is refuted by the data (or is rounding)
/// and does not count. NaN stays NaN. Selects instead of branches, so that loops are vectorised.
[[gnu::always_inline]] inline double BoundedError(
  double estimate, double bound, double unresolved, const StencilLine& line)
{
  const double weight = line.Bounded * (unresolved > 1.0 ? 1.0 : unresolved);
  const double cap = bound > 0.0 ? bound : estimate;
  const double blended = estimate + weight * (cap - estimate);
  const double least = cap < blended ? cap : blended;
  return line.Bounded > 0.0 ? least : estimate;
}

/// With more safety, for where nothing else helps: no bound is known, or nodes are missing.
[[gnu::always_inline]] inline double CentralEstimate(double t, double u, double ratio)
{
  return (1.25 + 2.5 * ratio) * (t + u);
}

/// (|fifth| + |sixth difference|) / 60 around *v.
[[gnu::always_inline]] inline double HigherDifferences(const double* v, Index s)
{
  const double odd1 = v[s] - v[-s];
  const double odd2 = v[2 * s] - v[-2 * s];
  const double even1 = v[s] + v[-s];
  const double even2 = v[2 * s] + v[-2 * s];
  const double fifth = std::abs(v[3 * s] - v[-3 * s] - 4.0 * odd2 + 5.0 * odd1);
  const double sixth = std::abs(v[3 * s] + v[-3 * s] - 6.0 * even2 + 15.0 * even1 - 20.0 * v[0]);
  return (fifth + sixth) / 60.0;
}

/// Errors of both differences; they need three nodes on either side. Not finite if one is masked.
[[gnu::always_inline]] inline double CentralError(const double* v, const StencilLine& line)
{
  const LocalCurvature local = CurvatureAround(v, line);
  const double higher = HigherDifferences(v, line.Stride);
  const double free =
    CentralEstimate(local.T, local.U, local.Ratio) + 2.0 * higher + line.Coarser * local.Mean;
  const double close = (1.02 + 0.6 * local.Ratio) * (local.T + local.U) + 1.1 * higher;
  const double mean = 0.85 * local.Mean;
  return BoundedError(
    line.Bounded > 0.0 ? close : free, 0.5 * local.Middle, mean * mean * mean, line);
}

[[gnu::always_inline]] inline double FourthError(const double* v, const StencilLine& line)
{
  const LocalCurvature local = CurvatureAround(v, line);
  const double higher = HigherDifferences(v, line.Stride);
  const double square = local.Ratio * local.Ratio * (local.T + local.U);
  const double free = 2.0 * higher + 2.5 * square +
    line.Coarse * CentralEstimate(local.T, local.U, local.Ratio) + line.Coarser * local.Mean;
  const double close = 1.15 * higher + 0.6 * square;
  const double mean = 0.42 * local.Mean;
  return BoundedError(
    line.Bounded > 0.0 ? close : free, local.Middle / 1.5 + local.Wide, mean * mean, line);
}

[[gnu::always_inline]] inline double CentralSlope(const double* v, Index s)
{
  return 0.5 * (v[s] - v[-s]);
}

[[gnu::always_inline]] inline double FourthSlope(const double* v, Index s)
{
  return (8.0 * (v[s] - v[-s]) - (v[2 * s] - v[-2 * s])) / 12.0;
}

[[gnu::always_inline]] inline double Lesser(double a, double b)
{
  return a < b ? a : b;
}

[[gnu::always_inline]] inline double CentralMargin(const double* margin, Index s)
{
  return Lesser(margin[-s], margin[s]);
}

constexpr double LogFourthAmplification = 0.40546510810816438; ///< log(1.5)

[[gnu::always_inline]] inline double FourthMargin(const double* margin, Index s)
{
  return Lesser(CentralMargin(margin, s), Lesser(margin[-2 * s], margin[2 * s])) -
    LogFourthAmplification;
}
}

#endif
