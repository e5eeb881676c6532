// SPDX-License-Identifier: BSD-3-Clause
#ifndef Bandwidth_BandwidthSelectors_h
#define Bandwidth_BandwidthSelectors_h

#include "Numerics/Bandwidth/Locations.h"
#include "Numerics/Bandwidth/PairCriterion.h"
#include "Numerics/Base/Execution.h"

namespace scorefields
{
/// A bandwidth that makes a criterion least, in the coordinates of the locations.
struct SelectedBandwidth
{
  double Bandwidth = 0.0;
  bool Found = false; ///< false: the criterion has no minimum inside the range searched
  double Least = 0.0; ///< the range searched
  double Largest = 0.0;
  double Error = 0.0; ///< relative, against the criterion of all locations; see below
};

/// Up to this many locations all pairs are summed.
constexpr Index FewLocations = 3000;

/// The minimum of a criterion.
///
/// Up to FewLocations: of PairCriterion; Error 1e-8.
/// More: the geometric mean of the minima of up to 6 disjoint random samples of 1500 locations,
/// each scaled by (1500 / n)^rate with rate = 1/(d+4) (density, likelihood) or 1/(d+6) (gradient,
/// Hyvarinen). Error: the standard error of that mean, and the drift of the minimum that smaller
/// samples of 375 show against the same rate, extrapolated to n, added as squares.
/// The least squares criteria then use all locations: the minimum of PowerSpectrumCriterion within
/// a factor of 2 of that mean (3, if need be), where its mesh is affordable; Error 1e-4.
///
/// Of points rounded to a step, Error also has the step over sqrt(pi) times the bandwidth, added
/// as a square: what rounding changes.
///
/// The range searched starts at a quarter of the lower quartile of the distances to the nearest
/// neighbour, for rounded points at half a step at least, and ends at four standard deviations of
/// normalised data. Depends on the locations alone: not on threads, processes or the order of the
/// points.
/// @throws Aborted.
SelectedBandwidth MinimizeCriterion(
  Criterion criterion, const Locations& locations, const Execution& execution);

/// 1/(d+4) or 1/(d+6): how fast the criterion's best bandwidth falls with the number of points.
double CriterionRate(Criterion criterion, int dimension);
}

#endif
