// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Score/SpectralScore.h"

#include "Numerics/Base/LargePages.h"
#include "Numerics/Score/SpectralLoops.h"
#include "Numerics/Score/SpectralTiles.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace scorefields
{
namespace
{
constexpr Index BatchSize = Index(1) << 22; // nodes between two reports of progress
constexpr double ShareOfSlowestAxis = 0.4;  // of the work

/// The last axis with more than one node, else the first.
int SlowestAxis(const Index3& grid)
{
  return grid[2] > 1 ? 2 : grid[1] > 1 ? 1 : 0;
}

/// What is there when the slowest axis is done, and where the rest is told.
struct Partial
{
  const SpectralInput& Input;
  const double* Slope; ///< along the slowest axis
  float* Ringing;      ///< squares
  float* Noise;
  const SpectralFinish& Finish;
};

/// Layers of the block across its slowest axis.
class Layers
{
public:
  explicit Layers(const Partial& done)
    : Done(done)
    , Slowest(SlowestAxis(done.Input.Nodes.Dimensions))
    , Rows(this->Slowest == 2 ? done.Input.Dimensions[1] : 1)
    , Size(this->Rows * done.Input.Dimensions[0])
  {
  }

  Index Count() const
  {
    return this->Slowest == 0 ? 1 : this->Done.Input.Dimensions[this->Slowest];
  }

  void Run(Index begin, Index end) const
  {
    std::vector<SpectralTiles> tiles;
    std::array<std::vector<double>, 3> slopes; // of one layer; those along flat axes stay 0
    for (int axis = 0; axis < 3; ++axis)
    {
      slopes[static_cast<std::size_t>(axis)].resize(static_cast<std::size_t>(this->Size));
      if (axis < this->Slowest)
      {
        tiles.emplace_back(this->Done.Input, axis, false);
      }
    }
    for (Index layer = begin; layer < end; ++layer)
    {
      for (std::size_t axis = 0; axis < tiles.size(); ++axis)
      {
        this->Along(tiles[axis], layer, slopes[axis].data());
      }
      this->Complete(layer, { slopes[0].data(), slopes[1].data(), slopes[2].data() });
    }
  }

private:
  void Along(SpectralTiles& tiles, Index layer, double* slopes) const
  {
    const SpectralTarget target{ slopes, layer * this->Size, this->Done.Ringing, this->Done.Noise };
    if (tiles.Nodes() == 1)
    {
      return;
    }
    if (this->Slowest == 2)
    {
      tiles.Run(0, tiles.LinesBeside(), layer, target);
    }
    else
    {
      tiles.Run(layer, layer + 1, 0, target);
    }
  }

  void Complete(Index layer, const std::array<const double*, 3>& slopes) const
  {
    const Index at = layer * this->Size;
    SquareRoots(this->Done.Ringing + at, this->Size);
    SquareRoots(this->Done.Noise + at, this->Size);
    SpectralRows rows;
    rows.Begin = layer * this->Rows;
    rows.End = rows.Begin + this->Rows;
    rows.Slope = slopes;
    rows.Slope[static_cast<std::size_t>(this->Slowest)] = this->Done.Slope + at;
    rows.Ringing = this->Done.Ringing + at;
    rows.Noise = this->Done.Noise + at;
    this->Done.Finish(rows);
  }

  const Partial& Done;
  int Slowest;
  Index Rows; ///< per layer
  Index Size; ///< nodes per layer
};

void RunSlowestAxis(const SpectralInput& input, const SpectralTarget& target, Index begin,
  Index end, Index tilesBeside)
{
  SpectralTiles tiles(input, SlowestAxis(input.Nodes.Dimensions), true);
  for (Index tile = begin; tile < end; ++tile)
  {
    const Index beside = tile % tilesBeside * SpectralTiles::TileLines;
    const Index last = std::min(beside + SpectralTiles::TileLines, tiles.LinesBeside());
    tiles.Run(beside, last, tile / tilesBeside, target);
  }
}

/// Work on [0, count) in batches, with progress from one share to another.
void InBatches(Index count, Index batches, double from, double to, const RangeBody& body,
  const Execution& execution)
{
  for (Index batch = 0; batch < batches; ++batch)
  {
    const Index begin = count * batch / batches;
    const Index end = count * (batch + 1) / batches;
    execution.For(end - begin, [&](Index first, Index last) { body(begin + first, begin + last); });
    execution.Checkpoint(
      from + (to - from) * static_cast<double>(batch + 1) / static_cast<double>(batches));
  }
}
}

void ComputeSpectralScore(const SpectralInput& input, double* workspace,
  const SpectralFinish& finish, const Execution& execution)
{
  const Index size = input.Dimensions.prod();
  Eigen::VectorXf ringing(size); // not filled with anything
  Eigen::VectorXf noise(size);
  PreferLargePages(ringing.data(), static_cast<std::size_t>(size) * sizeof(float));
  PreferLargePages(noise.data(), static_cast<std::size_t>(size) * sizeof(float));
  const Index batches = 1 + size / BatchSize;
  const int slowest = SlowestAxis(input.Nodes.Dimensions);
  if (input.Nodes.Dimensions[slowest] > 1)
  {
    const SpectralTarget target{ workspace, 0, ringing.data(), noise.data() };
    const Index beside = input.Dimensions[slowest == 0 ? 1 : 0];
    const Index across = input.Dimensions[slowest == 2 ? 1 : 2];
    const Index tilesBeside = (beside + SpectralTiles::TileLines - 1) / SpectralTiles::TileLines;
    InBatches(
      tilesBeside * across, batches, 0.0, ShareOfSlowestAxis,
      [&](Index begin, Index end) { RunSlowestAxis(input, target, begin, end, tilesBeside); },
      execution);
  }
  else // a single node
  {
    std::fill(workspace, workspace + size, 0.0);
    ringing.setZero();
    noise.setZero();
  }
  const Partial done{ input, workspace, ringing.data(), noise.data(), finish };
  const Layers layers(done);
  InBatches(
    layers.Count(), batches, ShareOfSlowestAxis, 1.0,
    [&layers](Index begin, Index end) { layers.Run(begin, end); }, execution);
}
}
