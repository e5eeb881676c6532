// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Tails/TailCensus.h"

#include <algorithm>
#include <cmath>

namespace scorefields
{
namespace
{
constexpr Index MostBlocks[3] = { 16384, 128, 25 };
}

NodeSums SumNodes(const TailMesh& mesh, const Index3& first, const Index3& count,
  const std::array<std::vector<double>, 3>& factors)
{
  NodeSums sums;
  for (Index row = 0; row < count[1] * count[2]; ++row)
  {
    const Index j = row % count[1];
    const Index k = row / count[1];
    const double* values = mesh.Values.Data() + first[0] +
      mesh.Lines[0].Size * (first[1] + j + mesh.Lines[1].Size * (first[2] + k));
    double own = 0.0;
    double along = 0.0;
    for (Index i = 0; i < count[0]; ++i)
    {
      const double term = values[i] * factors[0][static_cast<std::size_t>(i)];
      own += term;
      along += term * static_cast<double>(i);
    }
    const double factor =
      factors[1][static_cast<std::size_t>(j)] * factors[2][static_cast<std::size_t>(k)];
    sums.Sum += factor * own;
    sums.Moment +=
      factor * Eigen::Array3d(along, static_cast<double>(j) * own, static_cast<double>(k) * own);
  }
  return sums;
}

TailCensus::TailCensus(const TailMesh& mesh, const Index3& side, const Execution& execution)
  : Nodes(mesh)
{
  for (int a = 0; a < mesh.Dimension; ++a)
  {
    const Index size = mesh.Lines[static_cast<std::size_t>(a)].Size;
    const Index most = MostBlocks[mesh.Dimension - 1];
    this->Side[a] = std::max(side[a], (size + most - 1) / most);
    this->Blocks[a] = (size + this->Side[a] - 1) / this->Side[a];
  }
  const auto count = static_cast<std::size_t>(this->Blocks.prod());
  this->LogPeak.assign(count, 0.0);
  this->LogSum.assign(count, 0.0);
  this->RowPeak.assign(static_cast<std::size_t>(this->RowCount()), 0.0);
  this->RowSum.assign(static_cast<std::size_t>(this->RowCount()), 0.0);
  execution.For(this->RowCount(),
    [this](Index begin, Index end)
    {
      for (Index row = begin; row < end; ++row)
      {
        this->CountRow(row);
      }
    });
}

void TailCensus::CountRow(Index row)
{
  const auto& lines = this->Nodes.Lines;
  double* const peaks = this->LogPeak.data() + row * this->Blocks[0];
  double* const sums = this->LogSum.data() + row * this->Blocks[0];
  const Index firstY = row % this->Blocks[1] * this->Side[1];
  const Index firstZ = row / this->Blocks[1] * this->Side[2];
  for (Index k = firstZ; k < std::min(firstZ + this->Side[2], lines[2].Size); ++k)
  {
    for (Index j = firstY; j < std::min(firstY + this->Side[1], lines[1].Size); ++j)
    {
      const double* values = this->Nodes.Values.Data() + (k * lines[1].Size + j) * lines[0].Size;
      for (Index block = 0; block < this->Blocks[0]; ++block)
      {
        const Index last = std::min((block + 1) * this->Side[0], lines[0].Size);
        for (Index i = block * this->Side[0]; i < last; ++i)
        {
          peaks[block] = std::max(peaks[block], values[i]);
          sums[block] += std::max(values[i], 0.0); // weights are below 0 by rounding only
        }
      }
    }
  }
  for (Index block = 0; block < this->Blocks[0]; ++block)
  {
    peaks[block] = std::log(peaks[block]);
    sums[block] = std::log(sums[block]);
  }
  const auto place = static_cast<std::size_t>(row);
  this->RowPeak[place] = *std::max_element(peaks, peaks + this->Blocks[0]);
  this->RowSum[place] = *std::max_element(sums, sums + this->Blocks[0]);
}

Index3 TailCensus::PlaceOf(Index block) const
{
  const Index row = block / this->Blocks[0];
  return Index3(block % this->Blocks[0], row % this->Blocks[1], row / this->Blocks[1]);
}

double TailCensus::FirstOf(Index axis, Index block) const
{
  return this->Nodes.Place(axis, block * this->Side[axis]);
}

double TailCensus::LastOf(Index axis, Index block) const
{
  const Index size = this->Nodes.Lines[static_cast<std::size_t>(axis)].Size;
  return this->Nodes.Place(axis, std::min((block + 1) * this->Side[axis], size) - 1);
}

double TailCensus::MiddleOf(Index axis, Index block) const
{
  return this->FirstOf(axis, block) +
    0.5 * static_cast<double>(this->Side[axis] - 1) *
    this->Nodes.Lines[static_cast<std::size_t>(axis)].Spacing;
}
}
