// SPDX-License-Identifier: BSD-3-Clause
#ifndef Bandwidth_PowerSpectrumCriterion_h
#define Bandwidth_PowerSpectrumCriterion_h

#include "Numerics/Bandwidth/PairCriterion.h"
#include "Numerics/Transform/FourierGrid.h"

namespace scorefields
{
/// The least squares criteria for any number of points, from the power spectrum of the spread
/// samples: with F the transform of sum_i w_i delta(z - z_i) in a box of volume B,
///   sum_ij w_i w_j K_h(z_i - z_j)     =  (1/B) sum_k |F_k|^2 exp(-h^2 k^2 / 2),
///   sum_ij w_i w_j lap K_h(z_i - z_j) = -(1/B) sum_k k^2 |F_k|^2 exp(-h^2 k^2 / 2),
/// less the terms i = j. In a closed box the transform has its boundaries (FftOptions.h), and so
/// the sums have the images; those of the points themselves are taken away (LocationImages.h).
/// Points are spread by B-splines with deconvolution (MeshPlan.h).
///
/// Error: 1e-6 of the density's maximum, for each of the two sums and h in the range planned for.
/// Cost: O(n p^d + N log N) once, then O(kept frequencies) per bandwidth.
class PowerSpectrumCriterion
{
public:
  /// @param locations  must outlive this object.
  /// @param least,largest  the bandwidths to be asked for.
  PowerSpectrumCriterion(const Locations& locations, double least, double largest);

  /// False if the mesh for these bandwidths would have more than 2^24 nodes: nothing else may be
  /// called then.
  bool IsAffordable() const;
  void Transform(const Execution& execution);
  /// @param criterion  one of the least squares ones.
  double operator()(Criterion criterion, double bandwidth) const;

private:
  double Pairs(bool laplacian, double bandwidth) const;

  const Locations& Points;
  Axes Active;
  Grid Box;
  MeshPlan Plan;
  FourierGrid Spectrum;
};
}

#endif
