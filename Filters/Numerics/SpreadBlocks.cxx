// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/SpreadBlocks.h"

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
SampleLocator::SampleLocator(const MeshPlan& plan, const Grid& grid)
  : Dimension(plan.Dimension)
  , Lines{}
{
  for (std::size_t a = 0; a < static_cast<std::size_t>(plan.Dimension); ++a)
  {
    const MeshAxis& axis = plan.Axes[a];
    const bool closed = !std::isfinite(axis.KeepAbove);
    const double length =
      static_cast<double>(grid.Dimensions[axis.Axis] - 1) * grid.Spacing[axis.Axis];
    Line& line = this->Lines[a];
    line.Axis = axis.Axis;
    line.Origin = axis.Origin;
    line.PerSpacing = 1.0 / axis.Spacing;
    line.Shift = 1.0 - 0.5 * plan.Order;
    line.Size = static_cast<double>(axis.Size);
    line.KeepAbove = axis.KeepAbove;
    line.KeepUpTo = axis.KeepUpTo;
    line.Lower = closed ? axis.KeepAbove : axis.Origin;
    line.Upper = closed ? axis.KeepUpTo : axis.Origin + length;
  }
}

//------------------------------------------------------------------------------
SortedSamples::SortedSamples(const MeshBlocks& blocks, const SampleLocator& locator,
  const SampleSource& source, Index capacity)
  : Blocks(blocks)
  , Locator(locator)
  , Source(source)
  , Memory(new MeshSample[static_cast<std::size_t>(capacity)])
  , BlockOf(new std::uint32_t[static_cast<std::size_t>(capacity)])
  , Begins(static_cast<std::size_t>(blocks.Count() + 1))
{
}

// The block of each sample, how many of a piece fall into each, and what falls out.
void SortedSamples::Count(Index begin, Index end, const Execution& execution)
{
  const Index pieces = (end - begin + PieceSize - 1) / PieceSize;
  const Index blockCount = this->Blocks.Count();
  this->Places.assign(static_cast<std::size_t>(pieces * blockCount), 0);
  this->Totals.assign(static_cast<std::size_t>(pieces), { 0.0, 0.0 });
  execution.For(pieces,
    [&](Index firstPiece, Index lastPiece)
    {
      SampleSource::Storage storage;
      for (Index piece = firstPiece; piece < lastPiece; ++piece)
      {
        std::uint32_t* blockOf = this->BlockOf.get() + piece * PieceSize;
        Index* const counts = this->Places.data() + piece * blockCount;
        double outside = 0.0;
        double dropped = 0.0;
        const auto count = [&](const SampleRun& run)
        {
          for (Index i = 0; i < run.Count; ++i)
          {
            MeshSample sample;
            const bool kept = this->Locator.Locate(run.Points + 3 * i, sample);
            const Index block = this->Blocks.Of(sample);
            counts[block] += kept ? 1 : 0;
            *blockOf++ = kept ? static_cast<std::uint32_t>(block) : Dropped;
            outside += this->Locator.IsInside(run.Points + 3 * i) ? 0.0 : run.Weight(i);
            dropped += kept ? 0.0 : run.Weight(i);
          }
        };
        const Index last = std::min(end, begin + (piece + 1) * PieceSize);
        ForEachRun(this->Source, begin + piece * PieceSize, last, storage, count);
        this->Totals[static_cast<std::size_t>(piece)] = { outside, dropped };
      }
    });
}

// From numbers of samples to the places where they go, pieces in order within a block.
void SortedSamples::Accumulate()
{
  const auto pieces = static_cast<Index>(this->Totals.size());
  const Index blockCount = this->Blocks.Count();
  Index next = 0;
  for (Index block = 0; block < blockCount; ++block)
  {
    this->Begins[static_cast<std::size_t>(block)] = next;
    for (Index piece = 0; piece < pieces; ++piece)
    {
      Index& place = this->Places[static_cast<std::size_t>(piece * blockCount + block)];
      const Index here = place;
      place = next;
      next += here;
    }
  }
  this->Begins.back() = next;
}

void SortedSamples::Scatter(Index begin, Index end, const Execution& execution)
{
  execution.For(static_cast<Index>(this->Totals.size()),
    [&](Index firstPiece, Index lastPiece)
    {
      SampleSource::Storage storage;
      for (Index piece = firstPiece; piece < lastPiece; ++piece)
      {
        const std::uint32_t* blockOf = this->BlockOf.get() + piece * PieceSize;
        Index* const places = this->Places.data() + piece * this->Blocks.Count();
        const auto scatter = [&](const SampleRun& run)
        {
          for (Index i = 0; i < run.Count; ++i)
          {
            const std::uint32_t block = *blockOf++;
            if (block != Dropped)
            {
              MeshSample& sample = this->Memory[static_cast<std::size_t>(places[block]++)];
              this->Locator.Locate(run.Points + 3 * i, sample);
              sample.Weight = run.Weight(i);
            }
          }
        };
        const Index last = std::min(end, begin + (piece + 1) * PieceSize);
        ForEachRun(this->Source, begin + piece * PieceSize, last, storage, scatter);
      }
    });
}

void SortedSamples::Sort(
  Index begin, Index end, std::array<double, 2>& totals, const Execution& execution)
{
  this->Count(begin, end, execution);
  this->Accumulate();
  this->Scatter(begin, end, execution);
  for (const auto& part : this->Totals)
  {
    totals[0] += part[0];
    totals[1] += part[1];
  }
}
}
