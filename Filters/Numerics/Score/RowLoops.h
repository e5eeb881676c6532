// SPDX-License-Identifier: BSD-3-Clause
#ifndef Score_RowLoops_h
#define Score_RowLoops_h

#include "Numerics/Base/Types.h"
#include "Numerics/Score/Differences.h"

#include <limits>
#include <vector>

/// The loops over one row of nodes that every node goes through, at the speed of memory.
namespace scorefields
{
/// What makes a node numerically sound without a closer look.
struct SoundLimits
{
  double LeastMargin = 0.0;  ///< at least this
  double SquaredError = 0.0; ///< at most this
  double LogDensity = 0.0;   ///< absolute value at most this
};

/// sound[i] := 1 where node i of the row meets the limits, all of them finite; else 0.
/// @returns how many do.
Index FindSound(const DifferenceRow& row, Index first, Index count, const double* logDensity,
  const SoundLimits& limits, unsigned char* sound);

/// One axis of one row of RowDifferences.
struct AxisLoop
{
  const double* Values;
  const double* Margin;
  StencilLine Line;
  double InverseDelta;
  double Weight;
};

/// The plain stencils of RowDifferences at nodes [begin, end) of the row: sets the slope, adds the
/// squared error, lowers the margin. Where they meet a masked node the error is not finite, which
/// tells the caller to look again.
void AddCentralDifferences(const AxisLoop& axis, Index begin, Index end, double* slope,
  double* squaredError, double* leastMargin);
void AddFourthDifferences(const AxisLoop& axis, Index begin, Index end, double* slope,
  double* squaredError, double* leastMargin);

bool AllFinite(const double* values, Index count);

/// What a row of logarithms holds; see DensityScan.
struct RowCounts
{
  Index Values = 0;                                          ///< finite
  Index Zeros = 0;                                           ///< -infinity
  double Maximum = -std::numeric_limits<double>::infinity(); ///< of those below infinity
};
RowCounts CountRow(const double* row, Index count);

/// Length of the vectors (x[i], y[i], z[i]).
void Magnitudes(const double* x, const double* y, const double* z, Index count, double* magnitude);

/// Triples (x[i], y[i], z[i]).
void Interleave(const double* x, const double* y, const double* z, Index count, double* triples);
}

#endif
