// SPDX-License-Identifier: BSD-3-Clause
#ifndef Splines_SplineDensity_h
#define Splines_SplineDensity_h

#include "Numerics/Base/Execution.h"
#include "Numerics/Base/Fft.h"
#include "Numerics/Base/GaussianKernel.h"
#include "Numerics/Base/Types.h"
#include "Numerics/Splines/SplineGather.h"

#include <Eigen/Geometry>

namespace scorefields
{
constexpr double SplineReach = 7.5;            ///< of the nodes beyond the samples, in bandwidths
constexpr double SplineResolution = 12.0;      ///< nodes per bandwidth: aliases near rounding
constexpr double MostSplineNodes = 16777216.0; ///< 2^24, which take 128 MiB

/// Where a SplineDensity has nodes, and how fine.
struct SplinePlan
{
  Grid Nodes;              ///< flat axes have one node
  double Resolution = 0.0; ///< the narrowest bandwidth over the spacing; 0: none is worth it
};

/// The plan for samples in a box: nodes as far from it as the density is above its rounding, 7.5
/// bandwidths, and `resolution` of them per bandwidth, less where `mostNodes` would be exceeded.
SplinePlan PlanSplines(const Eigen::AlignedBox3d& samples, const GaussianKernel& kernel,
  double resolution, double mostNodes);

/// A kernel density as a spline that can be evaluated anywhere in its box, in constant time.
///
/// The harmonics of the samples times the kernel's transform (as FftDensity has them), divided by
/// the transform of the spline B_8, go back to the grid: a non-uniform transform of type 2. The
/// aliases of the spline are its only error beside rounding and those of the harmonics; they are
/// summed over the harmonics of these very samples, which bounds them at every point:
///   |f~ - f| <= sum_k |F_k| (prod_a sum_v rho_a(k_a, v) - 1),
///   rho_a(k, v) = |theta / (theta + 2 pi v)|^8, theta = w_k spacing_a,
/// and with the factor |w_k + 2 pi v / spacing_a| per derivative along a.
/// Cost: O(n + N log N) once for a grid of N nodes; memory 8 N bytes.
class SplineDensity
{
public:
  /// @param samples  at least one. @throws Aborted.
  SplineDensity(const Samples& samples, const GaussianKernel& kernel, const SplinePlan& plan,
    const Execution& execution);

  const SplineNodes& Nodes() const { return this->Spline; }
  /// GatherSpline, with derivatives along the axes of space instead of the grid's.
  void Evaluate(const double* points, Index count, bool second, SplineValue* values) const;
  /// Bounds of the errors of f, of its gradient times the bandwidth, and of its Hessian times the
  /// squared bandwidth, all in the unit of f.
  double Floor(int derivatives) const
  {
    return this->Floors[static_cast<std::size_t>(derivatives)];
  }
  /// The largest coefficient: at least the largest density, and close to it.
  double Maximum() const { return this->Largest; }

private:
  FftBuffer<double> Coefficients;
  SplineNodes Spline;
  std::array<double, 3> Floors{ { 0.0, 0.0, 0.0 } };
  double Largest = 0.0;
};

/// Writes a density f and its derivatives, along the axes of space, to what the fields have:
/// Density, LogDensity, Score = grad f / f and Hessian = Hess f / f - score score'. Nothing
/// is written where f is not positive.
void WriteSmooth(const SplineValue& value, Index entry, const FieldView& fields);
}

#endif
