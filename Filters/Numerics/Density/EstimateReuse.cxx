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

double EstimateReuse::IndexBytes() const
{
  const double points = this->Stored
    ? static_cast<double>(this->Stored->Points.size() + this->Stored->Weights.size())
    : 0.0;
  return static_cast<double>(sizeof(double)) * points + (this->Index ? this->Index->Bytes() : 0.0);
}

const Samples& AllSamples(
  const SampleSource& local, const Exchange& exchange, EstimateReuse* reuse, Samples& storage)
{
  if (local.Stored() && !exchange.Distributed)
  {
    return *local.Stored();
  }
  if (reuse && reuse->Stored)
  {
    return *reuse->Stored;
  }
  const Samples& own = InMemory(local, storage);
  if (exchange.Distributed)
  {
    storage = exchange.Gather(own);
  }
  if (!reuse)
  {
    return storage;
  }
  reuse->Stored = std::make_shared<const Samples>(std::move(storage));
  return *reuse->Stored;
}

double LostWeight(const SampleSource& local, const CloudMoments& moments, const Grid& grid,
  const Axes& axes, const Exchange& exchange, EstimateReuse* reuse, const Execution& execution)
{
  if (reuse && reuse->LostWeight)
  {
    return *reuse->LostWeight;
  }
  double lost = IsInside(moments, grid, axes) ? 0.0 : WeightOutside(local, grid, axes, execution);
  exchange.Sum(&lost, 1);
  if (reuse)
  {
    reuse->LostWeight = lost;
  }
  return lost;
}
}
