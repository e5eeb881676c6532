// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/SpreadBlocks.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

namespace scorefields
{
namespace
{
constexpr Index PieceSize = 1 << 15;
constexpr std::uint32_t Dropped = std::numeric_limits<std::uint32_t>::max();

// Blocks of 1024, 64^2 and 16^3 nodes: with their margins they fit a core's cache.
int BlockShift(int dimension)
{
  return dimension == 1 ? 10 : (dimension == 2 ? 6 : 4);
}
}

MeshBlocks::MeshBlocks(const MeshPlan& plan)
  : Shift(BlockShift(plan.Dimension))
{
  for (int a = 0; a < plan.Dimension; ++a)
  {
    this->Sizes[a] = plan.Axes[static_cast<std::size_t>(a)].Size;
    // The last block takes the rest, so that none is shorter than 2^Shift unless all is one block.
    this->Numbers[a] = std::max<Index>(1, this->Sizes[a] >> this->Shift);
  }
}

Index3 MeshBlocks::Place(Index block) const
{
  const Index row = block / this->Numbers[0];
  return { block % this->Numbers[0], row % this->Numbers[1], row / this->Numbers[1] };
}

Index3 MeshBlocks::First(Index block) const
{
  const Index3 place = this->Place(block);
  return { place[0] << this->Shift, place[1] << this->Shift, place[2] << this->Shift };
}

Index3 MeshBlocks::Length(Index block) const
{
  const Index3 place = this->Place(block);
  Index3 length;
  for (int a = 0; a < 3; ++a)
  {
    const bool last = place[a] == this->Numbers[a] - 1;
    length[a] = last ? this->Sizes[a] - (place[a] << this->Shift) : Index(1) << this->Shift;
  }
  return length;
}

int MeshBlocks::Colour(Index block) const
{
  const Index3 place = this->Place(block);
  int colour = 0;
  for (int a = 0; a < 3; ++a)
  {
    // Around the period the last of an odd number of blocks touches the first.
    const bool third = place[a] > 0 && place[a] == this->Numbers[a] - 1 && place[a] % 2 == 0;
    colour = 3 * colour + (third ? 2 : static_cast<int>(place[a] % 2));
  }
  return colour;
}

//------------------------------------------------------------------------------
SampleLocator::SampleLocator(const MeshPlan& plan, const Grid& grid, const Samples& samples)
  : Cloud(samples)
  , Dimension(plan.Dimension)
  , Axes(plan.Axes)
  , Shift(1.0 - 0.5 * plan.Order)
{
  for (std::size_t a = 0; a < static_cast<std::size_t>(plan.Dimension); ++a)
  {
    const MeshAxis& axis = plan.Axes[a];
    const bool closed = !std::isfinite(axis.KeepAbove);
    const double length =
      static_cast<double>(grid.Dimensions[axis.Axis] - 1) * grid.Spacing[axis.Axis];
    this->Lower[a] = closed ? axis.KeepAbove : axis.Origin;
    this->Upper[a] = closed ? axis.KeepUpTo : axis.Origin + length;
  }
}

bool SampleLocator::Locate(Index i, MeshSample& located) const
{
  located.Weight = this->Cloud.Weight(i);
  bool kept = true;
  for (std::size_t a = 0; a < static_cast<std::size_t>(this->Dimension); ++a)
  {
    const MeshAxis& axis = this->Axes[a];
    const double x = this->Cloud.Points(axis.Axis, i);
    const auto size = static_cast<double>(axis.Size);
    double u = (x - axis.Origin) / axis.Spacing + this->Shift;
    if (!(u >= 0.0 && u < size))
    {
      u -= size * std::floor(u / size);
      u = u >= 0.0 && u < size ? u : 0.0; // rounding at the seam
    }
    located.Position[a] = u;
    kept = kept && x > axis.KeepAbove && x <= axis.KeepUpTo;
  }
  for (auto a = static_cast<std::size_t>(this->Dimension); a < 3; ++a)
  {
    located.Position[a] = 0.0;
  }
  return kept;
}

bool SampleLocator::IsInside(Index i) const
{
  bool inside = true;
  for (std::size_t a = 0; a < static_cast<std::size_t>(this->Dimension); ++a)
  {
    const double x = this->Cloud.Points(this->Axes[a].Axis, i);
    inside = inside && x >= this->Lower[a] && x <= this->Upper[a];
  }
  return inside;
}

//------------------------------------------------------------------------------
namespace
{
// First pass: the block of each sample, how many of a piece fall into each, and what falls out.
struct Census
{
  std::vector<std::uint32_t> Block;
  std::vector<Index> Counts; // [piece][block], then where the piece writes
  std::vector<std::array<double, 2>> Totals;
};

Census TakeCensus(const MeshBlocks& blocks, const SampleLocator& locator, const Samples& samples,
  Index begin, Index end, const Execution& execution)
{
  const Index pieces = (end - begin + PieceSize - 1) / PieceSize;
  const Index count = blocks.Count();
  Census census;
  census.Block.resize(static_cast<std::size_t>(end - begin));
  census.Counts.assign(static_cast<std::size_t>(pieces * count), 0);
  census.Totals.assign(static_cast<std::size_t>(pieces), { 0.0, 0.0 });
  execution.For(pieces,
    [&](Index firstPiece, Index lastPiece)
    {
      for (Index piece = firstPiece; piece < lastPiece; ++piece)
      {
        Index* const counts = census.Counts.data() + piece * count;
        auto& totals = census.Totals[static_cast<std::size_t>(piece)];
        const Index last = std::min(end, begin + (piece + 1) * PieceSize);
        for (Index i = begin + piece * PieceSize; i < last; ++i)
        {
          MeshSample sample;
          const bool kept = locator.Locate(i, sample);
          const Index block = kept ? blocks.Of(sample) : 0;
          counts[block] += kept ? 1 : 0;
          census.Block[static_cast<std::size_t>(i - begin)] =
            kept ? static_cast<std::uint32_t>(block) : Dropped;
          totals[0] += locator.IsInside(i) ? 0.0 : samples.Weight(i);
          totals[1] += kept ? 0.0 : samples.Weight(i);
        }
      }
    });
  return census;
}
}

SortedSamples SortByBlock(const MeshBlocks& blocks, const SampleLocator& locator,
  const Samples& samples, Index begin, Index end, std::array<double, 2>& totals,
  const Execution& execution)
{
  Census census = TakeCensus(blocks, locator, samples, begin, end, execution);
  const auto pieces = static_cast<Index>(census.Totals.size());
  const Index count = blocks.Count();
  SortedSamples sorted;
  sorted.Begin.resize(static_cast<std::size_t>(count + 1));
  Index next = 0;
  for (Index block = 0; block < count; ++block)
  {
    sorted.Begin[static_cast<std::size_t>(block)] = next;
    for (Index piece = 0; piece < pieces; ++piece)
    {
      Index& place = census.Counts[static_cast<std::size_t>(piece * count + block)];
      const Index here = place;
      place = next;
      next += here;
    }
  }
  sorted.Begin.back() = next;
  for (const auto& part : census.Totals)
  {
    totals[0] += part[0];
    totals[1] += part[1];
  }
  sorted.Located.resize(static_cast<std::size_t>(next));
  execution.For(pieces,
    [&](Index firstPiece, Index lastPiece)
    {
      for (Index piece = firstPiece; piece < lastPiece; ++piece)
      {
        Index* const places = census.Counts.data() + piece * count;
        const Index last = std::min(end, begin + (piece + 1) * PieceSize);
        for (Index i = begin + piece * PieceSize; i < last; ++i)
        {
          const std::uint32_t block = census.Block[static_cast<std::size_t>(i - begin)];
          if (block != Dropped)
          {
            locator.Locate(i, sorted.Located[static_cast<std::size_t>(places[block]++)]);
          }
        }
      }
    });
  return sorted;
}
}
