// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Tails/WantedBoxes.h"

#include "Numerics/Exact/ExactSum.h"
#include "Numerics/Exact/SampleTree.h"

#include <algorithm>
#include <iterator>
#include <vector>

namespace scorefields
{
namespace
{
constexpr Index MostBoxes[3] = { 1024, 32, 20 }; ///< along each axis
constexpr Index MostLeaves = 1024;

/// Nodes of a grid along each axis, cut into runs of neighbours.
struct Runs
{
  Index3 Nodes;
  Index3 Numbers = Index3::Ones(); ///< of runs

  Index Of(int axis, Index node) const { return node * this->Numbers[axis] / this->Nodes[axis]; }
  /// The first node of a run, or of the next one, or the one before it.
  Index First(int axis, Index run) const { return run * this->Nodes[axis] / this->Numbers[axis]; }
};

Runs RunsOf(const GaussianKernel& kernel, const Index3& nodes)
{
  Runs runs{ nodes };
  for (int a = 0; a < kernel.Dimension(); ++a)
  {
    const int axis = kernel.ActiveAxes().Axis[a];
    runs.Numbers[axis] = std::min(nodes[axis], MostBoxes[kernel.Dimension() - 1]);
  }
  return runs;
}
}

WantedBoxes::WantedBoxes(Index size)
  : Lower(Eigen::Matrix3Xd::Zero(3, size))
  , Upper(Eigen::Matrix3Xd::Zero(3, size))
  , Wanted(Eigen::ArrayXd::Zero(size))
{
}

WantedBoxes WantedBoxes::OfNodes(const GaussianKernel& kernel, const Grid& grid,
  const NodeBlock& block, const unsigned char* wanted)
{
  const Runs runs = RunsOf(kernel, grid.Dimensions);
  WantedBoxes boxes(runs.Numbers.prod());
  for (Index box = 0; box < boxes.Size(); ++box)
  {
    const Index row = box / runs.Numbers[0];
    const Index3 place(box % runs.Numbers[0], row % runs.Numbers[1], row / runs.Numbers[1]);
    for (int a = 0; a < kernel.Dimension(); ++a)
    {
      const int axis = kernel.ActiveAxes().Axis[a];
      const auto first = static_cast<double>(runs.First(axis, place[axis]));
      const auto next = static_cast<double>(runs.First(axis, place[axis] + 1));
      boxes.Lower(axis, box) = grid.Origin[axis] + first * grid.Spacing[axis];
      boxes.Upper(axis, box) = grid.Origin[axis] + next * grid.Spacing[axis];
    }
  }
  const unsigned char* flag = wanted;
  for (Index k = 0; k < block.Dimensions[2]; ++k)
  {
    const Index layer = runs.Of(2, block.First[2] + k) * runs.Numbers[1];
    for (Index j = 0; j < block.Dimensions[1]; ++j)
    {
      const Index row = (layer + runs.Of(1, block.First[1] + j)) * runs.Numbers[0];
      for (Index i = 0; i < block.Dimensions[0]; ++i)
      {
        boxes.Wanted[row + runs.Of(0, block.First[0] + i)] += *flag++;
      }
    }
  }
  return boxes;
}

WantedBoxes WantedBoxes::OfPoints(const GaussianKernel& kernel, const PointsRef& points,
  const unsigned char* wanted, const Execution& execution)
{
  const std::vector<Index> places = WantedEntries(points.cols(), wanted);
  const Axes& axes = kernel.ActiveAxes();
  const auto leaf = static_cast<Index>(places.size()) / (MostLeaves / 2) + 1;
  const SampleTree tree(Samples::Unweighted(points(Eigen::all, places)), axes,
    kernel.AxisBandwidths(), leaf, execution);
  std::vector<SampleTree::Box> leaves;
  std::copy_if(tree.Boxes().begin(), tree.Boxes().end(), std::back_inserter(leaves),
    [](const SampleTree::Box& box) { return box.Child == 0; });
  WantedBoxes boxes(static_cast<Index>(leaves.size()));
  for (Index box = 0; box < boxes.Size(); ++box)
  {
    const SampleTree::Box& found = leaves[static_cast<std::size_t>(box)];
    boxes.Wanted[box] = static_cast<double>(found.Count());
    for (int a = 0; a < axes.Count; ++a)
    {
      boxes.Lower(axes.Axis[a], box) = found.Low[static_cast<std::size_t>(a)];
      boxes.Upper(axes.Axis[a], box) = found.High[static_cast<std::size_t>(a)];
    }
  }
  return boxes;
}
}
