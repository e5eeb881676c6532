// SPDX-License-Identifier: BSD-3-Clause
#ifndef Tails_WhiteCells_h
#define Tails_WhiteCells_h

#include "Numerics/Base/Execution.h"
#include "Numerics/Base/GaussianKernel.h"
#include "Numerics/Cloud/CloudMoments.h"
#include "Numerics/Cloud/SampleSource.h"

#include <cstdint>
#include <vector>

namespace scorefields
{
/// A cloud's box cut into equal cells, in the coordinates z = W (x - mean of the cloud) along the
/// active axes, with W' W the inverse of the kernel's covariance, in which the kernel is the unit
/// Gaussian. Cells are a quarter of a bandwidth wide, or wider: there are at most 16384 on a line,
/// 128 along each of two axes, 25 along each of three.
class WhiteCells
{
public:
  WhiteCells(const GaussianKernel& kernel, const CloudMoments& moments);

  /// W; 0 beyond the kernel's dimension.
  const Eigen::Matrix3d& Root() const { return this->Whitening; }
  Eigen::Vector3d White(const Eigen::Vector3d& point) const
  {
    return this->Whitening * (point - this->Mean);
  }

  const Index3& Parts() const { return this->Numbers; } ///< cells along each axis of z
  const Eigen::Array3d& Lower() const { return this->Corner; }
  const Eigen::Array3d& Side() const { return this->Sides; }
  Index Size() const { return this->Numbers.prod(); }
  Eigen::Array3d Centre(Index cell) const;

  /// Rows of the moments.
  enum Row
  {
    Weight,
    First, ///< three: sums of w (z - centre of the cell)
    Rows = First + 3
  };
  /// What Count finds.
  struct Census
  {
    Eigen::ArrayXXd Moments;         ///< of each cell's samples, by (row, cell)
    std::vector<std::uint16_t> Cell; ///< of each sample, in the places of the source's entries
  };
  /// The same for any number of threads.
  Census Count(const SampleSource& source, const Execution& execution) const;

  /// The samples in the cells whose flags are not 0, in order.
  static Samples Collect(const SampleSource& source, const std::vector<std::uint16_t>& cellOf,
    const std::vector<unsigned char>& chosen, const Execution& execution);

private:
  /// The cell of a point, and its offset from the centre; the outermost cells reach on to infinity.
  Index Of(const double* point, Eigen::Array3d& offset) const;

  Eigen::Vector3d Mean;
  Eigen::Matrix3d Whitening = Eigen::Matrix3d::Zero(); ///< rows: axes of z; columns: of x
  Eigen::Array3d Corner = Eigen::Array3d::Zero();
  Eigen::Array3d Sides = Eigen::Array3d::Zero();
  Eigen::Array3d PerSide = Eigen::Array3d::Zero();
  Index3 Numbers = Index3::Ones();
};
}

#endif
