// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Products/ProductSum.h"

#include "Numerics/Exact/ExactProblem.h"
#include "Numerics/Products/ProductSlab.h"

#include <cmath>
#include <vector>

namespace scorefields
{
namespace
{
/// Share of the tolerance for what is left out of the sums along each axis.
constexpr double LeftOutShare = 0.02;

/// The derivatives up to an order in all, along the first `axes` axes; the density is the first.
std::vector<Orders> DerivativesUpTo(int order, int axes)
{
  std::vector<Orders> all;
  for (int third = 0; third <= (axes > 2 ? order : 0); ++third)
  {
    for (int second = 0; second <= (axes > 1 ? order - third : 0); ++second)
    {
      for (int first = 0; first <= order - third - second; ++first)
      {
        all.push_back({ { first, second, third } });
      }
    }
  }
  return all;
}

/// Where a row of the mesh along the first axis holds weight.
std::vector<RowRange> Occupied(const MeshPlan& plan, const Mesh& mesh, const Execution& execution)
{
  const Index length = plan.Axes[0].Size;
  std::vector<RowRange> rows(static_cast<std::size_t>(plan.Axes[1].Size * plan.Axes[2].Size));
  execution.For(static_cast<Index>(rows.size()),
    [&](Index begin, Index end)
    {
      for (Index row = begin; row < end; ++row)
      {
        const double* const values = mesh.Values.Data() + row * length;
        RowRange range{ 0, length };
        while (range.Begin < length && values[range.Begin] == 0.0)
        {
          ++range.Begin;
        }
        while (range.End > range.Begin && values[range.End - 1] == 0.0)
        {
          --range.End;
        }
        rows[static_cast<std::size_t>(row)] = range;
      }
    });
  return rows;
}

void SetPlaces(SlabSetting& setting)
{
  const auto axes = static_cast<std::size_t>(setting.Dimension);
  const std::vector<Orders>& last = setting.Sums[axes - 1];
  for (std::size_t a = 0; a < axes && setting.Highest > 0; ++a)
  {
    Orders first{ { 0, 0, 0 } };
    ++first[a];
    setting.Slopes[a] = PlaceOf(last, first);
    setting.Factors.PerBandwidth[setting.Plan.Mesh.Axes[a].Axis] = 1.0 / setting.Bandwidths[a];
    for (std::size_t b = a; b < axes && setting.Highest > 1; ++b)
    {
      Orders second = first;
      ++second[b];
      setting.Bends[a][b] = PlaceOf(last, second);
    }
  }
}
}

void SumProducts(const ProductPlan& plan, const Mesh& mesh, const ProductTask& task,
  unsigned char* wanted, const Execution& execution)
{
  const int dimension = plan.Mesh.Dimension;
  const int highest = task.Fields.Hessian ? 2 : (task.Fields.Score ? 1 : 0);
  const double leastShare = plan.Images * std::exp(-0.5 * plan.Reach * plan.Reach);
  SlabSetting setting{ plan, mesh, task, wanted, dimension, highest, {},
    Occupied(plan.Mesh, mesh, execution),
    { { plan.Mesh.Axes[0].Size, plan.Mesh.Axes[1].Size, plan.Mesh.Axes[2].Size } } };
  for (int a = 0; a < dimension; ++a)
  {
    const auto i = static_cast<std::size_t>(a);
    const int axis = plan.Mesh.Axes[i].Axis;
    setting.Bandwidths[i] = task.Kernel.AxisBandwidths()[axis];
    setting.Tables.emplace_back(plan, a, task.Nodes, setting.Bandwidths[i], highest,
      task.Block.First[axis], task.Block.Dimensions[axis], execution);
    setting.Sums[i] = DerivativesUpTo(highest, a + 1);
  }
  setting.LeastSum = leastShare * task.TotalWeight;
  double terms = Amplification(highest, plan.Reach, plan.Mesh.Order);
  for (std::size_t a = 3; a-- > 0;)
  {
    terms *= static_cast<double>(setting.Sizes[a]);
    setting.Least[a] = LeftOutShare * plan.Tolerance * setting.LeastSum / terms;
  }
  setting.Factors.Density = std::exp(task.Kernel.LogPeak()) / task.TotalWeight;
  setting.Factors.LogDensity = task.Kernel.LogPeak() - std::log(task.TotalWeight);
  setting.Factors.SampleSize = task.SampleCount / task.TotalWeight;
  SetPlaces(setting);
  const double products = 100.0 * static_cast<double>(task.Block.Dimensions.prod());
  exact::RunPieces(setting.Tables[0].PanelCount(), products, execution,
    [&setting](Index begin, Index end, const std::function<Index(Index)>& order)
    {
      Slab slab(setting);
      for (Index k = begin; k < end; ++k)
      {
        slab.Evaluate(order(k));
      }
    });
}
}
