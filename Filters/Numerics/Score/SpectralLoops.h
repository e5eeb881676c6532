// SPDX-License-Identifier: BSD-3-Clause
#ifndef Score_SpectralLoops_h
#define Score_SpectralLoops_h

#include "Numerics/Score/SpectralLine.h"

/// The loops over a line of nodes that every line of the spectral score goes through.
namespace scorefields
{
/// relative[i] := exp(values[i] - largest), 0 below exp(-700).
void SetRelative(const double* values, double largest, Index count, double* relative);

/// Multiplies complex numbers (real, imaginary) by i times a frequency, and by another one.
void TurnBy(const double* frequency, const double* dampedFrequency, Index count, double* spectrum,
  double* damped);

/// The largest absolute value of those in [begin, end).
double LargestPart(const double* values, Index begin, Index end);

/// Adds the error that an open end makes; nearness: 1 / (1 + steps from the end), in steps of
/// `step`.
void AddEnd(const LineEnd& end, const double* nearness, Index step, Index count, double* ringing);

/// Slope, ringing and noise relative to the density: a derivative of it, the ringing that is there
/// and one noise of all. Infinite noise, and 0 else, where the density is 0.
void DivideLine(const double* density, const double* derivative, double noise, Index count,
  const LineResult& result);

/// The largest value; NaN if there is a NaN.
double LargestOf(const double* values, Index count);

/// square[i] := (factor error[i])^2; infinity stays infinite, everything else finite.
void SquareErrors(const double* error, double factor, Index count, float* square);

/// values[i] := the square root of values[i].
void SquareRoots(float* values, Index count);
}

#endif
