// SPDX-License-Identifier: BSD-3-Clause
#ifndef support_WatchedDensity_h
#define support_WatchedDensity_h

#include "support/ErrorLog.h"
#include "support/PolyDataPoints.h"
#include "support/RandomPoints.h"

#include "vtkKernelDensity.h"

#include <vtkDataObject.h>
#include <vtkImageData.h>
#include <vtkNew.h>

#include <gtest/gtest.h>

namespace scorefields
{
/// Kernel Density of ten points, and what it says.
struct WatchedFilter
{
  WatchedFilter()
  {
    this->Input = PolyDataPoints(RandomPoints(10, 1, 2));
    this->Filter->SetInputData(this->Input);
    this->Filter->SetBandwidthRule(0);
    this->Filter->SetBandwidth(0.2);
    this->Filter->SetSampleDimensions(16, 16, 16);
    this->Log->Watch(this->Filter);
  }
  /// Runs; there must be one message, with this text, and an empty output.
  bool FailsWith(const char* text)
  {
    this->Log->Clear();
    this->Filter->Update();
    const bool said = this->Log->HasError(text);
    EXPECT_TRUE(said) << "expected: " << text << "\nlog: " << this->Log->Errors;
    EXPECT_EQ(this->Log->ErrorCount, 1) << this->Log->Errors;
    EXPECT_EQ(this->Filter->GetImage()->GetNumberOfPoints(), 0);
    return said;
  }
  void Weigh(const Eigen::VectorXd& weights)
  {
    AddPointArray(this->Input, "mass", weights);
    this->Filter->SetInputArrayToProcess(0, 0, 0, vtkDataObject::FIELD_ASSOCIATION_POINTS, "mass");
  }

  vtkSmartPointer<vtkPolyData> Input;
  vtkNew<vtkKernelDensity> Filter;
  vtkNew<ErrorLog> Log;
};
}

#endif
