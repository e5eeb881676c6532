// SPDX-License-Identifier: BSD-3-Clause
#ifndef Score_SpectralScore_h
#define Score_SpectralScore_h

#include "Numerics/Base/Execution.h"
#include "Numerics/Base/Types.h"
#include "Numerics/Score/Differences.h"
#include "Numerics/Score/SpectralLine.h"

#include <array>
#include <functional>

namespace scorefields
{
/// Which nodes, and what is known of them.
struct SpectralInput
{
  Grid Nodes;
  const double* LogDensity = nullptr; ///< as in ScoreInput
  Index3 First = Index3::Zero();      ///< the block asked for
  Index3 Dimensions = Index3::Ones(); ///< of the block
  std::array<LineEnds, 3> Ends{ LineEnds::Open, LineEnds::Open, LineEnds::Open };
  LinePrecision Precision;
  DifferenceScale Scale; ///< its lengths make errors numbers without unit
};

/// Rows [Begin, End) of a block (j fastest) that are done. All pointers are to the first node of
/// row Begin, and the nodes follow in order.
struct SpectralRows
{
  Index Begin = 0, End = 0;
  /// The score along each axis of the grid: 0 along flat axes and where there is none.
  std::array<const double*, 3> Slope{};
  /// h |ds| by what the grid does not resolve and by the ends of lines; infinite without a score.
  const float* Ringing = nullptr;
  const float* Noise = nullptr; ///< h |ds| by rounding and by the error of the density
};

/// Called once for every row, by the thread that has it in its cache. Must not throw.
using SpectralFinish = std::function<void(const SpectralRows& rows)>;

/// The gradient of the density by Fourier transforms, over the density: SpectralLine along every
/// line of nodes through the block, over the line's whole length in the grid. Lines with nodes that
/// have no value (NaN) are cut there, and their pieces taken for open lines. On pieces of less than
/// SpectralLine::LeastNodes nodes the difference of fourth order of the logarithm stands in
/// (BestStencil), with its own estimate.
///
/// Cost: three transforms per line and axis; the values are passed twice, first along the slowest
/// axis, then layer by layer along the others. Eight bytes per node, and the workspace. Results do
/// not depend on the number of threads, nor on the block.
/// @param workspace  one per node of the block, overwritten; what belongs to rows that are finished
///                   is not looked at again.
void ComputeSpectralScore(const SpectralInput& input, double* workspace,
  const SpectralFinish& finish, const Execution& execution);
}

#endif
