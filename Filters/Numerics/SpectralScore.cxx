// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/SpectralScore.h"

#include "Numerics/Stencils.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace scorefields
{
namespace
{
constexpr Index TileLines = 32; // lines that are read and written together
constexpr double LargestFinite = std::numeric_limits<double>::max();
constexpr double LargestError = 1e18; // its square still fits into a float

/// Lines of nodes with their results, one after the other.
struct Tile
{
  std::vector<double> Values, Slope, Ringing, Noise;

  explicit Tile(Index nodes)
  {
    for (std::vector<double>* all : { &this->Values, &this->Slope, &this->Ringing, &this->Noise })
    {
      all->resize(static_cast<std::size_t>(TileLines * nodes));
    }
  }
};

/// Works on lines along one axis; one object per thread.
class LineWorker
{
public:
  LineWorker(const SpectralInput& input, int axis)
    : Precision(input.Precision)
    , Ends(input.Ends[static_cast<std::size_t>(axis)])
  {
    const double delta = input.Nodes.Spacing[axis];
    const double bound = input.Scale.Curvature[axis];
    this->Stencil.Bounded = std::isfinite(bound) ? 1.0 : 0.0;
    this->Stencil.Curvature = std::isfinite(bound) ? delta * delta * bound : 0.0;
  }

  /// @param values  log densities; NaN where there is none.
  void Evaluate(const double* values, Index nodes, const LineResult& result)
  {
    Index begin = 0;
    while (begin < nodes)
    {
      Index end = begin;
      while (end < nodes && !std::isnan(values[end]))
      {
        ++end;
      }
      const LineResult part{ result.Slope + begin, result.Ringing + begin, result.Noise + begin };
      if (end - begin >= SpectralLine::LeastNodes)
      {
        const LineEnds ends = end - begin == nodes ? this->Ends : LineEnds::Open;
        this->LineOf(end - begin, ends).Evaluate(values + begin, this->Precision, part);
      }
      else
      {
        this->Difference(values + begin, end - begin, part);
      }
      if (end < nodes)
      {
        result.Slope[end] = 0.0;
        result.Ringing[end] = std::numeric_limits<double>::infinity();
        result.Noise[end] = 0.0;
      }
      begin = end + 1;
    }
  }

private:
  SpectralLine& LineOf(Index nodes, LineEnds ends)
  {
    const auto key = std::make_pair(nodes, ends);
    const auto found = this->Lines.find(key);
    return found != this->Lines.end()
      ? found->second
      : this->Lines.emplace(key, SpectralLine(nodes, ends)).first->second;
  }

  void Difference(const double* values, Index nodes, const LineResult& result) const
  {
    for (Index i = 0; i < nodes; ++i)
    {
      const double* const value = values + i;
      const StencilResult best = BestStencil(value, value, i, nodes - 1 - i, true, this->Stencil);
      result.Slope[i] = best.Slope;
      result.Ringing[i] = best.Outside ? std::numeric_limits<double>::infinity() : best.Error;
      result.Noise[i] = this->Precision.Relative +
        this->Precision.Logarithm * (1.0 + std::abs(*value)) +
        std::exp(this->Precision.LogFloor - best.Margin);
    }
  }

  LinePrecision Precision;
  LineEnds Ends;
  StencilLine Stencil;
  std::map<std::pair<Index, LineEnds>, SpectralLine> Lines;
};

/// All lines along one axis that pass the block, in tiles of lines that lie side by side.
class AxisPass
{
public:
  AxisPass(const SpectralInput& input, int axis, double* score, SpectralErrors& errors)
    : Input(input)
    , Score(score)
    , Errors(errors)
    , Axis(axis)
    , Beside(axis == 0 ? 1 : 0)
    , Across(axis == 2 ? 1 : 2)
  {
    const Index3& grid = input.Nodes.Dimensions;
    const Index3& block = input.Dimensions;
    const Index gridStride[3] = { 1, grid[0], grid[0] * grid[1] };
    const Index blockStride[3] = { 1, block[0], block[0] * block[1] };
    std::copy(gridStride, gridStride + 3, this->GridStride);
    std::copy(blockStride, blockStride + 3, this->BlockStride);
    this->TilesPerSlice = (block[this->Beside] + TileLines - 1) / TileLines;
    this->Factor = std::abs(input.Scale.Length[axis] / input.Nodes.Spacing[axis]);
  }

  Index Tiles() const { return this->TilesPerSlice * this->Input.Dimensions[this->Across]; }

  void Run(Index begin, Index end) const
  {
    LineWorker worker(this->Input, this->Axis);
    const Index nodes = this->Input.Nodes.Dimensions[this->Axis];
    Tile lines(nodes);
    for (Index tile = begin; tile < end; ++tile)
    {
      const Index beside = tile % this->TilesPerSlice * TileLines;
      const Index across = tile / this->TilesPerSlice;
      const Index count = std::min(TileLines, this->Input.Dimensions[this->Beside] - beside);
      this->Read(beside, across, count, lines);
      for (Index l = 0; l < count; ++l)
      {
        const Index from = l * nodes;
        worker.Evaluate(lines.Values.data() + from, nodes,
          { lines.Slope.data() + from, lines.Ringing.data() + from, lines.Noise.data() + from });
      }
      this->Write(beside, across, count, lines);
    }
  }

private:
  void Read(Index beside, Index across, Index count, Tile& lines) const
  {
    const Index stride = this->GridStride[this->Axis];
    const Index next = this->GridStride[this->Beside];
    const double* const from = this->Input.LogDensity +
      (this->Input.First[this->Beside] + beside) * next +
      (this->Input.First[this->Across] + across) * this->GridStride[this->Across];
    const Index nodes = this->Input.Nodes.Dimensions[this->Axis];
    double* const values = lines.Values.data();
    for (Index j = 0; j < nodes; ++j)
    {
      for (Index l = 0; l < count; ++l)
      {
        values[j + l * nodes] = from[j * stride + l * next];
      }
    }
  }

  void Write(Index beside, Index across, Index count, const Tile& lines) const
  {
    const double inverseDelta = 1.0 / this->Input.Nodes.Spacing[this->Axis];
    const Index nodes = this->Input.Nodes.Dimensions[this->Axis];
    const Index stride = this->BlockStride[this->Axis];
    const Index next = this->BlockStride[this->Beside];
    const Index at = beside * next + across * this->BlockStride[this->Across];
    double* const score = this->Score + 3 * at + this->Axis;
    float* const ringing = this->Errors.Ringing.data() + at;
    float* const noise = this->Errors.Noise.data() + at;
    for (Index j = 0; j < this->Input.Dimensions[this->Axis]; ++j)
    {
      const Index first = this->Input.First[this->Axis] + j;
      for (Index l = 0; l < count; ++l)
      {
        const auto from = static_cast<std::size_t>(first + l * nodes);
        const Index to = j * stride + l * next;
        score[3 * to] = lines.Slope[from] * inverseDelta;
        Add(this->Factor * lines.Ringing[from], ringing[to]);
        Add(this->Factor * lines.Noise[from], noise[to]);
      }
    }
  }

  /// Infinity stays infinite, everything else finite.
  static void Add(double error, float& square)
  {
    const double limited = error < LargestError || error > LargestFinite ? error : LargestError;
    square += static_cast<float>(limited * limited);
  }

  const SpectralInput& Input;
  double* Score;
  SpectralErrors& Errors;
  int Axis, Beside, Across;
  Index GridStride[3], BlockStride[3];
  Index TilesPerSlice;
  double Factor;
};
}

SpectralErrors ComputeSpectralScore(
  const SpectralInput& input, double* score, const Execution& execution)
{
  SpectralErrors errors;
  const Index size = input.Dimensions.prod();
  errors.Ringing.resize(static_cast<std::size_t>(size));
  errors.Noise.resize(static_cast<std::size_t>(size));
  std::fill(score, score + 3 * size, 0.0);
  for (int axis = 0; axis < 3; ++axis)
  {
    if (input.Nodes.Dimensions[axis] > 1)
    {
      const AxisPass pass(input, axis, score, errors);
      execution.For(pass.Tiles(), [&](Index begin, Index end) { pass.Run(begin, end); });
    }
    execution.Checkpoint(0.2 + 0.2 * axis);
  }
  execution.For(size,
    [&](Index begin, Index end)
    {
      for (Index i = begin; i < end; ++i)
      {
        const auto at = static_cast<std::size_t>(i);
        errors.Ringing[at] = std::sqrt(errors.Ringing[at]);
        errors.Noise[at] = std::sqrt(errors.Noise[at]);
      }
    });
  return errors;
}
}
