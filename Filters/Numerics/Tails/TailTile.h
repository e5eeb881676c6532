// SPDX-License-Identifier: BSD-3-Clause
#ifndef Tails_TailTile_h
#define Tails_TailTile_h

#include "Numerics/Tails/AxisSums.h"
#include "Numerics/Tails/TailKernel.h"
#include "Numerics/Tails/TailPart.h"
#include "Numerics/Tails/TailReach.h"
#include "Numerics/Tails/TailSum.h"

#include <array>
#include <vector>

namespace scorefields
{
/// What all tiles of one evaluation of a TailSum share.
struct TailTileSetting
{
  const std::vector<TailMesh>& Levels;
  const std::array<int, 3>& Axes;
  const TailReach& Reach;
  const TailSum::Task& Task;
  Eigen::Array3d Bandwidths = Eigen::Array3d::Ones(); ///< along mesh axes
  /// By axis, of the levels that carry the bandwidths.
  std::vector<std::vector<TailKernel>> Kernels;
  Index3 TileNodes = Index3::Ones(); ///< along mesh axes
  double LogFactor = 0.0;            ///< of the density over the sum
  double SampleShare = 0.0;          ///< effective sample size over the density
  double LogWeights = 0.0;           ///< of the mesh, together

  TailTileSetting(const std::vector<TailMesh>& levels, const std::array<int, 3>& axes,
    const TailReach& reach, const TailSum::Task& task)
    : Levels(levels)
    , Axes(axes)
    , Reach(reach)
    , Task(task)
  {
  }

  int Dimension() const { return this->Levels.front().Dimension; }
};

/// Evaluates tiles of a grid one after another; one per thread.
class TailTile
{
public:
  TailTile(const TailTileSetting& setting, unsigned char* wanted)
    : Shared(setting)
    , Wanted(wanted)
  {
  }

  /// @param tile  its place among the tiles of the grid, along mesh axes.
  void Evaluate(const Index3& tile);

private:
  /// The tile's nodes, and those of them in the block.
  void Place(const Index3& tile);
  /// Calls consume for the rows of the tile, along the first axis, with the entry of a node 0.
  template <class Consumer>
  void ForEachRow(const Consumer& consume) const
  {
    for (Index k = this->Begin[2]; k < this->End[2]; ++k)
    {
      for (Index j = this->Begin[1]; j < this->End[1]; ++j)
      {
        consume(this->Entry + j * this->Strides[1] + k * this->Strides[2], j, k);
      }
    }
  }
  /// Whether any sample may be near enough for the finest mesh.
  bool IsNear() const;
  bool IsWanted() const;
  bool IsRowWanted(Index entry) const;
  bool Find();
  /// The coarsest level on which samples of the part are near enough; the number of levels if none
  /// is, or if the sums would leave the range of doubles.
  std::size_t LevelFor(const TailPart& part) const;
  /// Largest distances along the axes between points of the tile and of a box, in bandwidths.
  Eigen::Array3d Farthest(const Eigen::Array3d& low, const Eigen::Array3d& high) const;
  /// Whether the sums at all points of the tile are numbers.
  bool IsInRange(const TailPart& part) const;
  /// The samples near nodes of the finest mesh have weight on nodes of a coarser one half a spline
  /// farther out.
  void Widen(std::size_t level);
  void Write();
  void WriteRow(Index entry, const double* values, double factor, double* target) const;
  void WriteScore(Index entry, Index j, Index k) const;

  const TailTileSetting& Shared;
  unsigned char* Wanted;
  std::array<AxisSums::Points, 3> Points;
  Index3 Strides = Index3::Zero(); ///< of entries, along mesh axes
  Index Entry = 0;                 ///< of the tile's first node, which may be outside the block
  Index3 Begin = Index3::Zero();   ///< of the tile's nodes: those in the block
  Index3 End = Index3::Ones();
  TailReach::Box Box;
  TailReach::Search Search;
  TailPart Part;
  AxisSums Sums;
};
}

#endif
