// SPDX-License-Identifier: BSD-3-Clause
#ifndef support_FlowFilter_h
#define support_FlowFilter_h

#include "Pipeline/Adaptor.h"
#include "support/ErrorLog.h"
#include "support/FlowCases.h"
#include "support/PolyDataPoints.h"
#include "vtkScoreFlow.h"

#include <vtkNew.h>
#include <vtkPolyData.h>

#include <gtest/gtest.h>

#include <functional>
#include <string>

/// vtkScoreFlow as its tests use it.
namespace scorefields
{
namespace flow
{
enum Mode
{
  Ascent,
  Langevin,
  Annealed,
  ProbabilityFlow,
  Denoise,
  Diffusion
};
enum Start
{
  Automatic,
  Particles,
  SampleStart,
  RandomSamples,
  Density,
  Noise,
  Box
};

inline vtkSmartPointer<vtkPolyData> StudyCloud(Index n)
{
  return PolyDataPoints(StudySamples(n)->Points);
}

inline vtkPolyData* Output(vtkScoreFlow* filter, int port = 0)
{
  return vtkPolyData::SafeDownCast(filter->GetOutputDataObject(port));
}

/// The error of a filter on samples, changed; its outputs must be empty, and the error one.
inline std::string ErrorOf(vtkDataObject* samples, const std::function<void(vtkScoreFlow*)>& change)
{
  vtkNew<vtkScoreFlow> filter;
  vtkNew<ErrorLog> log;
  log->Watch(filter);
  filter->SetInputData(0, samples);
  change(filter);
  filter->Update();
  EXPECT_EQ(Output(filter)->GetNumberOfPoints(), 0);
  EXPECT_EQ(Output(filter, 1)->GetNumberOfPoints(), 0);
  EXPECT_EQ(log->ErrorCount, 1) << log->Errors;
  return log->Errors;
}

inline Eigen::Matrix3Xd PositionsAt(vtkScoreFlow* filter, double time)
{
  filter->UpdateTimeStep(time);
  return vtkscorefields::PointsOf(Output(filter));
}
}
}

#endif
