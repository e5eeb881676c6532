// SPDX-License-Identifier: BSD-3-Clause
#ifndef support_FlowFilter_h
#define support_FlowFilter_h

#include "Pipeline/Adaptor.h"
#include "support/FlowCases.h"
#include "support/PolyDataPoints.h"
#include "vtkScoreFlow.h"

#include <vtkPolyData.h>

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

inline Eigen::Matrix3Xd PositionsAt(vtkScoreFlow* filter, double time)
{
  filter->UpdateTimeStep(time);
  return vtkscorefields::PointsOf(Output(filter));
}
}
}

#endif
