// SPDX-License-Identifier: BSD-3-Clause
#ifndef Tails_MeshSumTile_h
#define Tails_MeshSumTile_h

#include "Numerics/Tails/MeshKernel.h"
#include "Numerics/Tails/MeshPart.h"
#include "Numerics/Tails/MeshReach.h"
#include "Numerics/Tails/MeshSum.h"
#include "Numerics/Tails/MeshTile.h"

#include <array>
#include <vector>

namespace scorefields
{
/// What all tiles of one evaluation of a MeshSum share.
struct MeshSumSetting
{
  const std::vector<SplineMesh>& Levels;
  const std::array<int, 3>& Axes;
  const MeshReach& Reach;
  const MeshSum::Task& Task;
  Eigen::Array3d Bandwidths = Eigen::Array3d::Ones(); ///< along mesh axes
  /// By axis, of the levels that carry the bandwidths.
  std::vector<std::vector<MeshKernel>> Kernels;
  Index3 TileNodes = Index3::Ones(); ///< along mesh axes
  double LogFactor = 0.0;            ///< of the density over the sum
  double SampleShare = 0.0;          ///< effective sample size over the density
  double LogWeights = 0.0;           ///< of the mesh, together

  MeshSumSetting(const std::vector<SplineMesh>& levels, const std::array<int, 3>& axes,
    const MeshReach& reach, const MeshSum::Task& task)
    : Levels(levels)
    , Axes(axes)
    , Reach(reach)
    , Task(task)
  {
  }

  int Dimension() const { return this->Levels.front().Dimension; }
};

/// Evaluates tiles of a grid one after another; one per thread.
class MeshSumTile
{
public:
  MeshSumTile(const MeshSumSetting& setting, unsigned char* wanted)
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
  std::size_t LevelFor(const MeshPart& part) const;
  /// Largest distances along the axes between points of the tile and of a box, in bandwidths.
  Eigen::Array3d Farthest(const Eigen::Array3d& low, const Eigen::Array3d& high) const;
  /// Whether the sums at all points of the tile are numbers.
  bool IsInRange(const MeshPart& part) const;
  /// The samples near nodes of the finest mesh have weight on nodes of a coarser one half a spline
  /// farther out.
  void Widen(std::size_t level);
  void Write();
  void WriteRow(Index entry, const double* values, double factor, double* target) const;
  void WriteScore(Index entry, Index j, Index k) const;

  const MeshSumSetting& Shared;
  unsigned char* Wanted;
  std::array<MeshTile::Points, 3> Points;
  Index3 Strides = Index3::Zero(); ///< of entries, along mesh axes
  Index Entry = 0;                 ///< of the tile's first node, which may be outside the block
  Index3 Begin = Index3::Zero();   ///< of the tile's nodes: those in the block
  Index3 End = Index3::Ones();
  MeshReach::Box Box;
  MeshReach::Search Search;
  MeshPart Part;
  MeshTile Sums;
};
}

#endif
