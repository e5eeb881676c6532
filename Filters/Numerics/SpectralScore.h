// SPDX-License-Identifier: BSD-3-Clause
#ifndef Numerics_SpectralScore_h
#define Numerics_SpectralScore_h

#include "Numerics/Differences.h"
#include "Numerics/Execution.h"
#include "Numerics/SpectralLine.h"
#include "Numerics/Types.h"

#include <array>
#include <vector>

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

/// What the score of the nodes of a block is worth.
struct SpectralErrors
{
  /// h |ds| by what the grid does not resolve and by the ends of lines; infinite without a score.
  std::vector<float> Ringing;
  std::vector<float> Noise; ///< h |ds| by rounding and by the error of the density
};

/// The gradient of the density by Fourier transforms, over the density: SpectralLine along every
/// line of nodes through the block, over the line's whole length in the grid. Lines with nodes that
/// have no value (NaN) are cut there, and their pieces taken for open lines. On pieces of less than
/// SpectralLine::LeastNodes nodes the difference of fourth order of the logarithm stands in
/// (BestStencil), with its own estimate.
///
/// Cost: three transforms per line and axis. Results do not depend on the number of threads, nor on
/// the block.
/// @param score  three per node of the block, in the frame of the grid's axes: 0 along flat axes
///               and where there is none.
SpectralErrors ComputeSpectralScore(
  const SpectralInput& input, double* score, const Execution& execution);
}

#endif
