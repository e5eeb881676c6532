// SPDX-License-Identifier: BSD-3-Clause
#ifndef Bandwidth_KernelChoice_h
#define Bandwidth_KernelChoice_h

#include "Numerics/Bandwidth/DensitySettings.h"
#include "Numerics/Cloud/Domain.h"
#include "Numerics/Density/DensityEstimate.h"

#include <string>

namespace scorefields
{
/// A kernel and how well it is what its rule asks for.
struct KernelChoice
{
  GaussianKernel Kernel;
  /// Relative error of its lengths against the rule applied to all points as they were before they
  /// were rounded (SelectedBandwidth::Error; PlugInBandwidth::TiedShare and the error of the bins,
  /// added as squares, of the worst axis); 0 for Manual and the rules that follow from the
  /// covariance.
  double RelativeError = 0.0;
};

/// Points beyond which a rule that needs samples works on a random share of the locations.
constexpr double MostSamplesGathered = 1e7;

/// The kernel asked for, for any rule. Collective: every part of a distributed cloud must call it,
/// and gets the same kernel, which depends on the points but not on how they are distributed.
///
/// Rules that need samples see all points in coordinates in which the shape is the unit matrix:
/// - Cross-validation makes its criterion least there (BandwidthSelectors.h): H = h^2 times the
///   shaped covariance. For Isotropic that is the criterion in the points' own coordinates.
/// - Sheather-Jones finds h_a along each axis: PerAxis takes these, in the points' own units;
///   Isotropic their geometric mean (in points' units); Covariance that of the whitened axes.
///   Refused where it finds nothing, or only the values to which a coordinate was rounded
///   (PlugInBandwidth::TracesTies).
/// Of more than MostSamplesGathered points a share is used, chosen by LocationHash, and the result
/// scaled by its rate; that adds to no stated error, since sampling errors are far smaller then.
///
/// In a closed box a rule sees what the estimate is of: moments as in Domain.h, all pairs with
/// their images, and the harmonics of the box. With two axes or more, rules that need samples do
/// not take the shape Covariance on a periodic axis.
///
/// @param local   this part of the cloud. @param moments  of the whole cloud.
/// @throws std::invalid_argument naming the property at fault and what to do, on every part.
KernelChoice ChooseKernel(const KernelRequest& request, const SampleSource& local,
  const CloudMoments& moments, const Axes& axes, const Exchange& exchange,
  const Execution& execution, const Domain& domain = {});

/// What to tell a user whose rule found the bandwidth only to a fifth or worse; "" otherwise.
std::string RoughBandwidthWarning(const KernelChoice& choice, BandwidthRule rule);

/// What to tell a user whose kernel of the shape Isotropic has a standard deviation h of at least
/// half of the extent E of the points along an active axis, while another axis is wider; "" else.
/// Along such an axis nothing can be seen but one hump: with v <= E^2 / 4 the variance of the
/// points' coordinates weighted by their kernels, the second derivative of the log density is
/// (v / h^2 - 1) / h^2 <= 0.
std::string WideKernelWarning(
  const GaussianKernel& kernel, BandwidthShape shape, const CloudMoments& moments);
}

#endif
