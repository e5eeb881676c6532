// SPDX-License-Identifier: BSD-3-Clause
#ifndef Modes_ModeDensity_h
#define Modes_ModeDensity_h

#include "Numerics/Flow/FlowState.h"
#include "Numerics/Modes/ModeSignificance.h"

#include <memory>
#include <vector>

namespace scorefields
{
/// A kernel density as the search for its modes needs it.
struct ModeDensity
{
  /// Sums alone, right to 1e-13: for the critical points, which are few.
  std::shared_ptr<const SmoothDensity> Exact;
  /// Right to 1e-6, by splines where they are cheaper: for the ways of the samples.
  std::shared_ptr<const SmoothDensity> ForSamples;
  StepMetric Unit;
  SampleCounts Counts;

  /// @param samples      the whole cloud, at least one sample.
  /// @param evaluations  about how many places a sample passes on its way.
  /// @throws std::invalid_argument like KernelFamily: for correlation along a reflecting axis, and
  ///         for too many images.
  static ModeDensity Of(std::shared_ptr<const Samples> samples, const GaussianKernel& kernel,
    const Domain& box, double evaluations, const Execution& execution);
};

/// The samples of a cloud at the ends of their ways uphill.
struct SampleEnds
{
  FlowState Ends;
  std::vector<double> Counts; ///< SampleCounts where each began

  /// The share of the first so many in DifferentPlaces.
  double PlacesOf(Index samples) const;
};

/// @param points  samples of the density's cloud, all or a part.
SampleEnds ClimbFrom(
  const ModeDensity& density, const PointsRef& points, const Execution& execution);
}

#endif
