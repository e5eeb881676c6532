// SPDX-License-Identifier: BSD-3-Clause
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "Numerics/Transform/SpreadBuckets.cxx"
#include "Numerics/Base/EachTarget.h"

#include "Numerics/Transform/SpreadBuckets.h"

#include <hwy/highway.h>

#include <algorithm>
#include <limits>

HWY_BEFORE_NAMESPACE();
namespace scorefields
{
namespace HWY_NAMESPACE
{
namespace
{
/// blocks[i] := blocks[i] * number + the block of the position of sample i, by one axis of three.
void Number(const double* positions, Index count, int shift, std::int32_t number,
  std::uint32_t* HWY_RESTRICT blocks)
{
  for (Index i = 0; i < count; ++i)
  {
    const std::int32_t place = static_cast<std::int32_t>(positions[3 * i]) >> shift;
    blocks[i] = blocks[i] * static_cast<std::uint32_t>(number) +
      static_cast<std::uint32_t>(place < number ? place : number - 1);
  }
}
}
}
}
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace scorefields
{
HWY_EXPORT(Number);

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

MeshBuckets::MeshBuckets(const MeshPlan& plan)
  : Shift(BlockShift(plan.Dimension))
{
  int rest = plan.Dimension;
  for (int axis = 0; axis < 3; ++axis)
  {
    const auto ofPlan = plan.Axes.begin() + plan.Dimension;
    const bool active = std::any_of(
      plan.Axes.begin(), ofPlan, [axis](const MeshAxis& planned) { return planned.Axis == axis; });
    if (!active)
    {
      this->GridAxis[static_cast<std::size_t>(rest++)] = axis;
    }
  }
  for (int a = 0; a < plan.Dimension; ++a)
  {
    this->GridAxis[static_cast<std::size_t>(a)] = plan.Axes[static_cast<std::size_t>(a)].Axis;
    this->Sizes[a] = plan.Axes[static_cast<std::size_t>(a)].Size;
    // The last block takes the rest, so that none is shorter than 2^Shift unless all is one block.
    this->Numbers[a] = std::max<Index>(1, this->Sizes[a] >> this->Shift);
  }
}

void MeshBuckets::Find(const LocatedSamples& samples, std::uint32_t* blocks) const
{
  std::fill_n(blocks, samples.Count, 0U);
  for (int a = 2; a >= 0; --a)
  {
    const auto number = static_cast<std::int32_t>(this->Numbers[a]);
    if (number > 1)
    {
      HWY_DYNAMIC_DISPATCH(Number)
      (samples.Position + this->GridAxis[static_cast<std::size_t>(a)], samples.Count, this->Shift,
        number, blocks);
    }
  }
}

Index3 MeshBuckets::Place(Index block) const
{
  const Index row = block / this->Numbers[0];
  return { block % this->Numbers[0], row % this->Numbers[1], row / this->Numbers[1] };
}

Index3 MeshBuckets::First(Index block) const
{
  const Index3 place = this->Place(block);
  return { place[0] << this->Shift, place[1] << this->Shift, place[2] << this->Shift };
}

Index3 MeshBuckets::Length(Index block) const
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

int MeshBuckets::Colour(Index block) const
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
SortedSamples::SortedSamples(const MeshBuckets& blocks, const SampleLocator& locator,
  const SampleSource& source, Index capacity)
  : Blocks(blocks)
  , Locator(locator)
  , Source(source)
  , Memory(new MeshSample[static_cast<std::size_t>(capacity)])
  , BlockOf(new std::uint32_t[static_cast<std::size_t>(capacity)])
  , Begins(static_cast<std::size_t>(blocks.Count() + 1))
{
}

// Returns the weights outside and dropped.
std::array<double, 2> SortedSamples::CountRun(
  const SampleBatch& run, LocatedSamples& located, Index* counts, std::uint32_t* blockOf) const
{
  std::array<double, 2> totals{ 0.0, 0.0 };
  for (Index first = 0; first < run.Count; first += LocatedSamples::Capacity)
  {
    std::uint32_t* const blocks = blockOf + first;
    this->Locator.Locate(
      run.Points + 3 * first, std::min(run.Count - first, LocatedSamples::Capacity), located);
    this->Blocks.Find(located, blocks);
    if (!located.AllCount)
    {
      for (Index i = 0; i < located.Count; ++i)
      {
        totals[0] += located.Inside[i] ? 0.0 : run.Weight(first + i);
        totals[1] += located.Kept[i] ? 0.0 : run.Weight(first + i);
        blocks[i] = located.Kept[i] ? blocks[i] : Dropped;
      }
    }
    for (Index i = 0; i < located.Count; ++i)
    {
      if (blocks[i] != Dropped)
      {
        ++counts[blocks[i]];
      }
    }
  }
  return totals;
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
      LocatedSamples located;
      for (Index piece = firstPiece; piece < lastPiece; ++piece)
      {
        std::uint32_t* blockOf = this->BlockOf.get() + piece * PieceSize;
        Index* const counts = this->Places.data() + piece * blockCount;
        std::array<double, 2>& totals = this->Totals[static_cast<std::size_t>(piece)];
        const auto count = [&](const SampleBatch& run)
        {
          const std::array<double, 2> added = this->CountRun(run, located, counts, blockOf);
          totals = { totals[0] + added[0], totals[1] + added[1] };
          blockOf += run.Count;
        };
        const Index last = std::min(end, begin + (piece + 1) * PieceSize);
        ForEachBatch(this->Source, begin + piece * PieceSize, last, storage, count);
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

void SortedSamples::ScatterBatch(const SampleBatch& run, LocatedSamples& located, Index* places,
  const std::uint32_t* blockOf) const
{
  const std::array<int, 3>& axis = this->Blocks.Axes();
  for (Index first = 0; first < run.Count; first += LocatedSamples::Capacity)
  {
    this->Locator.Locate(
      run.Points + 3 * first, std::min(run.Count - first, LocatedSamples::Capacity), located);
    for (Index i = 0; i < located.Count; ++i)
    {
      const std::uint32_t block = blockOf[first + i];
      if (block != Dropped)
      {
        MeshSample& sample = this->Memory[static_cast<std::size_t>(places[block]++)];
        const double* const position = located.Position + 3 * i;
        sample.Position = { position[axis[0]], position[axis[1]], position[axis[2]] };
        sample.Weight = run.Weight(first + i);
      }
    }
  }
}

void SortedSamples::Scatter(Index begin, Index end, const Execution& execution)
{
  execution.For(static_cast<Index>(this->Totals.size()),
    [&](Index firstPiece, Index lastPiece)
    {
      SampleSource::Storage storage;
      LocatedSamples located;
      for (Index piece = firstPiece; piece < lastPiece; ++piece)
      {
        const std::uint32_t* blockOf = this->BlockOf.get() + piece * PieceSize;
        Index* const places = this->Places.data() + piece * this->Blocks.Count();
        const auto scatter = [&](const SampleBatch& run)
        {
          this->ScatterBatch(run, located, places, blockOf);
          blockOf += run.Count;
        };
        const Index last = std::min(end, begin + (piece + 1) * PieceSize);
        ForEachBatch(this->Source, begin + piece * PieceSize, last, storage, scatter);
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
#endif
