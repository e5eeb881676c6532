// SPDX-License-Identifier: BSD-3-Clause
#ifndef Base_TransformErrors_h
#define Base_TransformErrors_h

#include "Numerics/Base/GaussianKernel.h"

#include <array>

/// What a kernel density from Fourier transforms is worth: the one place of its error model.
///
/// Errors are absolute, in the unit of the density. Those of its gradient g are measured by
/// sqrt(dg' H dg), which for H = h^2 I is h |dg|. H is the kernel's covariance. Along an axis a
/// kernel is sqrt(H_aa) wide, and as a function of that coordinate alone, the others fixed, it has
/// the length 1 / sqrt((H^-1)_aa), which is less if there are correlations. Frequencies see the
/// second length, distances the first.
namespace scorefields
{
/// Bounds of one kind of error, of the density and of its gradient.
struct ErrorPart
{
  double Density = 0.0;
  double Gradient = 0.0;

  /// @param factor  how many times larger the error of the gradient is.
  void Add(double density, double factor)
  {
    this->Density += density;
    this->Gradient += factor * density;
  }
  void Add(const ErrorPart& other)
  {
    this->Density += other.Density;
    this->Gradient += other.Gradient;
  }
};

/// What a transform's error consists of.
struct TransformErrors
{
  ErrorPart RoundOff;   ///< of the transforms; the noise that classical methods take the log of
  ErrorPart Truncation; ///< frequencies left out
  ErrorPart Spreading;  ///< by the mesh: aliases of deconvolved splines, or linear binning
  ErrorPart Wrap;       ///< periodic images along open axes, and samples too far away to be kept

  ErrorPart Sum() const;
};

/// How many times its error a density from a transform must be for the score to be right to 1, in
/// units of 1 / bandwidth. The error of the gradient is at most w h times that of the density, w
/// the highest frequency that matters, where the kernel's spectrum has fallen to rounding: exp(-(w
/// h)^2 / 2) = 1e-16, w h = 8.6. The product |h score| F is no more than that: by Jensen's
/// inequality |h score|^2 <= 2 log(K_H(0) / f), which is below 7.4^2 for f >= 1e-12 K_H(0).
constexpr double ScoreFactor = 16.0;
/// The same for the Hessian: the square of 8.6, and what the score's products add.
constexpr double HessianFactor = 128.0;

/// exp(-q^2 / 2) at this many standard deviations is below half a unit in the last place.
constexpr double AllThatCounts = 9.0;

/// 1 / sqrt((H^-1)_aa).
double NarrowLength(const GaussianKernel& kernel, int axis);
/// Along each axis, lengths h_a with u' H^-1 u >= sum_a (u_a / h_a)^2 for all offsets u: the
/// bandwidths, or the root of the largest eigenvalue if H is not diagonal. 1 in inactive axes.
Eigen::Vector3d DistanceLengths(const GaussianKernel& kernel);

/// The largest error by rounding of a forward and a backward transform, for a density of at most
/// `largest`: measured 2.4 eps in two dimensions, at most 4.2 eps in three. A spectrum times the
/// frequency and the kernel holds no more noise than without, but in each dimension.
ErrorPart RoundOffOf(int dimension, double largest);

/// What is lost of a sum of kernels if the frequencies above w along one axis are left out: no more
/// than of one kernel, K_H(0) erfc(c / sqrt 2), c = w / sqrt((H^-1)_aa). There the squared
/// frequency, in units of 1 / bandwidth, has a mean of 1 + c m along the axis, m = (c + sqrt(c^2 +
/// 4)) / 2 by Birnbaum's bound of the normal distribution's tail, and 1 along each other.
ErrorPart TruncationOf(const GaussianKernel& kernel, int axis, double frequency);

/// What B-splines of this order leave, given the error of the density: the aliases of a sample are
/// derivatives of the kernel of that order, those of the gradient one order higher
/// (SplineErrorBound).
ErrorPart SpreadingOf(int dimension, int order, double error);

/// What samples at least q bandwidths away add together, all with `density` at that distance.
ErrorPart FarSamplesOf(double density, double q);

/// The four parts of which only the errors of the density are known. Their gradients get the
/// largest factors that can have led to them, the errors having been found by the functions above.
/// @param densities  of RoundOff, Truncation, Spreading and Wrap.
/// @param logPeak    log K_H(0).
TransformErrors StatedErrors(int dimension, double logPeak, const std::array<double, 4>& densities);

/// The density of the samples in a box and of its periodic images along one axis, as shares of
/// K_H(0): sums of exp(-D^2 / 2) over the images, D the distance over the length.
struct ImageShares
{
  double Direct = 1.0; ///< of the samples themselves
  double Images = 0.0; ///< apart from them, so that the smallest are not lost by rounding

  double All() const { return this->Direct + this->Images; }
};
/// @param x      where. @param lower, upper  the box. @param period  0: no images.
ImageShares ImagesAlong(double x, double lower, double upper, double period, double length);
}

#endif
