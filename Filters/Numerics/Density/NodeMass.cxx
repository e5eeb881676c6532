// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Density/NodeMass.h"

#include <cmath>
#include <iomanip>
#include <sstream>

namespace scorefields
{
namespace
{
/// Nodes up to this many bandwidths apart miss nothing of a kernel.
constexpr double SoundSpacing = 2.0;
/// A mass off by more than this share of it misleads.
constexpr double SoundMassError = 0.1;

/// The share of a cell's length that a node of a block stands for.
double EndWeight(Index node, Index nodes)
{
  const double left = node > 0 ? 0.5 : 0.0;
  return left + (node + 1 < nodes ? 0.5 : 0.0);
}

/// The trapezoid sum of a block, in units of a cell. Axes on which the whole grid has one node do
/// not count.
double BlockSum(const EstimateProblem& problem, const double* density)
{
  const Index3& block = problem.Block.Dimensions;
  const auto weight = [&](int axis, Index node)
  { return problem.Nodes.Dimensions[axis] > 1 ? EndWeight(node, block[axis]) : 1.0; };
  double sum = 0.0;
  for (Index k = 0; k < block[2]; ++k)
  {
    for (Index j = 0; j < block[1]; ++j)
    {
      double row = 0.0;
      const double* const values = density + block[0] * (j + block[1] * k);
      for (Index i = 0; i < block[0]; ++i)
      {
        row += weight(0, i) * values[i];
      }
      sum += row * weight(1, j) * weight(2, k);
    }
  }
  return sum;
}

double CellCount(const Index3& dimensions, const Index3& whole)
{
  double cells = 1.0;
  for (int axis = 0; axis < 3; ++axis)
  {
    cells *= whole[axis] > 1 ? static_cast<double>(dimensions[axis] - 1) : 1.0;
  }
  return dimensions.minCoeff() > 0 ? cells : 0.0;
}

double CellMeasure(const Grid& grid)
{
  double measure = 1.0;
  for (int axis = 0; axis < 3; ++axis)
  {
    measure *= grid.Dimensions[axis] > 1 ? grid.Spacing[axis] : 1.0;
  }
  return measure;
}

/// Distance of the nodes along an axis in bandwidths.
double RelativeSpacing(const EstimateProblem& problem, int axis)
{
  return problem.Nodes.Spacing[axis] * std::sqrt(problem.Kernel.Precision()(axis, axis));
}

std::string Warning(const EstimateProblem& problem, int axis, double share)
{
  const double relative = RelativeSpacing(problem, axis);
  const double cells = static_cast<double>(problem.Nodes.Dimensions[axis] - 1);
  std::ostringstream text;
  text.precision(3);
  text << "The nodes are " << relative << " bandwidths apart along "
       << "xyz"[axis] << " and hold " << share << (share < 1.0 ? " of the mass" : " times the mass")
       << ", so that the image steps over parts of the density. Raise SampleDimensions ("
       << std::fixed << std::setprecision(0) << std::ceil(cells * relative) + 1.0 << " along "
       << "xyz"[axis] << " for one bandwidth), turn UseInputBounds off and set SamplingBounds to a"
       << " smaller box, or choose a larger bandwidth.";
  return text.str();
}
}

std::optional<double> NodeMass(const EstimateProblem& problem, const double* density)
{
  const Axes& axes = problem.Kernel.ActiveAxes();
  for (int a = 0; a < axes.Count; ++a)
  {
    if (problem.Nodes.Dimensions[axes.Axis[a]] < 2)
    {
      return std::nullopt;
    }
  }
  const Index3& whole = problem.Nodes.Dimensions;
  double sums[2] = { BlockSum(problem, density), CellCount(problem.Block.Dimensions, whole) };
  problem.Parts.Sum(sums, 2);
  if (sums[1] != CellCount(whole, whole))
  {
    return std::nullopt;
  }
  return sums[0] * CellMeasure(problem.Nodes);
}

std::string CoarseNodesWarning(
  const EstimateProblem& problem, const double* density, double lostWeight)
{
  int worst = 0;
  for (int axis = 1; axis < 3; ++axis)
  {
    worst = RelativeSpacing(problem, axis) > RelativeSpacing(problem, worst) ? axis : worst;
  }
  const double expected = 1.0 - lostWeight / problem.Moments.TotalWeight;
  if (!(RelativeSpacing(problem, worst) > SoundSpacing && expected > 0.0))
  {
    return std::string();
  }
  const std::optional<double> mass = NodeMass(problem, density);
  const double share = mass ? *mass / expected : 1.0;
  return std::abs(share - 1.0) > SoundMassError ? Warning(problem, worst, share) : std::string();
}
}
