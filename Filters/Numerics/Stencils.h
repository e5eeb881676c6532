// SPDX-License-Identifier: BSD-3-Clause
#ifndef Numerics_Stencils_h
#define Numerics_Stencils_h

#include "Numerics/Types.h"

#include <algorithm>
#include <cmath>
#include <limits>

/// The difference stencils of RowDifferences along one axis; formulas in Numerics/Differences.h.
namespace scorefields
{
/// What the stencils need to know of one axis. Errors are in units of 1 / delta.
struct StencilLine
{
  Index Stride = 1;       ///< from a node to the next one along the axis
  double Curvature = 0.0; ///< delta^2 B, 0 if no bound is known
  bool Bounded = false;   ///< whether a bound is known
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

/// The lesser of the estimate and the rigorous bound; a bound that is not positive is refuted by
/// the data (or is rounding) and does not count. NaN stays NaN.
inline double CappedError(double estimate, double bound, const StencilLine& line)
{
  return (line.Bounded && bound > 0.0 && bound < estimate) ? bound : estimate;
}

/// Second differences around *v, reduced to what the estimates use.
struct LocalCurvature
{
  double T, U, Ratio, Middle, Wide;
};

inline LocalCurvature CurvatureAround(const double* v, const StencilLine& line)
{
  const Index s = line.Stride;
  const double left = v[0] - 2.0 * v[-s] + v[-2 * s] + line.Curvature;
  const double middle = v[s] - 2.0 * v[0] + v[-s] + line.Curvature;
  const double right = v[2 * s] - 2.0 * v[s] + v[0] + line.Curvature;
  const double t = std::abs(right - left) / 12.0;
  const double u = std::abs(right - 2.0 * middle + left) / 12.0;
  const double sum = std::abs(left) + std::abs(middle) + std::abs(right) + 1e-300;
  const double ratio = std::min(12.0 * (t + u) / sum, 1.0);
  return { t, u, ratio, middle, (left + 2.0 * middle + right) / 12.0 };
}

/// Error of the central difference; needs two nodes on either side. Not finite if one is masked.
inline double CentralError(const double* v, const StencilLine& line)
{
  const LocalCurvature local = CurvatureAround(v, line);
  const double sum = local.T + local.U;
  return CappedError(1.2 * local.T + local.U + 3.0 * local.Ratio * sum, 0.5 * local.Middle, line);
}

/// Error of the fourth-order difference; needs three nodes on either side.
inline double FourthError(const double* v, const StencilLine& line)
{
  const LocalCurvature local = CurvatureAround(v, line);
  const Index s = line.Stride;
  const double odd1 = v[s] - v[-s];
  const double odd2 = v[2 * s] - v[-2 * s];
  const double even1 = v[s] + v[-s];
  const double even2 = v[2 * s] + v[-2 * s];
  const double fifth = std::abs(v[3 * s] - v[-3 * s] - 4.0 * odd2 + 5.0 * odd1) / 60.0;
  const double sixth =
    std::abs(v[3 * s] + v[-3 * s] - 6.0 * even2 + 15.0 * even1 - 20.0 * v[0]) / 60.0;
  const double coarse = local.Ratio * local.Ratio * local.Ratio * (local.T + local.U);
  return CappedError(
    2.0 * fifth + 3.0 * sixth + 4.0 * coarse, local.Middle / 1.5 + local.Wide, line);
}

inline double CentralSlope(const double* v, Index s)
{
  return 0.5 * (v[s] - v[-s]);
}

inline double FourthSlope(const double* v, Index s)
{
  return (8.0 * (v[s] - v[-s]) - (v[2 * s] - v[-2 * s])) / 12.0;
}

inline double CentralMargin(const double* margin, Index s)
{
  return std::min(margin[-s], margin[s]);
}

constexpr double LogFourthAmplification = 0.40546510810816438; ///< log(1.5)

inline double FourthMargin(const double* margin, Index s)
{
  const double outer = std::min(margin[-2 * s], margin[2 * s]);
  return std::min(CentralMargin(margin, s), outer) - LogFourthAmplification;
}
}

#endif
