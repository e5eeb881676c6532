// SPDX-License-Identifier: BSD-3-Clause
#ifndef Score_RowLoops_h
#define Score_RowLoops_h

#include "Numerics/Base/Types.h"
#include "Numerics/Score/Differences.h"

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

/// Length of the vectors (x[i], y[i], z[i]).
void Magnitudes(const double* x, const double* y, const double* z, Index count, double* magnitude);

/// Triples (x[i], y[i], z[i]).
void Interleave(const double* x, const double* y, const double* z, Index count, double* triples);
}

#endif
