// SPDX-License-Identifier: BSD-3-Clause
#ifndef Modes_ModeTree_h
#define Modes_ModeTree_h

#include "Numerics/Base/Execution.h"
#include "Numerics/Base/GaussianKernel.h"
#include "Numerics/Cloud/CloudMoments.h"
#include "Numerics/Flow/Basins.h"

#include <vector>

namespace scorefields
{
/// One mode followed upwards in the bandwidth.
struct ModeTrack
{
  std::vector<std::size_t> Steps; ///< indices of consecutive bandwidths
  std::vector<Mode> Modes;        ///< one per step
  /// The track that took it over: the last entry then lies on that track. -1: it goes on to the
  /// largest bandwidth.
  Index Joined = -1;
};

struct ModeTree
{
  std::vector<double> Counts; ///< number of modes by bandwidth; NaN: not counted
  std::vector<ModeTrack> Tracks;
};

/// The modes of the kernel density estimate at ascending bandwidths, and which of them become which
/// (the mode tree of Minnotte and Scott 1993, in any dimension).
///
/// Modes are the local maxima of the estimate on a grid with 1/3 bandwidth between nodes (a
/// finer one serves the bandwidths of an octave), by transform, above 100 times its error. Up to
/// 2e7 pairs of start and sample, these, the modes at the bandwidth before and, to begin with, the
/// samples start exact ways uphill (Ascent.h), whose ends are counted; beyond, a parabola gives
/// their place, to about a tenth of the grid's spacing, and two modes nearer than that may count
/// as one. Where the grid would have more than 2^22 nodes it is coarser; from 2/3 bandwidth on
/// the step is not counted, nor where the transform would not show a lone sample.
///
/// A mode at the next bandwidth goes on where the way uphill from its former place ends; of several
/// that end at the same mode the nearest goes on and the others join it.
/// @param kernel      its shape. @param bandwidths  ascending, positive (EquivalentBandwidth).
/// @throws Aborted. Depends on the points alone.
ModeTree FollowModes(const Samples& samples, const CloudMoments& moments,
  const GaussianKernel& kernel, const std::vector<double>& bandwidths, const Execution& execution);
}

#endif
