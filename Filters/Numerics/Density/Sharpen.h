// SPDX-License-Identifier: BSD-3-Clause
#ifndef Density_Sharpen_h
#define Density_Sharpen_h

#include "Numerics/Density/DensityEstimate.h"

namespace scorefields
{
/// Samples moved uphill by half the kernel covariance times their score,
///   x_i' = x_i + H score(x_i) / 2        (h^2 / 2 score for H = h^2 I).
///
/// A kernel density estimate of the moved samples with the same kernel has less bias: smoothing
/// adds H to the covariance, to first order in H the move takes it away again ("data sharpening",
/// Choi and Hall 1999; "score-debiased KDE", arXiv 2504.19084). The score is that of all samples,
/// the moved one included.
///
/// @param part   the samples to move; part of the whole.
/// @param whole  the samples of the estimate that gives the score.
/// @param settings  Engine; with Auto and FFT RelativeTolerance, which is the error allowed of the
///               score in units of 1 / bandwidth, so that a sample is moved right to half of it in
///               bandwidths. With Exact the score is right to rounding.
/// @return the moved samples in the same order; weights and total weight unchanged. Coordinates of
///         inactive axes stay.
/// @throws and cost: as EstimateDensityAtPoints at the samples.
Samples Sharpen(const Samples& part, const Samples& whole, const GaussianKernel& kernel,
  const EngineSettings& settings, const Execution& execution);
}

#endif
