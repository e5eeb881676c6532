// SPDX-License-Identifier: BSD-3-Clause
#ifndef Density_EstimateReuse_h
#define Density_EstimateReuse_h

#include "Numerics/Density/DensityEstimate.h"

#include <memory>
#include <optional>
#include <vector>

namespace scorefields
{
class FftDensity;
class SampleTree;

/// What estimates with kernels of one shape share, kept from one bandwidth of a sweep to the next.
/// Whoever keeps it makes sure that samples, grid and settings are the same and lets it go when
/// they change. All but Kernels is set by the first estimate that needs it.
struct EstimateReuse
{
  std::vector<GaussianKernel> Kernels; ///< at least the narrowest and the widest of the sweep
  std::shared_ptr<FftDensity> Transform;
  std::shared_ptr<const Samples> Stored;  ///< all samples, for the exact sums, unless stored so
  std::shared_ptr<const SampleTree> Tree; ///< of all samples, where no axis is closed
  std::optional<double> LostWeight;       ///< of the grid's box, over all parts

  double TransformBytes() const; ///< of Transform
  double TreeBytes() const;      ///< of Tree and Stored
};

/// What an estimate may keep and use again; null if its samples follow the bandwidth.
EstimateReuse* ReuseOf(const EstimateProblem& problem);

/// The samples of all parts; in `storage` unless they are stored so or kept.
const Samples& AllSamples(const EstimateProblem& problem, Samples& storage);

/// The weight of the samples outside the grid's box, over all parts.
double LostWeight(const EstimateProblem& problem, const Execution& execution);
}

#endif
