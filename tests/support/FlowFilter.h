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

/// The values of the property Boundary.
enum Closure
{
  Open,
  Periodic,
  Reflecting,
  PerAxis
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

/// The same on twenty samples of the study.
inline std::string ErrorOf(const std::function<void(vtkScoreFlow*)>& change)
{
  return ErrorOf(StudyCloud(20), change);
}

/// A number of the first output's field data; -1 if it is not there.
inline double Fact(vtkScoreFlow* filter, const char* name, double otherwise = -1.0)
{
  return vtkscorefields::FieldValue(Output(filter)->GetFieldData(), name, otherwise);
}

inline Eigen::Matrix3Xd PositionsAt(vtkScoreFlow* filter, double time)
{
  filter->UpdateTimeStep(time);
  return vtkscorefields::PointsOf(Output(filter));
}
}
}

#endif
