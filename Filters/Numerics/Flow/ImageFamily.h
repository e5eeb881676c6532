// SPDX-License-Identifier: BSD-3-Clause
#ifndef Flow_ImageFamily_h
#define Flow_ImageFamily_h

#include "Numerics/Flow/HermiteField.h"
#include "Numerics/Flow/SmoothDensity.h"

namespace scorefields
{
/// A log density and its score at the nodes of a grid, whose axes may be turned in space: node y of
/// the grid lies at Origin + Direction (y - Origin).
struct ScoreImage
{
  Grid Nodes;
  Eigen::Matrix3d Direction = Eigen::Matrix3d::Identity(); ///< columns: the axes i, j, k
  Eigen::VectorXd LogDensity;                              ///< one per node; NaN: none there
  Eigen::Matrix3Xd Score;                                  ///< one column per node, in space
};

/// The axes of space along which the image extends.
/// @throws std::invalid_argument naming ScoreImage if it has one node, or if fewer image axes than
///         axes of space are needed to span it: it lies obliquely.
Axes SpaceAxesOf(const ScoreImage& image);

/// A density known on an image, at one bandwidth: log density and score are the Hermite interpolant
/// (HermiteField.h) and its gradient, so that they belong together.
///
/// With f the log density, D the spacing and k4 the fourth cumulant, along an axis, of the samples
/// as x sees them, d^4 f / dx^4 = k4 / h^8 for a kernel density: the error of h times the score is
/// about 0.008 (D / h)^3 k4 / h^4 for each axis, of the log density 0.0026 (D / h)^4 k4 / h^4.
///
/// Outside of the image the log density goes on from the nearest point b of the image,
///   log p(x) = log p(b) + s(b)' u - u' M^-1 u / 2,   s(x) = s(b) - M^-1 u,   u = x - b,
/// M the unit of steps: for M = H the mean of the samples that x sees is that which b sees, so the
/// score is off by the difference of the two over h^2. In a gap (HermiteField.h) the log density is
/// NaN, score and Hessian are 0.
class ImageFamily : public DensityFamily
{
public:
  /// @param kernel  H, along SpaceAxesOf(image). @param unit  M; see DensityFamily::StepUnitAt.
  /// @throws std::invalid_argument like SpaceAxesOf, and if no node has a value.
  ImageFamily(const ScoreImage& image, const GaussianKernel& kernel, const Eigen::Matrix3d& unit,
    const Execution& execution);

  /// @throws std::invalid_argument naming ScoreImage for any but the image's own bandwidth.
  std::shared_ptr<const SmoothDensity> At(
    double bandwidth, const Execution& execution) const override;
  GaussianKernel KernelAt(double bandwidth) const override;
  Eigen::Matrix3d StepUnitAt(double bandwidth) const override;

private:
  std::shared_ptr<const SmoothDensity> Source;
  GaussianKernel Kernel;
  Eigen::Matrix3d Unit;
};
}

#endif
