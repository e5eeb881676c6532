// SPDX-License-Identifier: BSD-3-Clause
#ifndef Density_PointEstimate_h
#define Density_PointEstimate_h

#include "Numerics/Cloud/Domain.h"
#include "Numerics/Density/DensityEstimate.h"

namespace scorefields
{
/// What is to be estimated: the density of a cloud, with a kernel, at scattered points.
struct PointProblem
{
  const Samples& Cloud; ///< the whole cloud
  GaussianKernel Kernel;
  const PointsRef& Queries; ///< 3 by m, finite
  bool LeaveOneOut = false; ///< query i is sample i (m <= n); the estimate is that of the others
  EngineSettings Settings = {}; ///< Fft.Boundaries, profile and Sharpen do not count here
  Domain Box = {};              ///< whose closed axes repeat or mirror the samples
};

/// The kernel density estimate at scattered points, by the engine that the settings name:
///
/// - Exact: sums over the samples (ExactSum.h).
/// - FFT: a spline (SplineDensity.h) at every point, with an absolute error of DensityFloor.
/// - Auto: right to RelativeTolerance at every point, see EngineSettings.
///   1. Where sums over all pairs cost less than a spline, they do everything.
///   2. Else the spline gives the points whose density stands far enough above its error.
///   3. The other points get exact sums.
///   4. The report says which share of the points each way computed, and what holds at all.
///
/// Without the sample of weight w at x, W being all weights, f' = (W f - w K(0)) / (W - w): the
/// kernel has slope 0 and the curvature -K(0) H^-1 there. Along closed axes all images of the
/// sample are left out, and K(0) is the sum of their kernels at x (PointImages.h).
/// @param fields  one entry per query.
/// @throws std::invalid_argument for tolerances out of range, for leave-one-out with more queries
///         than samples, for KishSampleSize with the engine FFT, and if the engine is FFT and the
///         spline would need more than 2^24 nodes, and for 1e8 images or more. Aborted if asked to
///         stop.
/// Cost: of a spline O(n + N log N + m) for N nodes, about 12 per bandwidth and axis, 6 in 3-D.
EstimateReport EstimateDensityAtPoints(
  const PointProblem& problem, const FieldView& fields, const Execution& execution);
}

#endif
