// SPDX-License-Identifier: BSD-3-Clause
#ifndef Tails_TailLoops_h
#define Tails_TailLoops_h

#include "Numerics/Base/Types.h"

/// The loops over cells that take the time of this room.
namespace scorefields
{
/// shares[c] = constants[c] - |means[c] - z|^2 / 2, the coordinates of the means in three rows.
void LeastShares(const double* const means[3], const double* constants, const double* z,
  Index cells, double* shares);

/// Sets the flags where logWeights[c] + bounds[c] >= least.
void FlagRow(
  const double* logWeights, const double* bounds, double least, Index cells, unsigned char* flags);
}

#endif
