// SPDX-License-Identifier: BSD-3-Clause
#ifndef Numerics_SpreadBlocks_h
#define Numerics_SpreadBlocks_h

#include "Numerics/Execution.h"
#include "Numerics/MeshPlan.h"

#include <array>
#include <vector>

namespace scorefields
{
/// A sample on its way to the mesh: the mesh coordinate of its spline's first node, in [0, size)
/// per axis, and its weight.
struct MeshSample
{
  std::array<double, 3> Position;
  double Weight;
};

/// The partition of a periodic mesh into blocks that are at least as long as a spline, so that a
/// spline reaches no farther than into the next block along each axis.
class MeshBlocks
{
public:
  explicit MeshBlocks(const MeshPlan& plan);

  Index Count() const { return this->Numbers.prod(); }
  /// The block of a sample.
  Index Of(const MeshSample& sample) const
  {
    Index block = 0;
    for (int a = 2; a >= 0; --a)
    {
      const auto node = static_cast<Index>(sample.Position[static_cast<std::size_t>(a)]);
      block = block * this->Numbers[a] + std::min(node >> this->Shift, this->Numbers[a] - 1);
    }
    return block;
  }
  /// The first node of a block and the number of its nodes, per axis.
  Index3 First(Index block) const;
  Index3 Length(Index block) const;
  /// Blocks of one colour do not touch, not even around the period.
  static constexpr int Colours = 27;
  int Colour(Index block) const;

private:
  Index3 Place(Index block) const;

  int Shift;
  Index3 Sizes = Index3::Ones();
  Index3 Numbers = Index3::Ones();
};

/// Finds the mesh coordinates of samples.
class SampleLocator
{
public:
  SampleLocator(const MeshPlan& plan, const Grid& grid, const Samples& samples);

  /// False if the plan drops the sample.
  bool Locate(Index i, MeshSample& located) const;
  /// True if the sample lies in the box of the grid or beyond a closed boundary.
  bool IsInside(Index i) const;

private:
  const Samples& Cloud;
  int Dimension;
  std::array<MeshAxis, 3> Axes;
  std::array<double, 3> Lower{};
  std::array<double, 3> Upper{};
  double Shift;
};

/// Samples in the order of their blocks; within a block in the order in which they came.
struct SortedSamples
{
  std::vector<MeshSample> Located;
  std::vector<Index> Begin; ///< of each block, and the end of the last
};

/// Sorts the samples [begin, end) and adds the weights outside and dropped to `totals`.
SortedSamples SortByBlock(const MeshBlocks& blocks, const SampleLocator& locator,
  const Samples& samples, Index begin, Index end, std::array<double, 2>& totals,
  const Execution& execution);
}

#endif
