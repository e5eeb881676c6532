// SPDX-License-Identifier: BSD-3-Clause
#ifndef support_ModeFilter_h
#define support_ModeFilter_h

#include "support/ErrorLog.h"
#include "support/PolyDataPoints.h"
#include "vtkDensityModes.h"
#include "vtkKernelDensity.h"

#include <vtkDataArray.h>
#include <vtkFieldData.h>
#include <vtkImageData.h>
#include <vtkPointData.h>
#include <vtkPolyData.h>

/// The filter of modes with what it reports, after a kernel density of some points.
namespace support
{
struct Modes
{
  vtkNew<vtkKernelDensity> Density;
  vtkNew<vtkDensityModes> Filter;
  vtkNew<ErrorLog> Log;

  Modes() { this->Log->Watch(this->Filter); }

  /// The density of a cloud with a fixed bandwidth, and the cloud as samples.
  void Connect(vtkDataObject* cloud, double bandwidth, int nodes = 64)
  {
    this->Density->SetInputData(cloud);
    this->Density->SetBandwidthRule(0);
    this->Density->SetBandwidth(bandwidth);
    this->Density->SetSampleDimensions(nodes, nodes, nodes);
    this->Filter->SetInputConnection(0, this->Density->GetOutputPort());
    this->Filter->SetInputData(1, cloud);
  }
  vtkPolyData* Run()
  {
    this->Filter->Update();
    return this->Points();
  }
  vtkPolyData* Points() { return this->Filter->GetCriticalPoints(); }
  vtkDataObject* Samples() { return this->Filter->GetOutputDataObject(1); }
  vtkPolyData* Ways() { return vtkPolyData::SafeDownCast(this->Filter->GetOutputDataObject(2)); }
  /// Of a critical point.
  double Value(const char* array, vtkIdType point, int component = 0)
  {
    return this->Points()->GetPointData()->GetArray(array)->GetComponent(point, component);
  }
  double Fact(const char* name, vtkIdType component = 0)
  {
    return this->Points()->GetFieldData()->GetArray(name)->GetComponent(
      0, static_cast<int>(component));
  }
  double BasinOf(vtkIdType sample)
  {
    return vtkDataSet::SafeDownCast(this->Samples())
      ->GetPointData()
      ->GetArray("Basin")
      ->GetComponent(sample, 0);
  }
};
}

#endif
