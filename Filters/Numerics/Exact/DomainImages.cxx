// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Exact/DomainImages.h"

#include <vector>

namespace scorefields
{
namespace
{
constexpr double NearReach = 9.0; ///< in bandwidths
}

Grid NodesOf(const Domain& domain, const Eigen::AlignedBox3d& places)
{
  Grid nodes;
  nodes.Dimensions = Index3::Constant(2);
  nodes.Origin = places.min();
  nodes.Spacing = places.sizes();
  for (int axis = 0; axis < 3; ++axis)
  {
    if (domain.IsClosed(axis))
    {
      nodes.Origin[axis] = domain.Lower[axis];
      nodes.Spacing[axis] = domain.Length[axis];
    }
  }
  return nodes;
}

Samples NearDomain(const Samples& images, const Domain& domain, const GaussianKernel& kernel)
{
  const Eigen::Vector3d reach = NearReach * kernel.AxisBandwidths();
  std::vector<Index> near;
  for (Index i = 0; i < images.Count(); ++i)
  {
    bool reaches = true;
    for (int axis = 0; axis < 3; ++axis)
    {
      const double offset = images.Points(axis, i) - domain.Lower[axis];
      reaches = reaches &&
        (!domain.IsClosed(axis) ||
          (offset >= -reach[axis] && offset <= domain.Length[axis] + reach[axis]));
    }
    if (reaches)
    {
      near.push_back(i);
    }
  }
  Samples samples;
  samples.Points = images.Points(Eigen::all, near);
  if (images.Weights.size() > 0)
  {
    samples.Weights = images.Weights(near);
  }
  samples.TotalWeight = images.TotalWeight;
  return samples;
}
}
