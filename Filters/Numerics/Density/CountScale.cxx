// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Density/CountScale.h"

#include <cmath>
#include <stdexcept>
#include <string>

namespace scorefields
{
namespace
{
double CellMeasure(CountScale scale, const Grid& nodes, const Axes& axes)
{
  double measure = 1.0;
  for (int a = 0; a < axes.Count; ++a)
  {
    const int axis = axes.Axis[a];
    if (nodes.Dimensions[axis] < 2)
    {
      throw std::invalid_argument(std::string("CountScale is ") + NameOf(scale) +
        ", but the image is a slice of the density, one node thick along " + "xyz"[axis] +
        ", so that its cells have no size. Give SampleDimensions and SamplingBounds two nodes or"
        " more there, or set CountScale to " +
        NameOf(CountScale::CountDensity));
    }
    measure *= std::abs(nodes.Spacing[axis]);
  }
  return measure;
}
}

double FactorOf(CountScale scale, double totalWeight, const Grid& nodes, const Axes& axes)
{
  switch (scale)
  {
    case CountScale::None:
      return 1.0;
    case CountScale::CountDensity:
      return totalWeight;
    case CountScale::CellProbability:
      return CellMeasure(scale, nodes, axes);
    case CountScale::CellCount:
      return totalWeight * CellMeasure(scale, nodes, axes);
  }
  return 1.0;
}
}
