// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Density/EstimateReuse.h"

#include "Numerics/Cloud/GridPlacement.h"
#include "Numerics/Exact/SampleTree.h"
#include "Numerics/Transform/FftDensity.h"

#include <utility>

namespace scorefields
{
double EstimateReuse::TransformBytes() const
{
  return this->Transform ? this->Transform->Bytes() : 0.0;
}

double EstimateReuse::TreeBytes() const
{
  const double points = this->Stored
    ? static_cast<double>(this->Stored->Points.size() + this->Stored->Weights.size())
    : 0.0;
  return static_cast<double>(sizeof(double)) * points + (this->Tree ? this->Tree->Bytes() : 0.0);
}

EstimateReuse* ReuseOf(const EstimateProblem& problem)
{
  return problem.Settings.Sharpen ? nullptr : problem.Settings.Reuse;
}

const Samples& AllSamples(const EstimateProblem& problem, Samples& storage)
{
  EstimateReuse* const reuse = ReuseOf(problem);
  if (problem.Cloud.Stored() && !problem.Parts.Distributed)
  {
    return *problem.Cloud.Stored();
  }
  if (reuse && reuse->Stored)
  {
    return *reuse->Stored;
  }
  const Samples& own = InMemory(problem.Cloud, storage);
  if (problem.Parts.Distributed)
  {
    storage = problem.Parts.Gather(own);
  }
  if (!reuse)
  {
    return storage;
  }
  reuse->Stored = std::make_shared<const Samples>(std::move(storage));
  return *reuse->Stored;
}

namespace
{
/// The axes along which a sample can lie outside: closed ones have its images inside.
Axes OpenAxes(const EstimateProblem& problem)
{
  const Axes& active = problem.Kernel.ActiveAxes();
  Axes open;
  open.Count = 0;
  for (int a = 0; a < active.Count; ++a)
  {
    const int axis = active.Axis[a];
    if (problem.Settings.Fft.Boundaries[static_cast<std::size_t>(axis)] == Boundary::Open)
    {
      open.Axis[open.Count++] = axis;
    }
  }
  return open;
}
}

double LostWeight(const EstimateProblem& problem, const Execution& execution)
{
  EstimateReuse* const reuse = problem.Settings.Reuse;
  if (reuse && reuse->LostWeight)
  {
    return *reuse->LostWeight;
  }
  const Axes axes = OpenAxes(problem);
  double lost = IsInside(problem.Moments, problem.Nodes, axes)
    ? 0.0
    : WeightOutside(problem.Cloud, problem.Nodes, axes, execution);
  problem.Parts.Sum(&lost, 1);
  if (reuse)
  {
    reuse->LostWeight = lost;
  }
  return lost;
}
}
