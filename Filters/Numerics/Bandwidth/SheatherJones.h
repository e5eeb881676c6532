// SPDX-License-Identifier: BSD-3-Clause
#ifndef Bandwidth_SheatherJones_h
#define Bandwidth_SheatherJones_h

#include "Numerics/Bandwidth/Locations.h"

namespace scorefields
{
/// Up to this many locations the cosine sums are exact.
constexpr Index DirectSheatherJones = 4096;

/// What the rule finds along an axis.
struct PlugInBandwidth
{
  /// 0 if the locations do not differ along the axis, or if the equation has no solution.
  double Bandwidth = 0.0;
  /// q, the share of int f^2 that pairs of points with the same coordinate have; f is the estimate
  /// of this bandwidth along the axis.
  double TiedShare = 0.0;

  /// True if most of int f^2 stems from points with the same coordinate: the bandwidth then shows
  /// to which values the points were rounded, or a value that very many share, and nothing else.
  bool TracesTies() const { return this->TiedShare > 0.5; }
};

/// The improved Sheather-Jones bandwidth of the coordinate `axis` of the locations: a solution of
/// t = xi gamma^[5](t), h = R sqrt(t), on an interval of length R: the box of a closed axis, else
/// one that exceeds the range of the data by a tenth of it on either side. The density is a sum of
/// cosines of pi k x / R there, which mirror it at the ends, or along a periodic axis of waves of
/// 2 pi k x / R.
///
/// It makes the asymptotic mean integrated squared error of a one-dimensional density least and
/// takes no reference distribution to be true. n is the effective number of points,
/// (sum w)^2 / sum w^2; coincident points count each.
///
/// Of several solutions, the largest h up to 1.5 times 1.144 s n^(-1/5), s the standard deviation:
/// without the 1.5 no density has a larger best bandwidth (Terrell 1990). If there is none, the
/// least above it with t below 0.1. Smaller solutions follow the ties of rounded data: on values
/// rounded to a step, q is step / (2 sqrt(pi) h), and the rounding's own solution is one with
/// q > 1/2, where kernels of neighbouring values hardly touch.
///
/// Up to 4096 locations: sums over the data. More: of 2^14 bins with linear binning, of which
/// the added variance is taken away again; relative error of h below (R / (2^14 h))^2.
///
/// Source: Botev, Grotowski and Kroese, "Kernel density estimation via diffusion", Annals of
/// Statistics 38 (2010), algorithm 1 with l = 7. Its program takes the number of distinct values
/// for n instead, which is another bandwidth on rounded data, and another with weights.
/// Cost: O(4096 n) or O(n log n).
PlugInBandwidth SheatherJonesBandwidth(const Locations& locations, int axis);
}

#endif
