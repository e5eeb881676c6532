// SPDX-License-Identifier: BSD-3-Clause
// The progress bar of every filter.
#include "vtkBandwidthScan.h"
#include "vtkCompareDensities.h"
#include "vtkDensityDifference.h"
#include "vtkDensityFromScore.h"
#include "vtkDensityRidges.h"
#include "vtkGaussianMixture.h"
#include "vtkKernelDensity.h"
#include "vtkKernelDensityAtPoints.h"
#include "vtkMixtureTruth.h"
#include "vtkPointsFromArrays.h"
#include "vtkPointsFromShape.h"
#include "vtkScoreField.h"
#include "vtkScoreFlow.h"
#include "vtkScoreMatchingFit.h"

#include "Numerics/Bandwidth/Bandwidth.h"
#include "Numerics/Base/Enumerations.h"
#include "Numerics/Density/DensityEstimate.h"
#include "Numerics/Fit/ScoreFit.h"
#include "Numerics/Flow/FlowSchedule.h"
#include "Pipeline/Choices.h"

#include <vtkAlgorithm.h>
#include <vtkCommand.h>
#include <vtkNew.h>
#include <vtkPointDataToCellData.h>
#include <vtkRTAnalyticSource.h>

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

namespace scorefields
{
namespace
{
/// What an algorithm shows of its progress.
class ProgressLog : public vtkCommand
{
public:
  static ProgressLog* New() { return new ProgressLog; }
  void Execute(vtkObject* caller, unsigned long, void*) override
  {
    auto* algorithm = static_cast<vtkAlgorithm*>(caller);
    const char* text = algorithm->GetProgressText();
    this->Shares.push_back(algorithm->GetProgress());
    this->Texts.emplace_back(text ? text : "");
  }
  std::vector<double> Shares;
  std::vector<std::string> Texts;
};

using Names = std::set<std::string>;

/// Updates a filter. Its progress must begin at 0, never fall, and reach 1 once, at the end. In
/// between it has the name of a phase, and none stays behind.
/// @return the names of the phases.
Names PhasesOf(vtkAlgorithm* filter, int port = 0)
{
  vtkNew<ProgressLog> log;
  const unsigned long observer = filter->AddObserver(vtkCommand::ProgressEvent, log);
  filter->Modified();
  filter->Update(port);
  filter->RemoveObserver(observer);
  EXPECT_GT(log->Shares.size(), 2U);
  EXPECT_EQ(log->Shares.at(0), 0.0);
  EXPECT_EQ(log->Texts.at(0), "");
  Names phases;
  for (std::size_t i = 1; i < log->Shares.size(); ++i)
  {
    const bool last = i + 1 == log->Shares.size();
    EXPECT_GE(log->Shares[i], log->Shares[i - 1]) << log->Texts[i];
    EXPECT_EQ(log->Shares[i] == 1.0, last) << log->Texts[i];
    EXPECT_EQ(log->Texts[i].empty(), last) << log->Shares[i];
    if (!last)
    {
      phases.insert(log->Texts[i]);
    }
  }
  return phases;
}
}

// Contract: a source tells what it draws and what it evaluates.
TEST(Progress, OfTheSource)
{
  vtkNew<vtkGaussianMixture> mixture;
  mixture->SetNumberOfPoints(300000);
  const Names all{ "Drawing the samples", "Evaluating the mixture" };
  EXPECT_EQ(PhasesOf(mixture), all);
  mixture->SetSampling(1);
  EXPECT_EQ(PhasesOf(mixture), all);
  EXPECT_EQ(PhasesOf(mixture, 1), (Names{ "Evaluating the mixture" }));
}

// Contract: the same for the reading of a shape and the points drawn from it. The points of a cloud
// are a shape, too.
TEST(Progress, OfPointsFromAShape)
{
  vtkNew<vtkGaussianMixture> mixture;
  mixture->SetNumberOfPoints(300000);
  vtkNew<vtkPointsFromShape> filter;
  filter->SetInputConnection(mixture->GetOutputPort());
  filter->SetNumberOfPoints(300000);
  EXPECT_EQ(PhasesOf(filter), (Names{ "Reading the shape", "Drawing the points" }));
}

// Contract: the same for arrays, and for the cells that have them.
TEST(Progress, OfPointsFromArrays)
{
  vtkNew<vtkRTAnalyticSource> wavelet;
  wavelet->SetWholeExtent(-40, 40, -40, 40, 0, 40);
  vtkNew<vtkPointDataToCellData> cells;
  cells->SetInputConnection(wavelet->GetOutputPort());
  vtkNew<vtkPointsFromArrays> filter;
  filter->SetInputConnection(cells->GetOutputPort());
  filter->SetInputArrayToProcess(0, 0, 0, vtkDataObject::FIELD_ASSOCIATION_CELLS, "RTData");
  filter->WeightByCellSizeOn();
  EXPECT_EQ(PhasesOf(filter), (Names{ "Reading the arrays", "Measuring the cells" }));
}

// Contract: the same for two clouds, of which both densities are summed, and both together.
TEST(Progress, OfADifference)
{
  vtkNew<vtkGaussianMixture> first;
  vtkNew<vtkGaussianMixture> second;
  second->SetSeed(7);
  vtkNew<vtkDensityDifference> filter;
  filter->SetInputConnection(0, first->GetOutputPort());
  filter->SetInputConnection(1, second->GetOutputPort());
  filter->SetSampleDimensions(40, 40, 1);
  EXPECT_EQ(PhasesOf(filter),
    (Names{ "Reading the points", "Choosing the bandwidth", "Estimating both densities" }));
}

// Contract: the same for ridges, to which samples are moved before they are followed.
TEST(Progress, OfRidges)
{
  vtkNew<vtkGaussianMixture> mixture;
  vtkNew<vtkDensityRidges> filter;
  filter->SetInputConnection(mixture->GetOutputPort());
  EXPECT_EQ(PhasesOf(filter),
    (Names{ "Reading the points", "Choosing the bandwidth", "Moving the samples to the ridge",
      "Following the ridges" }));
}

// Contract: each engine runs once from 0 to 1, by a rule that is a formula and by one that
// searches.
TEST(Progress, OfDensities)
{
  const Names all{ "Reading the points", "Choosing the bandwidth", "Estimating the density" };
  vtkNew<vtkGaussianMixture> mixture;
  for (const Engine engine : ValuesOf<Engine>())
  {
    for (const auto rule : { BandwidthRule::Silverman, BandwidthRule::Likelihood })
    {
      vtkNew<vtkKernelDensity> density;
      density->SetInputConnection(mixture->GetOutputPort());
      density->SetSampleDimensions(40, 40, 1);
      density->SetEngine(static_cast<int>(engine));
      density->SetBandwidthRule(static_cast<int>(rule));
      EXPECT_EQ(PhasesOf(density), all) << NameOf(engine);
      vtkNew<vtkKernelDensityAtPoints> atPoints;
      atPoints->SetInputConnection(mixture->GetOutputPort());
      atPoints->SetEngine(static_cast<int>(engine));
      atPoints->SetBandwidthRule(static_cast<int>(rule));
      EXPECT_EQ(PhasesOf(atPoints), all) << NameOf(engine);
    }
  }
}

// Contract: so does each step of a sweep, computed or kept, and the engine of compact kernels.
TEST(Progress, OfSweepsAndCompactKernels)
{
  vtkNew<vtkGaussianMixture> mixture;
  vtkNew<vtkKernelDensity> density;
  density->SetInputConnection(mixture->GetOutputPort());
  density->SetSampleDimensions(40, 40, 1);
  density->SetKernel(1);
  EXPECT_EQ(PhasesOf(density).count("Estimating the density"), 1U);
  density->SetKernel(0);
  density->BandwidthSweepOn();
  EXPECT_EQ(PhasesOf(density).count("Estimating the density"), 1U);
}

// Contract: the same for each method of Score Field, and for the truth.
TEST(Progress, OfScores)
{
  vtkNew<vtkGaussianMixture> mixture;
  vtkNew<vtkKernelDensity> density;
  density->SetInputConnection(mixture->GetOutputPort());
  density->SetSampleDimensions(64, 64, 1);
  const Names all{ "Reading the density", "Looking over the density", "Computing the score",
    "Deciding where it can be trusted" };
  for (const auto method : ValuesOf<vtkscorefields::MethodChoice>())
  {
    vtkNew<vtkScoreField> score;
    score->SetInputConnection(density->GetOutputPort());
    score->SetMethod(static_cast<int>(method));
    EXPECT_EQ(PhasesOf(score), all) << NameOf(method);
  }
  vtkNew<vtkMixtureTruth> truth;
  truth->SetInputConnection(density->GetOutputPort());
  EXPECT_EQ(PhasesOf(truth), (Names{ "Evaluating the mixture" }));
}

// Contract: the same for a density from a score and for a comparison.
TEST(Progress, OfRecoveriesAndComparisons)
{
  vtkNew<vtkGaussianMixture> mixture;
  vtkNew<vtkKernelDensity> density;
  density->SetInputConnection(mixture->GetOutputPort());
  density->SetSampleDimensions(64, 64, 1);
  vtkNew<vtkScoreField> score;
  score->SetInputConnection(density->GetOutputPort());
  for (const bool masked : { false, true })
  {
    vtkNew<vtkDensityFromScore> recovered;
    recovered->SetInputConnection(score->GetOutputPort());
    recovered->SetUseStabilityMask(masked);
    EXPECT_EQ(PhasesOf(recovered), (Names{ "Recovering the density" })) << masked;
  }
  vtkNew<vtkCompareDensities> compared;
  compared->SetInputConnection(0, density->GetOutputPort());
  compared->SetInputConnection(1, score->GetOutputPort());
  EXPECT_EQ(PhasesOf(compared), (Names{ "Comparing the densities" }));
}

// Contract: the same for each model of a fit.
TEST(Progress, OfFits)
{
  vtkNew<vtkGaussianMixture> mixture;
  mixture->SetNumberOfPoints(50);
  for (const FitModel model : ValuesOf<FitModel>())
  {
    vtkNew<vtkScoreMatchingFit> fit;
    fit->SetInputConnection(mixture->GetOutputPort());
    fit->SetModel(static_cast<int>(model));
    fit->SetTrainingSteps(50);
    EXPECT_EQ(
      PhasesOf(fit), (Names{ "Reading the points", "Fitting the model", "Evaluating the model" }))
      << NameOf(model);
  }
}

// Contract: the same for each mode of Score Flow, and for a scan.
TEST(Progress, OfFlowsAndScans)
{
  vtkNew<vtkGaussianMixture> mixture;
  mixture->SetNumberOfPoints(50);
  for (const FlowMode mode : ValuesOf<FlowMode>())
  {
    vtkNew<vtkScoreFlow> flow;
    flow->SetInputConnection(mixture->GetOutputPort());
    flow->SetMode(static_cast<int>(mode));
    flow->SetNumberOfSteps(30);
    EXPECT_EQ(PhasesOf(flow), (Names{ "Preparing the density", "Moving the particles" }))
      << NameOf(mode);
  }
  vtkNew<vtkBandwidthScan> scan;
  scan->SetInputConnection(mixture->GetOutputPort());
  scan->SetScanSteps(3);
  EXPECT_EQ(PhasesOf(scan), (Names{ "Reading the points", "Scanning the bandwidths" }));
}
}
