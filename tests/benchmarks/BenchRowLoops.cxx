// SPDX-License-Identifier: BSD-3-Clause
#include "EachTarget.h"
#include "Loops.h"

#include "Numerics/Bandwidth/PackedLocations.h"
#include "Numerics/Exact/NearbySamples.h"
#include "Numerics/Products/PanelProducts.h"
#include "Numerics/Score/DensityScan.h"
#include "Numerics/Score/RowLoops.h"
#include "Numerics/Score/SpectralLine.h"
#include "Numerics/Transform/FftDensity.h"
#include "Numerics/Transform/SampleLocator.h"
#include "Numerics/Transform/SpreadBuckets.h"

#include "support/Boxes.h"
#include "support/RandomPoints.h"

#include <cmath>
#include <memory>
#include <vector>

namespace scorefields
{
namespace
{
/// A square with 0.025 to a bandwidth, as the transform sees it.
struct Planned
{
  Eigen::Matrix3Xd Points = RandomPoints(LocatedSamples::Capacity, 1, 2);
  Samples Cloud = Samples::Unweighted(Points);
  Grid Nodes = support::GridInBox({ -0.5, -0.5, 0.0 }, { 0.5, 0.5, 0.0 }, { 256, 256, 1 });
  GaussianKernel Kernel = GaussianKernel::Isotropic(Axes::First(2), 0.025);
  MeshPlan Plan = PlanMesh(Nodes, { Kernel }, MomentsOf(Cloud), FftOptions());
};

void BenchLocate(benchmark::State& state)
{
  const Planned planned;
  const SampleLocator locator(planned.Plan, planned.Nodes);
  const auto located = std::make_unique<LocatedSamples>();
  for (auto _ : state)
  {
    locator.Locate(planned.Points.data(), LocatedSamples::Capacity, *located);
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(LocatedSamples::Capacity * state.iterations());
}

void BenchBuckets(benchmark::State& state)
{
  const Planned planned;
  const auto located = std::make_unique<LocatedSamples>();
  SampleLocator(planned.Plan, planned.Nodes)
    .Locate(planned.Points.data(), LocatedSamples::Capacity, *located);
  const MeshBuckets buckets(planned.Plan);
  std::vector<std::uint32_t> found(LocatedSamples::Capacity);
  for (auto _ : state)
  {
    buckets.Find(*located, found.data());
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(LocatedSamples::Capacity * state.iterations());
}

void BenchPanel(benchmark::State& state)
{
  constexpr Index count = 100;
  FftBuffer<double> columns(count * PanelWidth);
  FftBuffer<double> result(PanelWidth * PanelWidth);
  columns.Fill(1.0);
  for (auto _ : state)
  {
    MultiplyPanel(
      { columns.Data(), 1, PanelWidth }, columns.Data(), count, result.Data(), PanelWidth);
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(count * PanelWidth * PanelWidth * state.iterations());
}

void BenchLeaf(benchmark::State& state)
{
  const Samples cloud = Samples::Unweighted(RandomPoints(exact::LeafSize, 1, 2));
  const Axes axes = Axes::First(2);
  const exact::ActiveKernel kernel(GaussianKernel::Isotropic(axes, 0.3));
  const SampleTree tree(cloud, axes, Eigen::Vector3d::Ones(), exact::LeafSize);
  exact::LocalFrame frame = exact::FindFrame(tree, kernel, {});
  exact::SetExtent(frame, kernel, { { 0.1, 0.1, 0.0 } });
  const auto chunk = std::make_unique<exact::Chunk>();
  for (auto _ : state)
  {
    chunk->Count = 0;
    exact::AppendLeaf(tree, tree.Boxes()[0], frame, kernel, -30.0, *chunk);
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(exact::LeafSize * state.iterations());
}

void BenchLocations(benchmark::State& state, int which)
{
  const Locations locations =
    FindLocations(Samples::Unweighted(RandomPoints(1000, 1, 3)), Axes::First(3));
  const PackedLocations packed(locations);
  const double point[3] = { 0.1, 0.0, -0.1 };
  PackedLocations::Sums sums;
  double least = 0.0;
  for (auto _ : state)
  {
    which == 0     ? packed.SumAtTwoBandwidths(point, 4.0, sums)
      : which == 1 ? packed.SumShifted(point, 4.0, -0.001, sums)
                   : packed.FindNearest(point, least);
    benchmark::DoNotOptimize(sums);
    benchmark::DoNotOptimize(least);
  }
  state.SetItemsProcessed(1000 * state.iterations());
}

struct Line
{
  static constexpr Index Nodes = 1000;
  std::vector<double> LogDensity, Slope, Ringing, Noise;
  Line()
    : LogDensity(Nodes)
    , Slope(Nodes)
    , Ringing(Nodes)
    , Noise(Nodes)
  {
    for (Index i = 0; i < Nodes; ++i)
    {
      const double x = 8.0 * (static_cast<double>(i) / Nodes - 0.5);
      this->LogDensity[static_cast<std::size_t>(i)] = -0.5 * x * x;
    }
  }
};

void BenchSpectralLine(benchmark::State& state)
{
  Line line;
  SpectralLine spectral(Line::Nodes, LineEnds::Open);
  for (auto _ : state)
  {
    spectral.Evaluate(line.LogDensity.data(), 0.0, { 1e-15, 1e-15, -700.0 },
      { line.Slope.data(), line.Ringing.data(), line.Noise.data() });
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(Line::Nodes * state.iterations());
}

void BenchDifferences(benchmark::State& state, DifferenceOrder order)
{
  const Line line;
  Grid grid;
  grid.Dimensions = Index3(Line::Nodes, 1, 1);
  const RowDifferences differences(
    grid, line.LogDensity.data(), line.LogDensity.data(), order, DifferenceScale());
  DifferenceRow row(Line::Nodes);
  std::vector<unsigned char> sound(Line::Nodes);
  for (auto _ : state)
  {
    differences.Evaluate(0, 0, row);
    benchmark::DoNotOptimize(
      FindSound(row, 0, Line::Nodes, line.LogDensity.data(), { -1e3, 1.0, 1e3 }, sound.data()));
  }
  state.SetItemsProcessed(Line::Nodes * state.iterations());
}

void BenchMagnitudes(benchmark::State& state)
{
  Line line;
  for (auto _ : state)
  {
    Magnitudes(line.LogDensity.data(), line.Ringing.data(), line.Noise.data(), Line::Nodes,
      line.Slope.data());
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(Line::Nodes * state.iterations());
}

void BenchScan(benchmark::State& state)
{
  const Line line;
  Grid grid;
  grid.Dimensions = Index3(Line::Nodes, 1, 1);
  for (auto _ : state)
  {
    benchmark::DoNotOptimize(
      ScanLogDensity(grid, line.LogDensity.data(), Index3::Zero(), grid.Dimensions, Execution()));
  }
  state.SetItemsProcessed(Line::Nodes * state.iterations());
}
}

void RegisterRowLoops()
{
  using State = benchmark::State;
  ForEachTarget("SampleLocator", BenchLocate);
  ForEachTarget("MeshBuckets", BenchBuckets);
  ForEachTarget("MultiplyPanel", BenchPanel);
  ForEachTarget("AppendLeaf", BenchLeaf);
  ForEachTarget("SumAtTwoBandwidths", [](State& state) { BenchLocations(state, 0); });
  ForEachTarget("SumShifted", [](State& state) { BenchLocations(state, 1); });
  ForEachTarget("FindNearest", [](State& state) { BenchLocations(state, 2); });
  ForEachTarget("SpectralLine", BenchSpectralLine);
  ForEachTarget(
    "Differences central", [](State& state) { BenchDifferences(state, DifferenceOrder::Second); });
  ForEachTarget(
    "Differences fourth", [](State& state) { BenchDifferences(state, DifferenceOrder::Fourth); });
  ForEachTarget("Magnitudes", BenchMagnitudes);
  ForEachTarget("ScanLogDensity", BenchScan);
}
}
