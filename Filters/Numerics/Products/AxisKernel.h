// SPDX-License-Identifier: BSD-3-Clause
#ifndef Products_AxisKernel_h
#define Products_AxisKernel_h

#include <array>

namespace scorefields
{
/// The function k~ of one axis with which weights that B-splines have spread to a mesh
/// (Spreading.h) add up to a Gaussian sum in space, tails included, without a transform.
///
/// In bandwidths, with c = spacing / bandwidth and a sample at 0: f(x) = exp(-x^2 / 2) is
///   sum_j B_p(j) k~(x - c j),  k~ of the transform sqrt(2 pi) exp(-w^2 / 2) / sinc(c w / 2)^p,
/// but for aliases. Integrated along w + i x, where the Gaussian has no phase left,
///   k~(x) = exp(-x^2 / 2) E[sinc(z)^-p],  z = (w + i x) c / 2, w normal,
/// which is even and smooth: its logarithm less -x^2 / 2 is a polynomial of x^2, here of degree 14
/// (error below 1e-12). The same path gives the aliases' share of one sample's own summand,
///   epsilon(x) = sum over m != 0 of E[|z / (z + pi m)|^p], about 2 (x c / 2 pi)^p:
/// a relative error, however small the summand is. All terms of the sum are positive.
class AxisKernel
{
public:
  /// Below this many nodes per bandwidth the cut at the mesh's highest frequency would show.
  static constexpr double LeastResolution = 3.0;
  static constexpr int LeastOrder = 6;
  static constexpr int Degree = 14;

  /// @param order       of the splines, LeastOrder or more.
  /// @param resolution  bandwidth / spacing of the mesh, LeastResolution or more.
  /// @param range       in bandwidths: |x| up to which k~ is wanted.
  AxisKernel(int order, double resolution, double range);

  /// k~(x) and its derivatives up to the second; x in bandwidths, |x| up to the range.
  std::array<double, 3> At(double x) const;

  /// epsilon(x).
  static double AliasShare(int order, double resolution, double x);
  /// The least resolution, at least LeastResolution, at which epsilon(x) is at most `share`.
  static double ResolutionFor(int order, double x, double share);

private:
  double PerSquare;
  /// log k~(x) + x^2 / 2 = sum_k Polynomial[k] v^k, v = PerSquare x^2 - 1.
  std::array<double, Degree + 1> Polynomial{};
};
}

#endif
