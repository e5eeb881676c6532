// SPDX-License-Identifier: BSD-3-Clause
#ifndef Tails_TailPart_h
#define Tails_TailPart_h

#include "Numerics/Base/Types.h"

#include <vector>

namespace scorefields
{
/// A part of a mesh: a box of nodes, and in it for each row of blocks of nodes, along the first
/// axis, how far it reaches. Coordinates are along mesh axes, relative to the grid's origin.
class TailPart
{
public:
  struct Interval
  {
    double Low;
    double High; ///< below Low: empty
  };

  Eigen::Array3d Low = Eigen::Array3d::Zero();
  Eigen::Array3d High = Eigen::Array3d::Zero();
  Eigen::Array3d InnerLow = Eigen::Array3d::Zero(); ///< of a box that holds nearly all of a sum
  Eigen::Array3d InnerHigh = Eigen::Array3d::Zero();
  Eigen::Array3d Reference = Eigen::Array3d::Zero(); ///< see TailReach.h
  double LogWeight = 0.0;                            ///< of the reference

  /// Makes rows of blocks that fill the box from Low to High, all empty.
  /// @param lengths  of a block.
  void StartRows(const Eigen::Array3d& lengths);
  /// Makes a row reach over an interval. @param j, k  its number along the other axes.
  void Extend(Index j, Index k, const Interval& interval);
  /// Makes the part reach farther, on all sides. Once.
  void Widen(const Eigen::Array3d& margin);

  /// How far along the first axis the part reaches at coordinates in two intervals along the
  /// others.
  Interval Along(const Interval& second, const Interval& third) const;

private:
  Index FirstRow(Index axis, double low) const;
  Index LastRow(Index axis, double high) const;

  Eigen::Array3d RowLength = Eigen::Array3d::Ones();
  Eigen::Array3d Margin = Eigen::Array3d::Zero();
  Index3 RowCount = Index3::Ones(); ///< along the second and third axis
  std::vector<Interval> Rows;
};
}

#endif
