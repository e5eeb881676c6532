// SPDX-License-Identifier: BSD-3-Clause
#ifndef Bandwidth_SheatherJones_h
#define Bandwidth_SheatherJones_h

#include "Numerics/Bandwidth/Locations.h"

namespace scorefields
{
/// Up to this many locations the cosine sums are exact.
constexpr Index DirectSheatherJones = 4096;

/// The improved Sheather-Jones bandwidth of the coordinate `axis` of the locations: the solution of
/// t = xi gamma^[5](t), h = R sqrt(t), on an interval of length R that exceeds the range of the
/// data by a tenth of it on either side.
///
/// It makes the asymptotic mean integrated squared error of a one-dimensional density least and
/// takes no reference distribution to be true. Of several solutions, the largest t below 0.1.
/// Up to 4096 locations: cosine sums of the data. More: of 2^14 bins with linear binning, of which
/// the added variance is taken away again; relative error of h below (R / (2^14 h))^2.
/// As in the authors' program, the number of points is that of distinct values: it keeps rounded
/// data from looking like a comb. Weights count as shares.
///
/// Source: Botev, Grotowski and Kroese, "Kernel density estimation via diffusion", Annals of
/// Statistics 38 (2010), algorithm 1 with l = 7.
/// @return 0 if the locations do not differ along the axis, or if there is no solution, which heavy
///         ties can cause. Cost: O(4096 n) or O(n).
double SheatherJonesBandwidth(const Locations& locations, int axis);
}

#endif
