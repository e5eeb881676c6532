// SPDX-License-Identifier: BSD-3-Clause
#ifndef Ranks_Chains_h
#define Ranks_Chains_h

#include "vtkBandwidthScan.h"
#include "vtkCompareDensities.h"
#include "vtkDensityDifference.h"
#include "vtkDensityFromScore.h"
#include "vtkDensityModes.h"
#include "vtkDensityRidges.h"
#include "vtkHighestDensityRegions.h"
#include "vtkKernelDensity.h"
#include "vtkKernelDensityAtPoints.h"
#include "vtkPointsFromArrays.h"
#include "vtkPointsFromShape.h"
#include "vtkScoreField.h"
#include "vtkScoreFlow.h"
#include "vtkScoreMatchingFit.h"

#include "Numerics/Bandwidth/Bandwidth.h"
#include "Numerics/Density/DensityEstimate.h"
#include "Numerics/Fit/ScoreFit.h"
#include "Numerics/Flow/FlowSchedule.h"
#include "Pipeline/Choices.h"
#include "support/PolyDataPoints.h"
#include "support/RandomPoints.h"

#include <vtkAlgorithm.h>
#include <vtkMultiProcessController.h>
#include <vtkNew.h>
#include <vtkPolyData.h>
#include <vtkSmartPointer.h>
#include <vtkTrivialProducer.h>

#include <vector>

/// Every filter, after what it needs, on each rank's own points.
namespace vtkscorefields
{
inline int RankOfThis()
{
  return vtkMultiProcessController::GetGlobalController()->GetLocalProcessId();
}

inline int Ranks()
{
  return vtkMultiProcessController::GetGlobalController()->GetNumberOfProcesses();
}

/// This rank's points of a cloud.
inline vtkSmartPointer<vtkPolyData> OwnPoints()
{
  const auto data = PolyDataPoints(RandomPoints(200, static_cast<unsigned int>(RankOfThis()), 2));
  AddPointArray(data, "mass", Eigen::VectorXd::Constant(200, 2.0));
  return data;
}

/// A filter after what it needs.
struct Chain
{
  std::vector<vtkSmartPointer<vtkAlgorithm>> Before;
  vtkSmartPointer<vtkAlgorithm> Filter;

