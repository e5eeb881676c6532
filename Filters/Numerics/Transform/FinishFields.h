// SPDX-License-Identifier: BSD-3-Clause
#ifndef Transform_FinishFields_h
#define Transform_FinishFields_h

#include "Numerics/Base/Execution.h"

namespace scorefields
{
/// target[i] = log(max(source[i], least)) for n values; `least` is a normal positive double.
/// Relative error below 2 units in the last place. NaN gives log(least).
void LogOfAtLeast(
  const double* source, double least, double* target, Index n, const Execution& execution);

/// Turns derivatives of a density into those of its logarithm, with g = max(f, least):
///   score = grad f / g,  Hessian = (Hessian of f) / g - score score'.
/// @param score    3 n values in and out, or null.
/// @param hessian  6 n values in VTK's order XX, YY, ZZ, XY, YZ, XZ, in and out, or null; needs
///                 score.
void DerivativesOfLog(const double* density, double least, double* score, double* hessian, Index n,
  const Execution& execution);

/// The smallest and the largest of n > 0 values.
struct Extremes
{
  double Minimum;
  double Maximum;
};
Extremes FindExtremes(const double* values, Index n, const Execution& execution);
}

#endif
