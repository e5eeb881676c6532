// SPDX-License-Identifier: BSD-3-Clause
#ifndef Scan_EstimateErrors_h
#define Scan_EstimateErrors_h

#include "Numerics/Base/Execution.h"
#include "Numerics/Base/GaussianKernel.h"
#include "Numerics/Cloud/CloudMoments.h"
#include "Numerics/Mixture/Mixture.h"

#include <limits>

namespace scorefields
{
/// Integrals over the whole space of an estimate f and, where it is known, the true density p. NaN:
/// not computed.
struct EstimateErrors
{
  double Entropy = std::numeric_limits<double>::quiet_NaN(); ///< -int f log f
  /// Kullback-Leibler divergence, int p log(p / f).
  double KullbackLeibler = std::numeric_limits<double>::quiet_NaN();
  /// Fisher divergence, int p |grad log p - grad log f|^2, without the factor 1/2; 1 / length^2.
  double Fisher = std::numeric_limits<double>::quiet_NaN();
  /// int (f - p)^2 and int |grad f - grad p|^2.
  double SquaredError = std::numeric_limits<double>::quiet_NaN();
  double SquaredGradientError = std::numeric_limits<double>::quiet_NaN();
};

/// Sums over a grid that holds all but 1e-11 of f and p, with 0.6 of the shortest standard
/// deviation (of the kernel or of a component of p) between nodes. For products of two Gaussians,
/// as in the squared errors, the error of such a sum is exp(-2 pi^2 / 0.72), 1e-12. The other
/// integrals contain log f, which bends within less than a bandwidth far from the samples; for 200
/// samples of the study's mixture they are off by up to 4e-8 (entropy), 1e-5 (Kullback-Leibler) and
/// 5e-4 (Fisher). Where the grid takes more than about 2^16 nodes on a line, 2^20 in the plane
/// or 2^21 in space it is coarser, up to 1.2 standard deviations (error of the squares 1e-3);
/// beyond, all is NaN. The estimate is exact up to `affordablePairs` of node and sample; beyond it
/// is a transform, and nodes at which f is below 100 times its error are left out of the integrals
/// that have logarithms. If these hold more than 1e-4 of f nothing is known; if more than 1e-4 of
/// p, neither divergence is.
/// @param truth  null: only the entropy.
/// Independent of the number of threads to the bit, for the exact sums.
EstimateErrors IntegrateErrors(const Samples& samples, const CloudMoments& moments,
  const GaussianKernel& kernel, const Mixture* truth, double affordablePairs,
  const Execution& execution);
}

#endif
