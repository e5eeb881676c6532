// SPDX-License-Identifier: BSD-3-Clause
#ifndef Fit_MixtureFit_h
#define Fit_MixtureFit_h

#include "Numerics/Base/Execution.h"
#include "Numerics/Fit/FitSamples.h"
#include "Numerics/Fit/QuasiNewton.h"
#include "Numerics/Mixture/Mixture.h"

#include <vector>

namespace scorefields
{
struct MixtureFitRequest
{
  Index Components = 3;
  Index MaximumIterations = 300;
  std::uint64_t Seed = 1;
};

struct MixtureFit
{
  Mixture Found; ///< on the first d axes, in the frame
  QuasiNewtonReport Minimum;
  std::vector<double> Losses; ///< at the start and after each iteration
};

/// Fits a mixture by denoising score matching: with noise z ~ N(0, I) of standard deviation s_a
/// along axis a, the mean over samples and noise of
///   sum_a (s_a score_a(y + s z) + z_a)^2 / 2
/// is least where the score is that of the noised samples' density (Vincent 2011). The score is
/// that of components N(m_k, L_k L_k' + f s^2 + s^2), so that L_k L_k' + f s^2, which is reported,
/// is the covariance without the noise; f = 0.01 keeps it from being singular.
///
/// 1. Centres by k-means++ (Arthur, Vassilvitskii 2007) and Lloyd's iteration.
/// 2. Noise: some antithetic pairs for each sample, drawn once.
/// 3. L-BFGS over the logarithms of the weights, the means and L (logarithms on its diagonal).
/// 4. Where components lie apart the score does not depend on their weights, so that no score tells
///    them. The weights are then those of the greatest likelihood of the samples, by the iteration
///    w_k = sum_i p_i r_k(y_i) for the given components, whose likelihood is concave in the
///    weights.
///
/// The loss is in the unit of 1; without any model it is d / 2.
/// @throws std::invalid_argument that names NumberOfComponents if there are fewer samples, or fewer
///         distinct ones, than components.
MixtureFit FitMixture(
  const FitSamples& samples, const MixtureFitRequest& request, const Execution& execution);
}

#endif
