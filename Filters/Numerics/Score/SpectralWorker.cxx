// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Score/SpectralWorker.h"

#include "Numerics/Score/SpectralLoops.h"
#include "Numerics/Score/SpectralScore.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace scorefields
{
namespace
{
constexpr double Infinity = std::numeric_limits<double>::infinity();
}

SpectralWorker::SpectralWorker(const SpectralInput& input, int axis)
  : Nodes(input.Nodes.Dimensions[axis])
  , Precision(input.Precision)
  , Ends(input.Ends[static_cast<std::size_t>(axis)])
{
  const double delta = input.Nodes.Spacing[axis];
  const double bound = input.Scale.Curvature[axis];
  this->Stencil.Bounded = std::isfinite(bound) ? 1.0 : 0.0;
  this->Stencil.Curvature = std::isfinite(bound) ? delta * delta * bound : 0.0;
}

void SpectralWorker::Evaluate(const double* values, const LineResult& result)
{
  const double largest = LargestOf(values, this->Nodes);
  if (!std::isnan(largest) && this->Nodes >= SpectralLine::LeastNodes)
  {
    this->LineOf(this->Nodes, this->Ends).Evaluate(values, largest, this->Precision, result);
    return;
  }
  Index begin = 0;
  while (begin < this->Nodes)
  {
    Index end = begin;
    while (end < this->Nodes && !std::isnan(values[end]))
    {
      ++end;
    }
    const LineResult part{ result.Slope + begin, result.Ringing + begin, result.Noise + begin };
    if (end - begin >= SpectralLine::LeastNodes)
    {
      const double most = *std::max_element(values + begin, values + end);
      this->LineOf(end - begin, LineEnds::Open)
        .Evaluate(values + begin, most, this->Precision, part);
    }
    else
    {
      this->Difference(values + begin, end - begin, part);
    }
    if (end < this->Nodes)
    {
      result.Slope[end] = 0.0;
      result.Ringing[end] = Infinity;
      result.Noise[end] = 0.0;
    }
    begin = end + 1;
  }
}

SpectralLine& SpectralWorker::LineOf(Index nodes, LineEnds ends)
{
  const auto key = std::make_pair(nodes, ends);
  const auto found = this->Lines.find(key);
  return found != this->Lines.end()
    ? found->second
    : this->Lines.emplace(key, SpectralLine(nodes, ends)).first->second;
}

void SpectralWorker::Difference(const double* values, Index nodes, const LineResult& result) const
{
  for (Index i = 0; i < nodes; ++i)
  {
    const double* const value = values + i;
    const StencilResult best = BestStencil(value, value, i, nodes - 1 - i, true, this->Stencil);
    result.Slope[i] = best.Slope;
    result.Ringing[i] = best.Outside ? Infinity : best.Error;
    result.Noise[i] = this->Precision.Relative +
      this->Precision.Logarithm * (1.0 + std::abs(*value)) +
      std::exp(this->Precision.LogFloor - best.Margin);
  }
}
}
