// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/DensitySettings.h"

#include <cmath>
#include <sstream>
#include <stdexcept>

namespace scorefields
{
GaussianKernel ResolveKernel(
  const KernelRequest& request, const CloudMoments& moments, const Axes& axes)
{
  if (request.Rule != BandwidthRule::Manual && !(moments.Count > 0.0))
  {
    return GaussianKernel::Isotropic(axes, 1.0);
  }
  if (request.Rule != BandwidthRule::Manual)
  {
    return ChooseKernel(request.Rule, request.Shape, moments, axes, request.Scale);
  }
  if (!(std::isfinite(request.Scale) && request.Scale > 0.0))
  {
    std::ostringstream message;
    message << "BandwidthScale is " << request.Scale << "; it must be positive and finite";
    throw std::invalid_argument(message.str());
  }
  switch (request.Shape)
  {
    case BandwidthShape::PerAxis:
      return GaussianKernel::PerAxis(axes, request.Scale * request.AxisBandwidths);
    case BandwidthShape::Covariance:
      return GaussianKernel(axes, request.Scale * request.Scale * ToMatrix(request.Matrix));
    case BandwidthShape::Isotropic:
      break;
  }
  return GaussianKernel::Isotropic(axes, request.Scale * request.Bandwidth);
}

Axes ResolveAxes(int dimension, const GridRequest& grid, const CloudMoments& moments)
{
  if (dimension < 0 || dimension > 3)
  {
    std::ostringstream message;
    message << "Dimension is " << dimension << "; it must be 1, 2, 3 or 0 for automatic";
    throw std::invalid_argument(message.str());
  }
  const Index3 nodes = DimensionsOf(grid, Axes());
  const bool any = (nodes.array() > 1).any();
  const Axes fallback = any ? Axes::FromFlags(nodes[0] > 1, nodes[1] > 1, nodes[2] > 1) : Axes();
  return AxesOf(moments, dimension, fallback);
}
}
