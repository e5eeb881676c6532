// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Score/SpectralTiles.h"

#include "Numerics/Score/SpectralLoops.h"

#include <algorithm>
#include <cmath>

namespace scorefields
{
namespace
{
Index Linear(const Index3& node, const Index3& dimensions)
{
  return node[0] + dimensions[0] * (node[1] + dimensions[1] * node[2]);
}

std::size_t Sized(Index n)
{
  return static_cast<std::size_t>(n);
}
}

SpectralTiles::SpectralTiles(const SpectralInput& input, int axis, bool first)
  : Input(input)
  , Axis(axis)
  , Beside(axis == 0 ? 1 : 0)
  , Across(axis == 2 ? 1 : 2)
  , First(first)
  , Count(input.Nodes.Dimensions[axis])
  // Lines that are a power of 2 apart would share few places in the cache.
  , Step((this->Count + 7) / 8 * 8 + 8)
  , Factor(std::abs(input.Scale.Length[axis] / input.Nodes.Spacing[axis]))
  , Worker(input, axis)
  , Values(Sized(axis == 0 ? 0 : TileLines * this->Step))
  , Slope(Sized(TileLines * this->Step))
  , Error(Sized(2 * this->Step))
  , Ringing(this->Slope.size())
  , Noise(this->Slope.size())
{
}

void SpectralTiles::Run(Index begin, Index end, Index across, const SpectralTarget& target)
{
  for (Index beside = begin; beside < end; beside += TileLines)
  {
    this->RunTile(beside, std::min(TileLines, end - beside), across, target);
  }
}

void SpectralTiles::RunTile(Index beside, Index count, Index across, const SpectralTarget& target)
{
  Index3 node = Index3::Zero();
  node[this->Beside] = beside;
  node[this->Across] = across;
  Index3 source = node + this->Input.First;
  source[this->Axis] = 0;
  const double* const from = this->Input.LogDensity + Linear(source, this->Input.Nodes.Dimensions);
  if (this->Axis > 0)
  {
    this->Read(from, count);
  }
  for (Index line = 0; line < count; ++line)
  {
    this->Evaluate(
      this->Axis > 0 ? this->Values.data() + line * this->Step : from + line * this->Count, line);
  }
  this->Write(Linear(node, this->Input.Dimensions), count, target);
}

/// Lines across the order of the values; afterwards each lies in one piece.
void SpectralTiles::Read(const double* from, Index count)
{
  const Index3& grid = this->Input.Nodes.Dimensions;
  const Index stride = this->Axis == 1 ? grid[0] : grid[0] * grid[1];
  double* const values = this->Values.data();
  for (Index j = 0; j < this->Count; ++j)
  {
    for (Index line = 0; line < count; ++line)
    {
      values[j + line * this->Step] = from[j * stride + line];
    }
  }
}

void SpectralTiles::Evaluate(const double* values, Index line)
{
  double* const ringing = this->Error.data();
  double* const noise = ringing + this->Step;
  const Index at = line * this->Step;
  this->Worker.Evaluate(values, { this->Slope.data() + at, ringing, noise });
  SquareErrors(ringing, this->Factor, this->Count, this->Ringing.data() + at);
  SquareErrors(noise, this->Factor, this->Count, this->Noise.data() + at);
}

/// @param at  of the tile's first node, in the block.
void SpectralTiles::Write(Index at, Index count, const SpectralTarget& target) const
{
  const Index3& block = this->Input.Dimensions;
  const Index strides[3] = { 1, block[0], block[0] * block[1] };
  // The inner loop goes along x.
  const bool along = this->Axis == 0;
  const Index rows = along ? count : block[this->Axis];
  const Index columns = along ? block[0] : count;
  const Index rowStride = strides[along ? this->Beside : this->Axis];
  const Index rowStep = along ? this->Step : 1;
  const Index step = along ? 1 : this->Step;
  const double inverseDelta = 1.0 / this->Input.Nodes.Spacing[this->Axis];
  for (Index row = 0; row < rows; ++row)
  {
    const Index from = this->Input.First[this->Axis] + row * rowStep;
    const Index to = at + row * rowStride;
    const double* const slope = this->Slope.data() + from;
    double* const result = target.Slope + to - target.FirstSlope;
    for (Index i = 0; i < columns; ++i)
    {
      result[i] = slope[i * step] * inverseDelta;
    }
    this->Add(this->Ringing.data() + from, step, columns, target.Ringing + to);
    this->Add(this->Noise.data() + from, step, columns, target.Noise + to);
  }
}

void SpectralTiles::Add(const float* from, Index step, Index count, float* to) const
{
  for (Index i = 0; i < count; ++i)
  {
    to[i] = this->First ? from[i * step] : to[i] + from[i * step];
  }
}
}
