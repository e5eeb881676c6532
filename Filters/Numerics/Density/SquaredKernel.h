// SPDX-License-Identifier: BSD-3-Clause
#ifndef Density_SquaredKernel_h
#define Density_SquaredKernel_h

#include "Numerics/Base/GaussianKernel.h"
#include "Numerics/Cloud/CloudMoments.h"
#include "Numerics/Cloud/Domain.h"
#include "Numerics/Cloud/SampleSource.h"

namespace scorefields
{
/// The sum of the squared kernels of a cloud, sum_i w_i^2 K(x - x_i)^2, is c times a sum of the
/// kernel k of half the covariance, c = K(0) 2^(-d/2), since K(u)^2 = c k(u).
///
/// Along a closed axis K is the sum of its images, whose square also has the products of two of
/// them. The product of Gaussians around y and z is exp(-(y - z)^2 / (4 h^2)) times c k around
/// (y + z) / 2, so that the square is the sum of folded k around at most four places. With the
/// offset y of a sample from the lower end, the length L of the box and
///
///   E(s, t) = sum over even m of exp(-((s + m t) / (2 h))^2),   O the same over odd m,
///
/// these are, for an axis that is
///   periodic:    y with the weight E(0, L), and y + L/2 with O(0, L);
///   reflecting:  y with E(0, 2L), L - y with O(0, 2L), and the walls 0 with E(2y, 2L) and L with
///                O(2y, 2L).
///
/// Entries are those of the samples once for each choice of places along the axes; batches have the
/// places whose weight is above 1e-18.
class SquaredKernelSource : public SampleSource
{
public:
  /// @param samples  must outlive this object.
  /// @param kernel   K. @throws std::invalid_argument if it has correlations and the domain is
  ///                 closed: then the square is no such sum.
  SquaredKernelSource(
    const SampleSource& samples, const GaussianKernel& kernel, const Domain& domain);

  Index EntryCount() const override;
  bool IsWeighted() const override { return true; }
  SampleBatch Read(Index begin, Index end, Storage& storage) const override;

private:
  struct AxisPlaces
  {
    Boundary Kind = Boundary::Open;
    double Lower = 0.0;
    double Length = 0.0;
    double Bandwidth = 0.0;

    Index Count() const;
    /// The coordinate becomes that of the place. @return the place's weight.
    double Move(Index place, double& coordinate) const;
  };

  const SampleSource& Source;
  std::array<AxisPlaces, 3> ByAxis;
};

/// Count, TotalWeight and bounds of the source, over all parts of the cloud: what EstimateDensity
/// needs. Collective. Cost: one pass.
/// @param moments  of the samples.
CloudMoments MomentsOfSquares(const SquaredKernelSource& squares, const CloudMoments& moments,
  const Domain& domain, const Exchange& parts);
}

#endif
