// SPDX-License-Identifier: BSD-3-Clause
#ifndef Transform_BSpline_h
#define Transform_BSpline_h

#include <array>

/// Cardinal B-splines of order p (degree p - 1), the shape with which a sample is spread to the p
/// nearest nodes of a mesh per axis. Order 2 is linear binning (cloud in cell). All weights are
/// positive, to rounding, and sum to 1.
namespace scorefields
{
constexpr int MinimumSplineOrder = 2;
constexpr int MaximumSplineOrder = 16;
/// Those there are kernels for.
constexpr std::array<int, 11> SplineOrders{ { 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16 } };

/// The weights of the p nodes as polynomials: weight of node j is
///   sum_k Coefficients[k][j] (t - 1/2)^k,  t in [0, 1),
/// for a sample at u (in mesh spacings) whose first node is floor(u - p/2 + 1), with
/// t = u - p/2 + 1 - floor(u - p/2 + 1); 0 for j >= p. @pre order in [2, 16].
using SplineTable = std::array<std::array<double, MaximumSplineOrder>, MaximumSplineOrder>;
const SplineTable& SplineWeights(int order);

/// Fourier transform of the spline: sinc(theta / 2)^p with theta = angular frequency * spacing.
double SplineTransform(int order, double theta);

/// Bound of the error that spreading with deconvolution leaves in one axis of a Gaussian density,
/// relative to the density's maximum, for `resolution` = bandwidth / mesh spacing:
///   2 sqrt(2) 1.0865 zeta(p) sqrt(p!) (2 pi r)^-p C.
/// Derivation: the m-th alias of a sample at x_i adds the kernel's p-th derivative, turned by a
/// phase, times (spacing / (2 pi m))^p; the derivative is a Hermite polynomial times the Gaussian,
/// and Cramer's inequality |He_p(t)| <= 1.0865 sqrt(p!) exp(t^2 / 4) turns the sum over samples
/// into a density of sqrt(2) times the bandwidth, whose maximum is not above that of the density
/// itself. C >= 1 is the ratio of the whole integral over frequencies to its leading term, by
/// quadrature. It holds for the worst phases (samples on a lattice); random ones stay 10 to 1000
/// times below.
double SplineErrorBound(int order, double resolution);
}

#endif
