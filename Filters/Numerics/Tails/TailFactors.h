// SPDX-License-Identifier: BSD-3-Clause
#ifndef Tails_TailFactors_h
#define Tails_TailFactors_h

#include "Numerics/Base/Types.h"
#include "Numerics/Tails/TailKernel.h"

namespace scorefields
{
/// Points along an axis as they enter the factors of SetFactors.
struct FactorLine
{
  const double* Places;    ///< in bandwidths from b
  const double* LogRatios; ///< TailKernel::LogRatio of these
  Index Count;             ///< a multiple of LaneCount; all arrays aligned as Lanes are
};

/// k(x - z) / k(x) at all points x of a line, and its derivative with respect to x, for a node of a
/// mesh at z bandwidths from b. Factors below exp(-690) become 0. Relative error: a few u times
/// |z| (|x| + |z|). Cost: an exponential for each.
/// @param derivatives  null: not wanted.
void SetFactors(
  const TailKernel& kernel, double z, const FactorLine& line, double* factors, double* derivatives);
}

#endif
