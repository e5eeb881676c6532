// SPDX-License-Identifier: BSD-3-Clause
#ifndef Fit_FitField_h
#define Fit_FitField_h

#include "Numerics/Fit/ScoreFit.h"
#include "Numerics/Recovery/DensityFromScore.h"

namespace scorefields
{
/// What the density on the nodes rests on.
struct FitFieldReport
{
  Potential Knows = Potential::Normalized;
  /// Where the model has no potential: what of its vectors is no gradient (Edges.h).
  double MisfitShare = 0.0;
};

/// The score, the log density and the density of a fitted model at the nodes of a grid.
///
/// A model that knows its density has it normalised in space; one that knows it up to a constant
/// has an integral of 1 over the nodes (trapezoidal rule). For a model without a potential it is
/// the density whose score comes closest to the model's (Recovery/DensityFromScore.h), whose own
/// score may differ: Score is always the model's.
/// @param fields  Density, LogDensity and Score, all of them.
FitFieldReport EvaluateFit(
  const ScoreFit& fit, const Grid& grid, const FieldView& fields, const Execution& execution);
}

#endif
