// SPDX-License-Identifier: BSD-3-Clause
// One rank fails, at each place where the others may be waiting for it.
#include "Chains.h"

#include "Numerics/Density/DensityEstimate.h"
#include "Pipeline/Adaptor.h"
#include "Pipeline/Choices.h"
#include "Pipeline/FieldNames.h"
#include "support/ErrorLog.h"

#include <vtkAlgorithm.h>
#include <vtkCommand.h>
#include <vtkDataSet.h>
#include <vtkMultiProcessController.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkSmartPointer.h>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <new>
#include <string>
#include <vector>

namespace vtkscorefields
{
namespace
{
/// Throws what a lack of memory throws when progress is told for the given time.
class FailsAt : public vtkCommand
{
public:
  static FailsAt* New() { return new FailsAt; }
  void Execute(vtkObject*, unsigned long, void*) override
  {
    if (++this->Told == this->Time)
    {
      throw std::bad_alloc();
    }
  }
  int Time = 0; ///< 0: never
  int Told = 0;
};

void Update(vtkAlgorithm* filter)
{
  filter->UpdatePiece(RankOfThis(), Ranks(), 0);
}

/// The values of all arrays of the first output, those of the field data too.
std::vector<double> ValuesOf(vtkAlgorithm* filter)
{
  std::vector<double> values;
  vtkDataObject* output = filter->GetOutputDataObject(0);
  auto* dataSet = vtkDataSet::SafeDownCast(output);
  for (vtkFieldData* data :
    { output->GetFieldData(), dataSet ? dataSet->GetPointData() : output->GetFieldData() })
  {
    for (int array = 0; array < data->GetNumberOfArrays(); ++array)
    {
      vtkDataArray* numbers = data->GetArray(array);
      for (vtkIdType i = 0; numbers && i < numbers->GetNumberOfTuples(); ++i)
      {
        values.push_back(numbers->GetComponent(i, 0));
      }
    }
  }
  // Values that are not numbers are equal here.
  std::replace_if(
    values.begin(), values.end(), [](double value) { return std::isnan(value); }, 0.0);
  return values;
}

/// What the outputs say; tables do not.
std::string ErrorOf(vtkAlgorithm* filter)
{
  std::string error;
  for (int port = 0; port < filter->GetNumberOfOutputPorts() && error.empty(); ++port)
  {
    error = FieldText(filter->GetOutputDataObject(port)->GetFieldData(), names::ErrorMessage);
  }
  return error;
}

/// How often the filter tells its progress when all goes well.
int TellingsOf(vtkAlgorithm* filter)
{
  vtkNew<FailsAt> counter;
  const unsigned long observer = filter->AddObserver(vtkCommand::ProgressEvent, counter);
  filter->Modified();
  Update(filter);
  filter->RemoveObserver(observer);
  double most = counter->Told;
  double least = 0.0;
  vtkMultiProcessController::GetGlobalController()->AllReduce(
    &most, &least, 1, vtkCommunicator::MIN_OP);
  return static_cast<int>(least);
}

/// Lets the last rank fail at each of its tellings. All ranks must come to an end with the same
/// text and nothing else, the first one with one message; the next run must be as the one before.
void ExpectOneEnd(const Chain& chain)
{
  vtkAlgorithm* filter = chain.Filter;
  const int tellings = TellingsOf(filter);
  ASSERT_GT(tellings, 2);
  const std::vector<double> sound = ValuesOf(filter);
  EXPECT_EQ(ErrorOf(filter), "");
  vtkNew<ErrorLog> log;
  log->Watch(filter);
  // The first is that of the pipeline itself and the last that all is done.
  for (int time = 2; time < tellings; ++time)
  {
    vtkNew<FailsAt> failing;
    failing->Time = RankOfThis() == Ranks() - 1 ? time : 0;
    const unsigned long observer = filter->AddObserver(vtkCommand::ProgressEvent, failing);
    log->Clear();
    filter->Modified();
    Update(filter);
    filter->RemoveObserver(observer);
    EXPECT_EQ(ErrorOf(filter),
      "There is not enough memory for this (on rank " + std::to_string(Ranks() - 1) + " of " +
        std::to_string(Ranks()) + ", counted from 0)")
      << filter->GetClassName() << " at " << time;
    EXPECT_EQ(log->ErrorCount, RankOfThis() == 0 ? 1 : 0) << log->Errors;
  }
  filter->Modified();
  Update(filter);
  EXPECT_EQ(ErrorOf(filter), "");
  EXPECT_EQ(ValuesOf(filter), sound) << filter->GetClassName();
}
}

// Contract: see ExpectOneEnd. By each engine, whose collectives differ, and by a rule that
// searches.
TEST(FailingRanks, EndKernelDensityOnAll)
{
  for (const auto engine : scorefields::ValuesOf<scorefields::Engine>())
  {
    ExpectOneEnd(ChainOfDensity(engine));
  }
  ExpectOneEnd(ChainOfSweep());
}

// Contract: see ExpectOneEnd.
TEST(FailingRanks, EndKernelDensityAtPointsOnAll)
{
  ExpectOneEnd(ChainOfPointEstimates());
}

// Contract: see ExpectOneEnd. Spectral joins the image of all ranks.
TEST(FailingRanks, EndScoreFieldOnAll)
{
  ExpectOneEnd(ChainOfScore(MethodChoice::FourthOrder));
  ExpectOneEnd(ChainOfScore(MethodChoice::Spectral));
}

// Contract: see ExpectOneEnd.
TEST(FailingRanks, EndDensityFromScoreOnAll)
{
  ExpectOneEnd(ChainOfRecovery());
}

// Contract: see ExpectOneEnd.
TEST(FailingRanks, EndCompareDensitiesOnAll)
{
  ExpectOneEnd(ChainOfComparison());
}

// Contract: see ExpectOneEnd. The levels, the islands and the samples of all ranks are joined.
TEST(FailingRanks, EndHighestDensityRegionsOnAll)
{
  ExpectOneEnd(ChainOfRegions());
}

// Contract: see ExpectOneEnd. The image and the samples of all ranks are joined, and what their
// ways end at.
TEST(FailingRanks, EndDensityModesOnAll)
{
  ExpectOneEnd(ChainOfModes());
}

// Contract: see ExpectOneEnd. Both clouds are read, the rule looks for a bandwidth, both are
// summed, and the tests of all ranks are counted.
TEST(FailingRanks, EndDensityDifferenceOnAll)
{
  ExpectOneEnd(ChainOfDifference());
}

// Contract: see ExpectOneEnd. All ranks join their samples, and the places to follow ridges from.
TEST(FailingRanks, EndDensityRidgesOnAll)
{
  ExpectOneEnd(ChainOfRidges());
}

// Contract: see ExpectOneEnd. Ascent also finds basins, with all ranks.
TEST(FailingRanks, EndScoreFlowOnAll)
{
  ExpectOneEnd(ChainOfFlow());
}

// Contract: see ExpectOneEnd. All ranks tell each other their classes and the samples of one.
TEST(FailingRanks, EndGuidedScoreFlowOnAll)
{
  ExpectOneEnd(ChainOfGuidedFlow());
}

// Contract: see ExpectOneEnd.
TEST(FailingRanks, EndBandwidthScanOnAll)
{
  ExpectOneEnd(ChainOfScan());
}

// Contract: see ExpectOneEnd. Ranks tell each other how much of the shape they have.
TEST(FailingRanks, EndPointsFromShapeOnAll)
{
  ExpectOneEnd(ChainOfDraw());
}

// Contract: see ExpectOneEnd. Ranks tell each other the titles of the axes and what is left out.
TEST(FailingRanks, EndPointsFromArraysOnAll)
{
  ExpectOneEnd(ChainOfArrays());
}

// Contract: see ExpectOneEnd. The first run fits the model, which the next ones keep.
TEST(FailingRanks, EndScoreMatchingFitOnAll)
{
  const Chain chain = ChainOfFit();
  Update(chain.Filter);
  ExpectOneEnd(chain);
}

// Contract: what only one rank refuses in its points is said with its text, and points that are not
// finite on one rank are counted on all.
TEST(FailingRanks, RefuseTogetherWhatOneRankLacks)
{
  const bool last = RankOfThis() == Ranks() - 1;
  const auto points = OwnPoints();
  vtkNew<vtkKernelDensity> density;
  density->SetInputData(points);
  density->SetSampleDimensions(20, 20, 1);
  density->SetInputArrayToProcess(0, 0, 0, 0, "mass");
  Update(density);
  EXPECT_EQ(ErrorOf(density), "");
  if (last)
  {
    points->GetPointData()->RemoveArray("mass");
  }
  points->Modified();
  vtkNew<ErrorLog> log;
  log->Watch(density);
  Update(density);
  EXPECT_NE(ErrorOf(density).find("WeightArray is \"mass\""), std::string::npos)
    << ErrorOf(density);
  EXPECT_EQ(log->ErrorCount, RankOfThis() == 0 ? 1 : 0);
  AddPointArray(points, "mass", Eigen::VectorXd::Constant(200, 2.0));
  if (last)
  {
    points->GetPoints()->SetPoint(3, std::nan(""), 0.0, 0.0);
  }
  points->Modified();
  log->Clear();
  Update(density);
  EXPECT_EQ(ErrorOf(density), "");
  EXPECT_EQ(log->ErrorCount, 0);
  EXPECT_EQ(FieldValue(density->GetOutputDataObject(0)->GetFieldData(), names::SampleCount, 0.0),
    200.0 * Ranks() - 1.0);
}
}
