// SPDX-License-Identifier: BSD-3-Clause
#include "vtkScoreField.h"

#include "Numerics/Base/GaussianKernel.h"
#include "Numerics/Score/Reliability.h"
#include "Pipeline/Adaptor.h"
#include "support/ErrorLog.h"
#include "vtkGaussianMixture.h"
#include "vtkKernelDensity.h"

#include <vtkFieldData.h>
#include <vtkImageData.h>
#include <vtkNew.h>
#include <vtkPointData.h>

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <map>
#include <string>

/// What an engine states of its arrays and what Score Field makes of it, with the filters' defaults
/// on a cloud so large that the engine Auto shares the nodes out.
namespace scorefields
{
namespace
{
constexpr int AutoEngine = 0;
constexpr int ExactEngine = 1;
constexpr int FftEngine = 2;
constexpr double Tolerance = 1e-3; // the default of Score Field

struct Pipeline
{
  vtkNew<vtkGaussianMixture> Cloud;
  vtkNew<vtkKernelDensity> Density;
  vtkNew<vtkScoreField> Filter;

  explicit Pipeline(int points)
  {
    this->Cloud->SetNumberOfPoints(points);
    this->Density->SetInputConnection(this->Cloud->GetOutputPort());
    this->Filter->SetInputConnection(this->Density->GetOutputPort());
  }
  double Fact(const char* name)
  {
    return vtkscorefields::FieldValue(this->Density->GetImage()->GetFieldData(), name, -1.0);
  }
  /// Nodes by class.
  std::map<Reliability, int> Classes()
  {
    std::map<Reliability, int> counts;
    vtkDataArray* classes = this->Filter->GetOutput()->GetPointData()->GetArray("Reliability");
    for (vtkIdType node = 0; node < classes->GetNumberOfTuples(); ++node)
    {
      ++counts[static_cast<Reliability>(static_cast<int>(classes->GetComponent(node, 0)))];
    }
    return counts;
  }
};

/// Classes that say nothing against the numbers.
bool IsSound(double value)
{
  const auto reliability = static_cast<Reliability>(static_cast<int>(value));
  return reliability == Reliability::Reliable || reliability == Reliability::TooFewSamples ||
    reliability == Reliability::NotSignificant;
}

struct Tally
{
  double Sound = 0.0; ///< share of the nodes
  double Worst = 0.0; ///< largest h |ds| of a sound node
};

/// @param truth  exact scores at the same nodes.
Tally Judge(vtkImageData* image, vtkDataArray* truth, const Eigen::Matrix3d& covariance)
{
  vtkPointData* points = image->GetPointData();
  Tally tally;
  for (vtkIdType node = 0; node < image->GetNumberOfPoints(); ++node)
  {
    if (!IsSound(points->GetArray("Reliability")->GetComponent(node, 0)))
    {
      continue;
    }
    Eigen::Vector3d score;
    Eigen::Vector3d expected;
    points->GetArray("Score")->GetTuple(node, score.data());
    truth->GetTuple(node, expected.data());
    score -= expected;
    tally.Sound += 1.0 / static_cast<double>(image->GetNumberOfPoints());
    tally.Worst = std::max(tally.Worst, std::sqrt(score.dot(covariance * score)));
  }
  return tally;
}
}

// Oracle: exact sums. With all defaults, on both sides of the size where Auto begins to share the
// nodes out, every node is numerically sound, and is right to the tolerance.
TEST(ScoreFieldClaims, DefaultsFitEachOther)
{
  for (const int points : { 5000, 300000 })
  {
    Pipeline pipeline(points);
    pipeline.Filter->Update();
    EXPECT_EQ(vtkscorefields::FieldText(pipeline.Density->GetImage()->GetFieldData(), "Engine"),
      points == 5000 ? "Exact" : "Auto");
    auto counts = pipeline.Classes();
    const int numerical = counts[Reliability::RoundOff] + counts[Reliability::Truncation] +
      counts[Reliability::WrapAround] + counts[Reliability::NoData] +
      counts[Reliability::GridTooCoarse];
    EXPECT_EQ(numerical, 0) << points;
    EXPECT_LE(pipeline.Fact("ScoreErrorBound"), 0.5 * Tolerance);
  }
}

// Oracle: exact sums. Every method on the density of every engine: none of the nodes called sound
// is off by more than the tolerance, and with Auto as many are called so as with exact sums. What
// the engine states holds.
TEST(ScoreFieldClaims, NoMethodAcceptsWhatIsWrong)
{
  Pipeline pipeline(300000);
  pipeline.Density->SetEngine(ExactEngine);
  pipeline.Density->Update();
  vtkNew<vtkImageData> exact;
  exact->DeepCopy(pipeline.Density->GetImage());
  vtkDataArray* truth = exact->GetPointData()->GetArray("Score");
  const double ofExact = pipeline.Fact("RelativeErrorBound");
  std::array<double, 5> most{};
  SymmetricTensor tensor;
  exact->GetFieldData()->GetArray("KernelCovariance")->GetTuple(0, tensor.data());
  for (const int engine : { ExactEngine, AutoEngine, FftEngine })
  {
    pipeline.Density->SetEngine(engine);
    for (int method = 0; method < 5; ++method)
    {
      pipeline.Filter->SetMethod(method);
      pipeline.Filter->Update();
      const Tally tally = Judge(pipeline.Filter->GetOutput(), truth, ToMatrix(tensor));
      const std::string where =
        "engine " + std::to_string(engine) + ", method " + std::to_string(method);
      EXPECT_LE(tally.Worst, Tolerance) << where;
      if (engine == ExactEngine)
      {
        most[static_cast<std::size_t>(method)] = tally.Sound;
        EXPECT_GT(tally.Sound, 0.01) << where;
      }
      if (engine == AutoEngine)
      {
        EXPECT_GT(tally.Sound, 0.9 * most[static_cast<std::size_t>(method)]) << where;
      }
    }
    vtkPointData* points = pipeline.Density->GetImage()->GetPointData();
    for (vtkIdType node = 0; node < exact->GetNumberOfPoints() && engine == AutoEngine; ++node)
    {
      const double density = exact->GetPointData()->GetArray("Density")->GetComponent(node, 0);
      const double error = std::abs(points->GetArray("Density")->GetComponent(node, 0) - density);
      EXPECT_LE(error, pipeline.Fact("RelativeErrorBound") * density);
      EXPECT_LE(error, pipeline.Fact("DensityErrorBound") + ofExact * density);
      EXPECT_LE(std::abs(points->GetArray("LogDensity")->GetComponent(node, 0) -
                  exact->GetPointData()->GetArray("LogDensity")->GetComponent(node, 0)),
        pipeline.Fact("LogDensityErrorBound"));
    }
  }
}

// Oracle: definition. An engine that states more than the tolerance leaves no node reliable, and
// the filter says which property would help.
TEST(ScoreFieldClaims, StatementsAboveTheToleranceAreSaid)
{
  Pipeline pipeline(300000);
  pipeline.Density->SetRelativeTolerance(0.01);
  vtkNew<ErrorLog> log;
  log->Watch(pipeline.Filter);
  pipeline.Filter->Update();
  EXPECT_EQ(
    pipeline.Classes()[Reliability::RoundOff], pipeline.Density->GetImage()->GetNumberOfPoints());
  EXPECT_TRUE(log->HasWarning("its RelativeTolerance to less")) << log->Warnings;
  log->Clear();
  pipeline.Filter->SetTolerance(0.02);
  pipeline.Filter->Update();
  EXPECT_EQ(pipeline.Classes()[Reliability::RoundOff], 0);
  EXPECT_TRUE(log->Warnings.empty()) << log->Warnings;
}
}
