// SPDX-License-Identifier: BSD-3-Clause
#ifndef Tails_TailKernel_h
#define Tails_TailKernel_h

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
/// which is even and smooth: its logarithm less -x^2 / 2 is a polynomial of x^2, here of degree 9
/// (error below 1e-10). The same path gives the aliases' share of one sample's own summand,
///   epsilon(x) = sum over m != 0 of E[|z / (z + pi m)|^p], about 2 (x c / 2 pi)^p:
/// a relative error, however small the summand is. All terms of the sum are positive.
class TailKernel
{
public:
  /// Below this many nodes per bandwidth the cut at the mesh's highest frequency would show.
  static constexpr double LeastResolution = 3.0;
  static constexpr int LeastOrder = 6;
  static constexpr int Degree = 9;

  /// @param order       of the splines, LeastOrder or more.
  /// @param resolution  bandwidth / spacing of the mesh, LeastResolution or more.
  /// @param tolerance   of epsilon.
  TailKernel(int order, double resolution, double tolerance);

  /// Samples up to Near bandwidths away have their summands to half the tolerance; those that hold
  /// no more than FarShare of a sum may be up to Far bandwidths away, so that together they are off
  /// by the other half. Gradients are off by the distance + 1 times that.
  double Near() const { return this->NearDistance; }
  double Far() const { return this->FarDistance; }
  static constexpr double FarShare = 0.01;

  /// log k~(x) + x^2 / 2 = sum_k Coefficients[k] v^k, v = Scale x^2 - 1; for |x| up to Far and half
  /// a spline beyond.
  double LogRatio(double x) const;
  double Scale() const { return this->PerSquare; }
  const std::array<double, Degree + 1>& Coefficients() const { return this->Polynomial; }

  /// epsilon(x).
  static double AliasShare(int order, double resolution, double x);

private:
  double NearDistance;
  double FarDistance;
  double PerSquare;
  std::array<double, Degree + 1> Polynomial{};
};
}

#endif
