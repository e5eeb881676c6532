// SPDX-License-Identifier: BSD-3-Clause
#ifndef Fit_ChosenFit_h
#define Fit_ChosenFit_h

#include "Numerics/Fit/ScoreFit.h"

namespace scorefields
{
/// Fits a basis or a kernel exponential family. Width and regularisation are those of the request,
/// or where they are 0 the best of a path (LinearFit.h) over at most 2000 samples and 300
/// parameters. A kernel exponential family of at most 2000 samples has a centre at each.
/// @param fit  whose Base is set; becomes the fit, with the path as its History.
/// @throws std::invalid_argument naming Regularization or Input.
void FitChosen(
  const FitSamples& samples, const FitRequest& request, ScoreFit& fit, const Execution& execution);
}

#endif
