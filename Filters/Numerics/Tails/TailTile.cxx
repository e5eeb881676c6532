// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Tails/TailTile.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace scorefields
{
namespace
{
/// How far logarithms of weights may spread, beside AxisSums::MostLog.
constexpr double MostLogWeight = 300.0;

/// Share of the tolerance for what is left out of the sums.
constexpr double LeftOut = 0.25;
}

void TailTile::Evaluate(const Index3& tile)
{
  this->Place(tile);
  if (!this->IsNear() || !this->IsWanted())
  {
    return;
  }
  const std::size_t none = this->Shared.Kernels.size();
  const std::size_t level = this->Find() ? this->LevelFor(this->Part) : none;
  if (level == none)
  {
    return;
  }
  for (std::size_t a = 0; a < static_cast<std::size_t>(this->Shared.Dimension()); ++a)
  {
    this->Points[a].Kernel = &this->Shared.Kernels[level][a];
  }
  this->Widen(level);
  this->Sums.Sum(this->Shared.Levels[level], this->Part, this->Points,
    this->Shared.Task.Fields.Score != nullptr);
  this->Write();
}

void TailTile::Place(const Index3& tile)
{
  const Grid& grid = this->Shared.Task.Nodes;
  const NodeBlock& block = this->Shared.Task.Block;
  const Index strides[3] = { 1, block.Dimensions[0], block.Dimensions[0] * block.Dimensions[1] };
  this->Entry = 0;
  for (int a = 0; a < this->Shared.Dimension(); ++a)
  {
    const int axis = this->Shared.Axes[static_cast<std::size_t>(a)];
    const Index first = tile[a] * this->Shared.TileNodes[a];
    const Index last = std::min(first + this->Shared.TileNodes[a], grid.Dimensions[axis]);
    AxisSums::Points& points = this->Points[static_cast<std::size_t>(a)];
    points.First = static_cast<double>(first) * grid.Spacing[axis];
    points.Spacing = grid.Spacing[axis];
    points.Count = last - first;
    points.Bandwidth = this->Shared.Bandwidths[a];
    this->Strides[a] = strides[axis];
    this->Entry += (first - block.First[axis]) * strides[axis];
    this->Begin[a] = std::max(first, block.First[axis]) - first;
    this->End[a] = std::min(last, block.First[axis] + block.Dimensions[axis]) - first;
    const double half = 0.5 * static_cast<double>(points.Count - 1) * points.Spacing;
    this->Box.Centre[a] = points.First + half;
    this->Box.Half[a] = std::abs(half);
  }
}

bool TailTile::IsNear() const
{
  const Eigen::Array3d least = this->Shared.Reach.LeastDistance(this->Box);
  const TailMesh& mesh = this->Shared.Levels.front();
  bool near = true;
  for (int a = 0; a < this->Shared.Dimension(); ++a)
  {
    const auto axis = static_cast<std::size_t>(a);
    const double spline = 0.5 * mesh.Order * mesh.Lines[axis].Spacing;
    const TailKernel& kernel = this->Shared.Kernels.front()[axis];
    near = near && least[a] + spline <= kernel.Near() * this->Shared.Bandwidths[a];
  }
  return near;
}

bool TailTile::IsWanted() const
{
  bool any = false;
  this->ForEachRow([&](Index entry, Index, Index) { any = any || this->IsRowWanted(entry); });
  return any;
}

bool TailTile::IsRowWanted(Index entry) const
{
  const unsigned char* flags = this->Wanted + entry;
  const Index stride = this->Strides[0];
  if (stride == 1)
  {
    const auto count = static_cast<std::size_t>(this->End[0] - this->Begin[0]);
    return std::memchr(flags + this->Begin[0], 1, count) != nullptr;
  }
  Index i = this->Begin[0];
  while (i < this->End[0] && flags[i * stride] == 0)
  {
    ++i;
  }
  return i < this->End[0];
}

bool TailTile::Find()
{
  TailReach::Wish wish;
  wish.Bandwidths = this->Shared.Bandwidths;
  wish.Farthest.setConstant(std::numeric_limits<double>::infinity());
  wish.LogTolerance = std::log(LeftOut * this->Shared.Task.Tolerance);
  wish.OuterShare = TailKernel::FarShare;
  wish.Slack = 0.0; // the kernels differ from Gaussians by their ratios
  for (int a = 0; a < this->Shared.Dimension(); ++a)
  {
    const TailKernel& kernel = this->Shared.Kernels.front()[static_cast<std::size_t>(a)];
    wish.Farthest[a] = kernel.Near() * wish.Bandwidths[a];
    wish.Slack += kernel.LogRatio(0.0) - kernel.LogRatio(kernel.Far());
  }
  return this->Shared.Reach.Find(this->Box, wish, this->Search, this->Part);
}

std::size_t TailTile::LevelFor(const TailPart& part) const
{
  const std::size_t none = this->Shared.Kernels.size();
  if (!this->IsInRange(part))
  {
    return none;
  }
  const Eigen::Array3d far = this->Farthest(part.Low, part.High);
  const Eigen::Array3d near = this->Farthest(part.InnerLow, part.InnerHigh);
  for (std::size_t level = none; level-- > 0;)
  {
    bool fine = true;
    for (int a = 0; a < this->Shared.Dimension(); ++a)
    {
      const TailKernel& kernel = this->Shared.Kernels[level][static_cast<std::size_t>(a)];
      fine = fine && near[a] <= kernel.Near() && far[a] <= kernel.Far();
    }
    if (fine)
    {
      return level;
    }
  }
  return none;
}

Eigen::Array3d TailTile::Farthest(const Eigen::Array3d& low, const Eigen::Array3d& high) const
{
  const Eigen::Array3d& centre = this->Box.Centre;
  return ((high - centre).max(centre - low) + this->Box.Half) / this->Shared.Bandwidths;
}

bool TailTile::IsInRange(const TailPart& part) const
{
  const Eigen::Array3d& centre = this->Box.Centre;
  const Eigen::Array3d far = (centre - part.Reference).abs() + this->Box.Half;
  const Eigen::Array3d near =
    ((part.Low - centre).max(centre - part.High).max(0.0) - this->Box.Half).max(0.0);
  const double depth =
    0.5 * ((far.square() - near.square()) / this->Shared.Bandwidths.square()).sum();
  // Not true either where a weight is so small that there is no logarithm.
  return depth <= AxisSums::MostLog && this->Shared.LogWeights <= MostLogWeight &&
    std::min(this->Shared.LogWeights, 0.0) - part.LogWeight <= MostLogWeight;
}

void TailTile::Widen(std::size_t level)
{
  Eigen::Array3d margin = Eigen::Array3d::Zero();
  for (int a = 0; a < this->Shared.Dimension() && level > 0; ++a)
  {
    const TailMesh& mesh = this->Shared.Levels[level];
    margin[a] =
      0.5 * static_cast<double>(mesh.Order) * mesh.Lines[static_cast<std::size_t>(a)].Spacing;
  }
  this->Part.Widen(margin);
}

void TailTile::Write()
{
  this->ForEachRow(
    [this](Index entry, Index j, Index k)
    {
      if (!this->IsRowWanted(entry))
      {
        return;
      }
      const FieldView& fields = this->Shared.Task.Fields;
      const AxisSums::LogRow row = this->Sums.LogarithmsOf(j, k, this->Shared.LogFactor);
      this->WriteRow(entry, row.Exponentials, 1.0, fields.Density);
      this->WriteRow(entry, row.Logarithms, 1.0, fields.LogDensity);
      this->WriteRow(entry, row.Exponentials, this->Shared.SampleShare, fields.EffectiveSampleSize);
      this->WriteScore(entry, j, k);
      for (Index i = this->Begin[0]; i < this->End[0]; ++i)
      {
        this->Wanted[entry + i * this->Strides[0]] = 0;
      }
    });
}

void TailTile::WriteRow(Index entry, const double* values, double factor, double* target) const
{
  const unsigned char* const wanted = this->Wanted;
  const Index stride = this->Strides[0];
  const Index end = target ? this->End[0] : 0;
  for (Index i = this->Begin[0]; i < end; ++i)
  {
    if (wanted[entry + i * stride] != 0)
    {
      target[entry + i * stride] = factor * values[i];
    }
  }
}

void TailTile::WriteScore(Index entry, Index j, Index k) const
{
  double* const score = this->Shared.Task.Fields.Score;
  const unsigned char* const wanted = this->Wanted;
  const double* const sums = this->Sums.Row(0, j, k);
  for (int a = 0; a < this->Shared.Dimension() && score; ++a)
  {
    const double* const slopes = this->Sums.Row(a + 1, j, k);
    const double bandwidth = this->Shared.Bandwidths[a];
    const Index axis = this->Shared.Axes[static_cast<std::size_t>(a)];
    for (Index i = this->Begin[0]; i < this->End[0]; ++i)
    {
      const Index node = entry + i * this->Strides[0];
      if (wanted[node] != 0)
      {
        score[3 * node + axis] = slopes[i] / (sums[i] * bandwidth);
      }
    }
  }
}
}
