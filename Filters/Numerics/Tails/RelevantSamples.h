// SPDX-License-Identifier: BSD-3-Clause
#ifndef Tails_RelevantSamples_h
#define Tails_RelevantSamples_h

#include "Numerics/Base/Execution.h"
#include "Numerics/Base/GaussianKernel.h"
#include "Numerics/Cloud/CloudMoments.h"
#include "Numerics/Cloud/SampleSource.h"
#include "Numerics/Tails/WantedBoxes.h"

namespace scorefields
{
/// The samples of a cloud that can count at some wanted places: those left out hold, all together,
/// at most the share `tolerance` of the estimate at each of these places.
///
/// In coordinates z in which the kernel is the unit Gaussian, the cloud's box is cut into at most
/// 128 cells along each of two axes (16384 along one, 25 along each of three). By Jensen's
/// inequality a cell of weight W and mean m, around which its sides allow a mean squared deviation
/// of at most v (Bhatia and Davis 2000), adds at least
///   log W - (|z - m|^2 + v) / 2
/// at any z; let L be the largest of these at the centre of a wanted box, in the cell of mean
/// m_0. Relative to that, at z = centre + delta, no sample of cell c adds more than
///   -|centre - z_i|^2 / 2 + delta (z_i - m_0)  with z_i anywhere in the cell,
/// which is bounded axis by axis. A cell is relevant if its weight times that comes within
/// tolerance / cells of L for any box with a wanted place.
///
/// Collective: parts of a distributed cloud and grid add up what they count; every part gets those
/// of its own samples that count at wanted places of any part.
///
/// @param moments  of the whole cloud.
/// @return this part's relevant samples, in order. Cost: two passes over the samples, and up to
///         1024 boxes times the cells.
Samples RelevantSamples(const SampleSource& local, const CloudMoments& moments,
  const GaussianKernel& kernel, WantedBoxes boxes, double tolerance, const Exchange& exchange,
  const Execution& execution);
}

#endif
