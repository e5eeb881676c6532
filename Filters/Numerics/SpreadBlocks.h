// SPDX-License-Identifier: BSD-3-Clause
#ifndef Numerics_SpreadBlocks_h
#define Numerics_SpreadBlocks_h

#include "Numerics/Execution.h"
#include "Numerics/MeshPlan.h"
#include "Numerics/SampleSource.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <memory>
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
  SampleLocator(const MeshPlan& plan, const Grid& grid);

  /// False if the plan drops a sample at this point.
  bool Locate(const double* point, MeshSample& located) const
  {
    located.Position = { 0.0, 0.0, 0.0 };
    bool kept = true;
    for (int a = 0; a < this->Dimension; ++a)
    {
      const Line& line = this->Lines[static_cast<std::size_t>(a)];
      const double x = point[line.Axis];
      double u = (x - line.Origin) * line.PerSpacing + line.Shift;
      if (!(u >= 0.0 && u < line.Size))
      {
        u -= line.Size * std::floor(u / line.Size);
        u = u >= 0.0 && u < line.Size ? u : 0.0; // rounding at the seam
      }
      located.Position[static_cast<std::size_t>(a)] = u;
      kept = kept && x > line.KeepAbove && x <= line.KeepUpTo;
    }
    return kept;
  }

  /// True if the point lies in the box of the grid, or anywhere along a closed axis.
  bool IsInside(const double* point) const
  {
    bool inside = true;
    for (int a = 0; a < this->Dimension; ++a)
    {
      const Line& line = this->Lines[static_cast<std::size_t>(a)];
      const double x = point[line.Axis];
      inside = inside && x >= line.Lower && x <= line.Upper;
    }
    return inside;
  }

private:
  struct Line
  {
    int Axis;
    double Origin;
    double PerSpacing;
    double Shift;
    double Size;
    double KeepAbove;
    double KeepUpTo;
    double Lower;
    double Upper;
  };

  int Dimension;
  std::array<Line, 3> Lines;
};

/// Samples in the order of their blocks; within a block in the order in which they came.
class SortedSamples
{
public:
  /// @param capacity  the most entries that Sort is given at once.
  SortedSamples(const MeshBlocks& blocks, const SampleLocator& locator, const SampleSource& source,
    Index capacity);

  /// Sorts the samples among the entries [begin, end), in place of those before, and adds the
  /// weights outside of the box and dropped to `totals`. Cost: O(n + blocks * n / 2^15).
  void Sort(Index begin, Index end, std::array<double, 2>& totals, const Execution& execution);

  const MeshSample* Located() const { return this->Memory.get(); }
  /// Where the samples of a block begin; of the number of blocks: where the last ends.
  Index Begin(Index block) const { return this->Begins[static_cast<std::size_t>(block)]; }

private:
  void Count(Index begin, Index end, const Execution& execution);
  void Accumulate();
  void Scatter(Index begin, Index end, const Execution& execution);

  const MeshBlocks& Blocks;
  const SampleLocator& Locator;
  const SampleSource& Source;
  std::unique_ptr<MeshSample[]> Memory; // uninitialised
  std::unique_ptr<std::uint32_t[]> BlockOf;
  std::vector<Index> Begins;
  std::vector<Index> Places; ///< [piece][block]: how many samples, then where they go
  std::vector<std::array<double, 2>> Totals; ///< of each piece
};
}

#endif
