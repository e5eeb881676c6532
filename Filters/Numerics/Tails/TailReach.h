// SPDX-License-Identifier: BSD-3-Clause
#ifndef Tails_TailReach_h
#define Tails_TailReach_h

#include "Numerics/Tails/TailCensus.h"
#include "Numerics/Tails/TailMesh.h"
#include "Numerics/Tails/TailPart.h"

#include <array>
#include <utility>
#include <vector>

namespace scorefields
{
/// Finds which part of a mesh counts in a box of evaluation points, for a Gaussian kernel with one
/// bandwidth per axis.
///
/// By Jensen's inequality the sum over some nodes z with weights m, which is S at the centre c of
/// the box and there has its mean at z_0, is at c + delta at least what one node at z_0 would give
/// that gives S at c (distances in bandwidths):
///   log sum m exp(-(c + delta - z)^2 / 2) >= log S - delta^2 / 2 + delta (z_0 - c).
/// The nodes of the block that counts most and those around it are taken for that. Relative to it,
/// a node z of weight m adds no more than the factor
///   exp(log(m / m_0) + sum_a (-(c - z)^2 / 2 + (c - z_0)^2 / 2 + delta (z - z_0))),
/// which is bounded axis by axis for the nodes of a block of the mesh. Blocks whose bounds, with
/// all their weight, stay below a cutoff hold together at most the tolerance of the sum at any
/// point of the box.
class TailReach
{
public:
  /// A box of evaluation points: along mesh axes, relative to the grid's origin.
  struct Box
  {
    Eigen::Array3d Centre = Eigen::Array3d::Zero();
    Eigen::Array3d Half = Eigen::Array3d::Zero();
  };
  struct Wish
  {
    Eigen::Array3d Bandwidths; ///< along mesh axes; 1 beyond the dimension
    Eigen::Array3d Farthest;   ///< see Find
    double LogTolerance;       ///< of what is left out
    double OuterShare;         ///< that may be outside of the inner box
    double Slack;              ///< how much the logarithms of the factors may be off
  };
  /// What a search works with; one per thread.
  struct Search
  {
    std::array<std::vector<double>, 3> Bounds;
    std::array<std::vector<double>, 3> Factors;
    std::vector<double> Values;
    std::vector<std::pair<Index, double>> Candidates; ///< blocks and their bounds
  };

  /// Both must outlive this.
  TailReach(const TailMesh& mesh, const TailCensus& census)
    : Nodes(mesh)
    , Census(census)
  {
  }

  /// @return whether the reference is within Farthest of all points of the box, along each axis; if
  ///         not, nothing else is found.
  /// Cost: about a nanosecond for each block, less where whole rows of them can be passed over.
  bool Find(const Box& box, const Wish& wish, Search& search, TailPart& part) const;
  /// Along each axis, the least distance of a node to a point of the box; negative if they overlap.
  Eigen::Array3d LeastDistance(const Box& box) const;

private:
  Index Nearest(const Box& box, const Wish& wish, Search& search) const;
  void Refer(const Box& box, const Wish& wish, Index block, Search& search, TailPart& part) const;
  void BoundAlong(
    Index axis, const Box& box, double bandwidth, double reference, Search& search) const;
  void CollectAbove(double least, double own, Search& search) const;
  void BoundAbove(
    double cutoff, const Search& search, Eigen::Array3d& low, Eigen::Array3d& high) const;
  void LimitRows(double cutoff, const Search& search, TailPart& part) const;

  const TailMesh& Nodes;
  const TailCensus& Census;
};
}

#endif
