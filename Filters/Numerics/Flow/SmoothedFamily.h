// SPDX-License-Identifier: BSD-3-Clause
#ifndef Flow_SmoothedFamily_h
#define Flow_SmoothedFamily_h

#include "Numerics/Flow/SmoothDensity.h"

namespace scorefields
{
/// Nodes z_k (3 by K, 0 along inactive axes) and weights w_k of a mean over a standard normal z.
struct NormalNodes
{
  Eigen::Matrix3Xd Places;
  Eigen::VectorXd Weights;
  Index PerAxis = 1;
};

/// The tensor product of Gauss and Hermite's rules with m nodes per axis: exact for polynomials of
/// degree 2 m - 1 in each axis. By the eigenvalues of the Jacobi matrix (Golub and Welsch 1969).
NormalNodes GaussHermite(const Axes& axes, Index perAxis);

/// A family whose score is averaged over a second Gaussian:
///   s_t(x) = E[s(x + L z)],   L L' = H(t), z standard normal,
/// H(t) the kernel's covariance at bandwidth t, the Smoothing (t^2 I for the isotropic kernel). It
/// is the gradient of E[log p(x + L z)], the logarithm of a density up to a constant: LogDensity is
/// this, not normalised, and the Hessian its Hessian. A mean of curvatures below M^-1 is below it,
/// so the unit of steps is the family's own (source: Scarvelis, Borde and Solomon 2023; Chen 2025).
///
/// The mean is a GaussHermite one. Take two samples a distance D = 2 h apart, as a particle sees
/// them in clouds that are not sparse. Between them h s is tanh(x / h) - x / h. With r = t / h the
/// mean of m nodes has an error of h s that is at most the smaller one of
///   2 m! (2 / pi)^(2 m + 1) r^(2 m),
///   (5 / r) exp(a^2 / 2 - b) / (1 - exp(-2 b)),   a = pi / (2 r), b = 2 a sqrt(m).
/// The first is the remainder of degree 2 m. The second comes from the poles at z = +-i a, +-3 i a
/// and so on: their residue is 1 / r, and the rule's remainder of a pole at z = i a is
/// sqrt(2 pi) exp(a^2 / 2 - b). m is the least number from 2 on for which this is at most 1e-4, at
/// most 64, 16 and 8 in one, two and three dimensions: 4 for r = 0.3, 15 for r = 1, and about
/// 11 r^2 for large r. With fewer nodes than that, which a small bandwidth needs, the score is the
/// mean over the nodes: the gradient of the mean of log densities still, though rougher than the
/// integral. Where h is small beside the distance of the samples, its error is of the order of the
/// largest weights. Cost: that of m^d evaluations, 2^16 at once.
class SmoothedFamily : public DensityFamily
{
public:
  /// @param family  of densities known everywhere. @param smoothing  t, in length.
  /// @throws std::invalid_argument naming ScoreSmoothing if it is negative or not finite.
  SmoothedFamily(std::shared_ptr<const DensityFamily> family, double smoothing);

  std::shared_ptr<const SmoothDensity> At(
    double bandwidth, const Execution& execution) const override;
  GaussianKernel KernelAt(double bandwidth) const override;
  Eigen::Matrix3d StepUnitAt(double bandwidth) const override;

  /// m. @param ratio  t / h, h the bandwidth of the density that is averaged.
  static Index NodesPerAxis(double ratio, int dimension);

private:
  std::shared_ptr<const DensityFamily> Family;
  double Smoothing;
};
}

#endif