  template <class Algorithm>
  Algorithm* Add(int port = 0)
  {
    const auto next = vtkSmartPointer<Algorithm>::New();
    if (this->Filter)
    {
      next->SetInputConnection(this->Filter->GetOutputPort(port));
      this->Before.push_back(this->Filter);
    }
    this->Filter = next;
    return next;
  }
};

inline Chain ChainOfPoints()
{
  Chain chain;
  chain.Add<vtkTrivialProducer>()->SetOutput(OwnPoints());
  return chain;
}

inline vtkKernelDensity* AddDensity(Chain& chain, scorefields::Engine engine)
{
  auto* density = chain.Add<vtkKernelDensity>();
  density->SetSampleDimensions(30, 25, 1);
  density->SetEngine(static_cast<int>(engine));
  density->SetBandwidthRule(static_cast<int>(scorefields::BandwidthRule::Likelihood));
  return density;
}

inline Chain ChainOfDensity(scorefields::Engine engine = scorefields::Engine::Auto)
{
  Chain chain = ChainOfPoints();
  AddDensity(chain, engine);
  return chain;
}

inline Chain ChainOfSweep()
{
  Chain chain = ChainOfDensity();
  vtkKernelDensity::SafeDownCast(chain.Filter)->BandwidthSweepOn();
  return chain;
}

inline Chain ChainOfPointEstimates()
{
  Chain chain = ChainOfPoints();
  chain.Add<vtkKernelDensityAtPoints>()->LeaveOneOutOn();
  return chain;
}

inline Chain ChainOfScore(MethodChoice method)
{
  Chain chain = ChainOfDensity(scorefields::Engine::Exact);
  auto* score = chain.Add<vtkScoreField>();
  score->SetMethod(static_cast<int>(method));
  score->SetMultipleTesting(1);
  return chain;
}

inline Chain ChainOfRecovery()
{
  Chain chain = ChainOfScore(MethodChoice::BestAvailable);
  chain.Add<vtkDensityFromScore>();
  return chain;
}

inline Chain ChainOfComparison()
{
  Chain chain = ChainOfDensity(scorefields::Engine::Exact);
  const vtkSmartPointer<vtkAlgorithm> density = chain.Filter;
  chain.Add<vtkCompareDensities>()->SetInputConnection(1, density->GetOutputPort());
  return chain;
}

inline Chain ChainOfRegions()
{
  Chain chain = ChainOfDensity(scorefields::Engine::Exact);
  auto* regions = chain.Add<vtkHighestDensityRegions>();
  vtkNew<vtkTrivialProducer> samples;
  samples->SetOutput(OwnPoints());
  regions->SetInputConnection(1, samples->GetOutputPort());
  return chain;
}

inline Chain ChainOfModes()
{
  Chain chain = ChainOfDensity(scorefields::Engine::Exact);
  auto* modes = chain.Add<vtkDensityModes>();
  vtkNew<vtkTrivialProducer> samples;
  samples->SetOutput(OwnPoints());
  modes->SetInputConnection(1, samples->GetOutputPort());
  return chain;
}

/// A cloud and itself, with weights.
inline Chain ChainOfDifference()
{
  Chain chain = ChainOfPoints();
  const vtkSmartPointer<vtkAlgorithm> points = chain.Filter;
  auto* difference = chain.Add<vtkDensityDifference>();
  difference->SetInputConnection(1, points->GetOutputPort());
  difference->SetInputArrayToProcess(0, 0, 0, 0, "mass");
  difference->SetSampleDimensions(20, 20, 1);
  difference->SetBandwidthRule(static_cast<int>(scorefields::BandwidthRule::Likelihood));
  return chain;
}

inline Chain ChainOfRidges()
{
  Chain chain = ChainOfPoints();
  chain.Add<vtkDensityRidges>()->SetInputArrayToProcess(0, 0, 0, 0, "mass");
  return chain;
}

inline Chain ChainOfFlow()
{
  Chain chain = ChainOfPoints();
  auto* flow = chain.Add<vtkScoreFlow>();
  flow->SetMode(static_cast<int>(scorefields::FlowMode::Ascent));
  flow->SetNumberOfSteps(5);
  return chain;
}

/// Every point has the label 2.
inline Chain ChainOfGuidedFlow()
{
  Chain chain = ChainOfPoints();
  auto* flow = chain.Add<vtkScoreFlow>();
  flow->SetMode(static_cast<int>(scorefields::FlowMode::AnnealedLangevin));
  flow->SetNumberOfSteps(12);
  flow->SetInputArrayToProcess(1, 0, 0, 0, "mass");
  flow->SetClass(2);
  return chain;
}

inline Chain ChainOfScan()
{
  Chain chain = ChainOfPoints();
  auto* scan = chain.Add<vtkBandwidthScan>();
  scan->SetScanSteps(3);
  scan->SetSampleDimensions(20, 20, 1);
  return chain;
}

inline Chain ChainOfDraw()
{
  Chain chain = ChainOfPoints();
  chain.Add<vtkPointsFromShape>()->SetNumberOfPoints(300000);
  return chain;
}

inline Chain ChainOfArrays()
{
  Chain chain = ChainOfPoints();
  chain.Add<vtkPointsFromArrays>()->SetInputArrayToProcess(2, 0, 0, 0, "mass");
  chain.Add<vtkKernelDensity>()->SetSampleDimensions(30, 25, 1);
  return chain;
}

inline Chain ChainOfFit()
{
  Chain chain = ChainOfPoints();
  auto* fit = chain.Add<vtkScoreMatchingFit>();
  fit->SetModel(static_cast<int>(scorefields::FitModel::Basis));
  fit->SetSampleDimensions(20, 20, 1);
  return chain;
}
}

#endif
