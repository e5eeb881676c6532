// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Tails/TailSum.h"

#include "Numerics/Exact/ExactProblem.h"
#include "Numerics/Tails/TailKernel.h"
#include "Numerics/Tails/TailTile.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace scorefields
{
namespace
{
/// Nodes of a tile along the axes, by dimension, if that is no more than MostReach bandwidths.
constexpr Index MostAlong[3][3] = { { 64, 1, 1 }, { 48, 48, 1 }, { 16, 8, 8 } };
constexpr Index FewestAlong[3] = { 8, 20, 8 }; ///< fewer are not worth the search for a tile's part
constexpr double MostReach = 2.0;

/// Rounding of spline weights, which are smallest where the sum needs them most: for splines of
/// order 16 and the largest distances up to 1e8 u.
constexpr double LeastTolerance = 1e-6;

/// Roughly, per node; sets how often execution is asked whether to go on.
constexpr double ProductsPerNode = 150.0;

/// The kernels of the levels that are fine enough.
void SetKernels(TailTileSetting& setting, double tolerance)
{
  const int dimension = setting.Dimension();
  for (const TailMesh& mesh : setting.Levels)
  {
    double least = std::numeric_limits<double>::infinity();
    for (int a = 0; a < dimension; ++a)
    {
      least =
        std::min(least, setting.Bandwidths[a] / mesh.Lines[static_cast<std::size_t>(a)].Spacing);
    }
    if (least < TailKernel::LeastResolution)
    {
      return;
    }
    std::vector<TailKernel> along;
    for (int a = 0; a < dimension; ++a)
    {
      const double spacing = mesh.Lines[static_cast<std::size_t>(a)].Spacing;
      along.emplace_back(mesh.Order, setting.Bandwidths[a] / spacing, tolerance / dimension);
    }
    setting.Kernels.push_back(std::move(along));
  }
}

/// Nodes of a tile along the axes of the kernel; 0: too few to be worth it.
Index3 TileNodesOf(const Grid& grid, const GaussianKernel& kernel)
{
  Index3 tile = Index3::Ones();
  bool worthwhile = true;
  for (int a = 0; a < kernel.Dimension(); ++a)
  {
    const int axis = kernel.ActiveAxes().Axis[a];
    const double step = std::abs(grid.Spacing[axis]) / kernel.AxisBandwidths()[axis];
    const auto most = static_cast<double>(MostAlong[kernel.Dimension() - 1][a]);
    const auto nodes = static_cast<Index>(std::min(most, MostReach / step));
    worthwhile = worthwhile && nodes >= FewestAlong[kernel.Dimension() - 1];
    // Whole lanes, if that takes little away.
    tile[a] = nodes >= 2 * LaneCount ? nodes - nodes % LaneCount : nodes;
  }
  return worthwhile ? tile : Index3(Index3::Zero());
}
}

bool TailSum::Serves(const Grid& grid, const GaussianKernel& kernel)
{
  return kernel.IsDiagonal() && TileNodesOf(grid, kernel)[0] > 0;
}

std::shared_ptr<const TailSum> TailSum::Of(
  const MeshPlan& plan, const CloudSummary& cloud, const Mesh& mesh, const Execution& execution)
{
  if (plan.Order < TailKernel::LeastOrder)
  {
    return nullptr;
  }
  std::optional<TailMesh> finest = Unwrapped(plan, cloud, mesh, execution);
  if (!finest)
  {
    return nullptr;
  }
  std::array<int, 3> axes{ { 0, 0, 0 } };
  Index3 side = Index3::Ones();
  double resolution = std::numeric_limits<double>::infinity();
  for (int a = 0; a < plan.Dimension; ++a)
  {
    const MeshAxis& axis = plan.Axes[static_cast<std::size_t>(a)];
    axes[static_cast<std::size_t>(a)] = axis.Axis;
    resolution = std::min(resolution, plan.Widest[a] / axis.Spacing);
    side[a] = std::max<Index>(2, std::lround(0.5 * axis.Resolution));
  }
  std::vector<TailMesh> levels;
  levels.push_back(std::move(*finest));
  for (double half = 0.5 * resolution; half >= TailKernel::LeastResolution; half *= 0.5)
  {
    levels.push_back(Coarsened(levels.back(), execution));
  }
  return std::shared_ptr<const TailSum>(new TailSum(std::move(levels), axes, side, execution));
}

TailSum::TailSum(std::vector<TailMesh> levels, std::array<int, 3> axes, const Index3& side,
  const Execution& execution)
  : Levels(std::move(levels))
  , Axes(axes)
  , Census(this->Levels.front(), side, execution)
{
}

double TailSum::Bytes() const
{
  double bytes = this->Census.Bytes();
  for (const TailMesh& mesh : this->Levels)
  {
    bytes += static_cast<double>(sizeof(double)) * static_cast<double>(mesh.Values.Size());
  }
  return bytes;
}

void TailSum::Evaluate(const Task& task, unsigned char* wanted, const Execution& execution) const
{
  const TailReach reach(this->Levels.front(), this->Census);
  TailTileSetting setting(this->Levels, this->Axes, reach, task);
  for (int a = 0; a < setting.Dimension(); ++a)
  {
    setting.Bandwidths[a] = task.Kernel.AxisBandwidths()[this->Axes[static_cast<std::size_t>(a)]];
  }
  if (!(task.Tolerance >= LeastTolerance))
  {
    return;
  }
  SetKernels(setting, 0.5 * task.Tolerance);
  if (!Serves(task.Nodes, task.Kernel) || setting.Kernels.empty())
  {
    return;
  }
  setting.TileNodes = TileNodesOf(task.Nodes, task.Kernel);
  setting.LogFactor = task.Kernel.LogPeak() - std::log(task.TotalWeight);
  setting.SampleShare = task.SampleCount * std::exp(-task.Kernel.LogPeak());
  setting.LogWeights = std::log(task.TotalWeight);
  Index3 first = Index3::Zero();
  Index3 tiles = Index3::Ones();
  for (int a = 0; a < setting.Dimension(); ++a)
  {
    const int axis = this->Axes[static_cast<std::size_t>(a)];
    first[a] = task.Block.First[axis] / setting.TileNodes[a];
    const Index last = task.Block.First[axis] + task.Block.Dimensions[axis] - 1;
    tiles[a] = last < task.Block.First[axis] ? 0 : last / setting.TileNodes[a] - first[a] + 1;
  }
  const double terms = ProductsPerNode * static_cast<double>(task.Block.Dimensions.prod());
  exact::RunPieces(tiles.prod(), terms, execution,
    [&](Index begin, Index end, const std::function<Index(Index)>& order)
    {
      TailTile evaluator(setting, wanted);
      for (Index k = begin; k < end; ++k)
      {
        const Index tile = order(k);
        const Index row = tile / tiles[0];
        evaluator.Evaluate(first + Index3(tile % tiles[0], row % tiles[1], row / tiles[1]));
      }
    });
}
}
