// SPDX-License-Identifier: BSD-3-Clause
#ifndef support_RegionFilter_h
#define support_RegionFilter_h

#include "support/DensityImage.h"
#include "support/ErrorLog.h"
#include "vtkHighestDensityRegions.h"

#include <vtkPolyData.h>
#include <vtkTable.h>

#include <cmath>
#include <functional>

/// The filter of regions with what it reports, and images for it.
namespace support
{
struct Regions
{
  vtkNew<vtkHighestDensityRegions> Filter;
  vtkNew<ErrorLog> Log;

  Regions() { this->Log->Watch(this->Filter); }
  vtkImageData* Run(vtkImageData* image)
  {
    this->Filter->SetInputData(0, image);
    this->Filter->Update();
    return this->Filter->GetImage();
  }
  void SetMasses(const std::vector<double>& masses)
  {
    this->Filter->ClearRegionMasses();
    for (const double mass : masses)
    {
      this->Filter->AddRegionMass(mass);
    }
  }
  vtkPolyData* Contours()
  {
    return vtkPolyData::SafeDownCast(this->Filter->GetOutputDataObject(1));
  }
  vtkTable* Table() { return vtkTable::SafeDownCast(this->Filter->GetOutputDataObject(2)); }
  vtkDataObject* Samples() { return this->Filter->GetOutputDataObject(3); }
  vtkTable* Islands() { return vtkTable::SafeDownCast(this->Filter->GetOutputDataObject(4)); }
  double Value(vtkIdType row, const char* column)
  {
    return this->Table()->GetValueByName(row, column).ToDouble();
  }
  double IslandValue(vtkIdType row, const char* column)
  {
    return this->Islands()->GetValueByName(row, column).ToDouble();
  }
};

/// The log density of the standard Gaussian in the plane.
inline double PlaneGaussian(const Eigen::Vector3d& x)
{
  return -0.5 * (x[0] * x[0] + x[1] * x[1]) - std::log(2.0 * scorefields::Pi);
}

/// A square around 0 in the plane, or a cube.
inline scorefields::Grid Box(int nodes, double half, int dimension = 2)
{
  scorefields::Grid grid;
  for (int axis = 0; axis < dimension; ++axis)
  {
    grid.Dimensions[axis] = nodes;
    grid.Origin[axis] = -half;
    grid.Spacing[axis] = 2.0 * half / (nodes - 1);
  }
  return grid;
}
}

#endif
