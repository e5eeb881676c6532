// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Transform/Spreading.h"

#include "Numerics/Transform/SplineKernels.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace scorefields
{
namespace
{
constexpr Index SmallestBatch = Index(1) << 17; // sorted, it stays in the cache
constexpr Index LargestBatch = Index(1) << 20;
constexpr Index TaskSize = Index(1) << 15;

// Up to TaskSize samples of one block. A block of more samples has several tasks, each with a patch
// of its own in shared memory; else the patch is the worker's and goes to the mesh at once.
constexpr Index OwnPatch = -1;
struct Task
{
  Index Block;
  Index Begin;
  Index End;
  Index Offset; // of the patch in the shared memory, or OwnPatch
};

Index3 PatchSize(const MeshBuckets& blocks, const MeshPlan& plan, Index block)
{
  Index3 size = blocks.Length(block);
  size[0] = (size[0] + PatchMargin + 7) / 8 * 8;
  for (int a = 1; a < plan.Dimension; ++a)
  {
    size[a] += plan.Order - 1;
  }
  return size;
}

std::vector<Task> TasksOfColour(const MeshBuckets& blocks, const MeshPlan& plan,
  const std::vector<Index>& coloured, const SortedSamples& sorted, Index& memory)
{
  std::vector<Task> tasks;
  memory = 0;
  for (const Index block : coloured)
  {
    const Index last = sorted.Begin(block + 1);
    const bool several = last - sorted.Begin(block) > TaskSize;
    for (Index begin = sorted.Begin(block); begin < last; begin += TaskSize)
    {
      const Index end = std::min(begin + TaskSize, last);
      tasks.push_back({ block, begin, end, several ? memory : OwnPatch });
      memory += several ? PatchSize(blocks, plan, block).prod() : 0;
    }
  }
  return tasks;
}

void SpreadTask(const MeshBuckets& blocks, const MeshPlan& plan, const SortedSamples& sorted,
  const Task& task, double* values)
{
  const Index3 size = PatchSize(blocks, plan, task.Block);
  const Patch patch{ blocks.First(task.Block), size[0], size[0] * size[1], values };
  std::fill_n(patch.Values, size.prod(), 0.0);
  AddSamples(
    plan.Dimension, plan.Order, sorted.Located() + task.Begin, task.End - task.Begin, patch);
}

// Adds a patch to the mesh, around the period where it leaves it.
void Merge(const MeshBuckets& blocks, const MeshPlan& plan, const Task& task, const double* values,
  FftBuffer<double>& mesh)
{
  const Index3 size = PatchSize(blocks, plan, task.Block);
  const Index3 first = blocks.First(task.Block);
  const Index rowNodes = blocks.Length(task.Block)[0] + plan.Order - 1;
  const Index length = plan.Axes[0].Size;
  for (Index k = 0; k < size[2]; ++k)
  {
    const Index plane = (first[2] + k) % plan.Axes[2].Size * plan.Axes[1].Size;
    for (Index j = 0; j < size[1]; ++j)
    {
      double* const row = mesh.Data() + (plane + (first[1] + j) % plan.Axes[1].Size) * length;
      const double* const source = values + (k * size[1] + j) * size[0];
      for (Index i = 0; i < rowNodes;)
      {
        const Index start = (first[0] + i) % length;
        const Index run = std::min(rowNodes - i, length - start);
        for (Index n = 0; n < run; ++n)
        {
          row[start + n] += source[i + n];
        }
        i += run;
      }
    }
  }
}

void SpreadColour(const MeshBuckets& blocks, const MeshPlan& plan, const SortedSamples& sorted,
  const std::vector<Index>& coloured, FftBuffer<double>& mesh, const Execution& execution)
{
  Index memory = 0;
  const std::vector<Task> tasks = TasksOfColour(blocks, plan, coloured, sorted, memory);
  FftBuffer<double> patches(memory);
  execution.For(static_cast<Index>(tasks.size()),
    [&](Index begin, Index end)
    {
      FftBuffer<double> own;
      for (Index t = begin; t < end; ++t)
      {
        const Task& task = tasks[static_cast<std::size_t>(t)];
        if (task.Offset != OwnPatch)
        {
          SpreadTask(blocks, plan, sorted, task, patches.Data() + task.Offset);
          continue;
        }
        const Index size = PatchSize(blocks, plan, task.Block).prod();
        own = own.Size() < size ? FftBuffer<double>(size) : std::move(own);
        SpreadTask(blocks, plan, sorted, task, own.Data());
        Merge(blocks, plan, task, own.Data(), mesh);
      }
    });
  // In the order of the samples, whichever task was done first.
  for (const Task& task : tasks)
  {
    if (task.Offset != OwnPatch)
    {
      Merge(blocks, plan, task, patches.Data() + task.Offset, mesh);
    }
  }
}

// Adds to each node the value of its mirror image about node 0 of the axis.
void Mirror(const MeshPlan& plan, int axis, FftBuffer<double>& mesh, const Execution& execution)
{
  Index inner = 1;
  for (int a = 0; a < axis; ++a)
  {
    inner *= plan.Axes[static_cast<std::size_t>(a)].Size;
  }
  const Index size = plan.Axes[static_cast<std::size_t>(axis)].Size;
  execution.For(mesh.Size() / (inner * size),
    [&](Index begin, Index end)
    {
      for (Index outer = begin; outer < end; ++outer)
      {
        double* const line = mesh.Data() + outer * inner * size;
        for (Index j = 0; 2 * j <= size; ++j)
        {
          double* const here = line + j * inner;
          double* const there = line + (size - j) % size * inner;
          for (Index i = 0; i < inner; ++i)
          {
            const double both = here[i] + there[i];
            here[i] = both;
            there[i] = both;
          }
        }
      }
    });
}
}

Mesh SpreadSamples(
  const MeshPlan& plan, const Grid& grid, const SampleSource& source, const Execution& execution)
{
  const MeshBuckets blocks(plan);
  const SampleLocator locator(plan, grid);
  std::vector<std::vector<Index>> colours(MeshBuckets::Colours);
  for (Index block = 0; block < blocks.Count(); ++block)
  {
    colours[static_cast<std::size_t>(blocks.Colour(block))].push_back(block);
  }
  Mesh mesh;
  mesh.Values = FftBuffer<double>(plan.Size());
  mesh.Values.Fill(0.0);
  const Index count = source.EntryCount();
  // Each batch passes over the mesh: not worth it for fewer samples than nodes.
  const Index batch = std::clamp(plan.Size(), SmallestBatch, LargestBatch);
  SortedSamples sorted(blocks, locator, source, std::min(count, batch));
  for (Index begin = 0; begin < count; begin += batch)
  {
    const Index end = std::min(count, begin + batch);
    sorted.Sort(begin, end, mesh.Totals, execution);
    for (const auto& coloured : colours)
    {
      SpreadColour(blocks, plan, sorted, coloured, mesh.Values, execution);
    }
    execution.Checkpoint(static_cast<double>(end) / static_cast<double>(count));
  }
  for (int a = 0; a < plan.Dimension; ++a)
  {
    if (plan.Axes[static_cast<std::size_t>(a)].Mirror)
    {
      Mirror(plan, a, mesh.Values, execution);
    }
  }
  return mesh;
}
}
