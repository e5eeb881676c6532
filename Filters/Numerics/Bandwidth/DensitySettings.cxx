// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Bandwidth/DensitySettings.h"

#include <cmath>
#include <sstream>
#include <stdexcept>

namespace scorefields
{
namespace
{
/// A standard deviation whose square is a double with all its digits.
void RequireLength(const char* property, double length, double scale)
{
  constexpr double least = 1e-150;
  const double scaled = scale * length;
  if (!(scaled >= least && scaled <= 1.0 / least))
  {
    std::ostringstream message;
    message << property << " is " << length;
    if (scale != 1.0)
    {
      message << " and BandwidthScale " << scale;
    }
    message << "; it must be positive and finite, from 1e-150 to 1e150 with the scale";
    throw std::invalid_argument(message.str());
  }
}
}

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
  RequireScale(request.Scale);
  switch (request.Shape)
  {
    case BandwidthShape::PerAxis:
      for (int a = 0; a < axes.Count; ++a)
      {
        RequireLength("AxisBandwidths", request.AxisBandwidths[axes.Axis[a]], request.Scale);
      }
      return GaussianKernel::PerAxis(axes, request.Scale * request.AxisBandwidths);
    case BandwidthShape::Covariance:
      return GaussianKernel(axes, request.Scale * request.Scale * ToMatrix(request.Matrix));
    case BandwidthShape::Isotropic:
      break;
  }
  RequireLength("Bandwidth", request.Bandwidth, request.Scale);
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
