// SPDX-License-Identifier: BSD-3-Clause
#ifndef Scan_StableShares_h
#define Scan_StableShares_h

#include "Numerics/Base/Execution.h"
#include "Numerics/Base/GaussianKernel.h"
#include "Numerics/Cloud/CloudMoments.h"

namespace scorefields
{
struct StabilityRequest
{
  double Tolerance = 1e-3; ///< allowed in h |ds|
  double MinimumSampleSize = 5.0;
  double SignificanceLevel = 0.05;
};

/// @throws std::invalid_argument naming the property at fault.
void Require(const StabilityRequest& request);

/// Shares of the nodes of a grid.
struct StableShares
{
  double Exact = 1.0;       ///< sound with the exact engine
  double Fft = 0.0;         ///< sound with the FFT engine at Tolerance 1e-14, analytic score
  double Classical = 0.0;   ///< sound with the study's recipe: see below
  double Significant = 0.0; ///< sound, on enough samples and the score different from 0
};

/// How many nodes have a score within the tolerance, by the error model of Reliability.h, with each
/// of three engines; the numbers that Score Field reports for the same box.
///
/// Classical: linear binning, characteristic function, no padding, clamp at 0, central difference
/// of the logarithm, whose discretisation error does not count. Exact: computed up to 4e9 pairs of
/// node and sample; beyond, the engine's own claim, all nodes. Significant: pointwise.
/// @param moments  of the samples.
StableShares MeasureStability(const Samples& samples, const CloudMoments& moments,
  const GaussianKernel& kernel, const Grid& grid, const StabilityRequest& request,
  const Execution& execution);
}

#endif
