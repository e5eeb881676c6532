// SPDX-License-Identifier: BSD-3-Clause
#include "vtkScoreField.h"

#include "Numerics/Score/Reliability.h"
#include "support/DensityImage.h"
#include "support/PolyDataPoints.h"
#include "support/RandomPoints.h"
#include "vtkKernelDensity.h"

#include <vtkFloatArray.h>

#include <gtest/gtest.h>

#include <cmath>
#include <string>

namespace scorefields
{
namespace
{
constexpr double FactsBandwidth = 0.4;

void Prepare(vtkKernelDensity* density, vtkPolyData* cloud)
{
  density->SetInputData(cloud);
  density->SetBandwidthRule(0);
  density->SetBandwidth(FactsBandwidth);
  density->UseInputBoundsOff();
  density->SetSamplingBounds(-3.0, 3.0, -2.0, 2.0, 0.0, 0.0);
  density->SetSampleDimensions(41, 33, 1);
}

vtkFieldData* FieldOf(vtkKernelDensity* algorithm)
{
  algorithm->Update();
  return algorithm->GetImage()->GetFieldData();
}

int CountOf(vtkScoreField* filter, int reliability)
{
  filter->Update();
  vtkDataArray* classes = filter->GetOutput()->GetPointData()->GetArray("Reliability");
  int count = 0;
  for (vtkIdType node = 0; node < classes->GetNumberOfTuples(); ++node)
  {
    count += static_cast<int>(classes->GetComponent(node, 0)) == reliability ? 1 : 0;
  }
  return count;
}
}

// Oracle: definition. The statistics of the score are those of a Gaussian kernel: with another one
// there is no test, no sparse node, and no bound of the curvature; outside the support no data.
TEST(ScoreFieldFacts, OtherKernelsHaveNoSignificance)
{
  vtkNew<vtkKernelDensity> density;
  Prepare(density, PolyDataPoints(RandomPoints(50, 1, 2)));
  vtkNew<vtkScoreField> filter;
  filter->SetInputConnection(density->GetOutputPort());
  EXPECT_EQ(vtkscorefields::FieldText(FieldOf(density), "Kernel"), "Gaussian");
  filter->Update();
  EXPECT_NE(filter->GetOutput()->GetPointData()->GetArray("PValue"), nullptr);
  density->SetKernel(1);
  EXPECT_EQ(vtkscorefields::FieldText(FieldOf(density), "Kernel"), "Epanechnikov");
  filter->Update();
  EXPECT_EQ(filter->GetOutput()->GetPointData()->GetArray("PValue"), nullptr);
  EXPECT_EQ(CountOf(filter, static_cast<int>(Reliability::TooFewSamples)), 0);
  EXPECT_GT(CountOf(filter, static_cast<int>(Reliability::NoData)), 41);
}

// Oracle: definition. Ten samples of weight 5 and 490 of weight 1e-9 tell as much as ten: the
// sample size of the score at a node is 10 f / K(0). The 490 change (sum w)^2 by 2 (490e-9 / 50).
// What Kernel Density says of the same node, 500 f / K(0), is another array and stays.
TEST(ScoreFieldFacts, WeightsCountAsTheyTell)
{
  constexpr Index Points = 500;
  auto cloud = PolyDataPoints(RandomPoints(Points, 2, 2));
  Eigen::VectorXd weights = Eigen::VectorXd::Constant(Points, 1e-9);
  weights.head(10).setConstant(5.0);
  AddPointArray(cloud, "w", weights);
  vtkNew<vtkKernelDensity> density;
  Prepare(density, cloud);
  density->SetInputArrayToProcess(0, 0, 0, vtkDataObject::FIELD_ASSOCIATION_POINTS, "w");
  EXPECT_NEAR(
    vtkscorefields::FieldValue(FieldOf(density), "EffectiveSampleCount", 0.0), 10.0, 2e-7);
  vtkNew<vtkScoreField> filter;
  filter->SetInputConnection(density->GetOutputPort());
  filter->SetComputeDiagnostics(true);
  filter->Update();
  vtkPointData* points = filter->GetOutput()->GetPointData();
  const vtkIdType middle = 16 * 41 + 20;
  const double expected = 10.0 * points->GetArray("Density")->GetComponent(middle, 0) * 2.0 * Pi *
    FactsBandwidth * FactsBandwidth;
  EXPECT_NEAR(points->GetArray("ScoreSampleSize")->GetComponent(middle, 0) / expected, 1.0, 2e-8);
  vtkDataArray* given = density->GetImage()->GetPointData()->GetArray("EffectiveSampleSize");
  EXPECT_NEAR(given->GetComponent(middle, 0) / expected, 50.0, 1e-9);
  EXPECT_EQ(points->GetArray("EffectiveSampleSize"), given);
}

// Oracle: rounding. A float has a relative precision of 6e-8, so that a score of size h |s| is off
// by 6e-8 h |s|: at a tolerance of 1e-7 that matters where h |s| > 1.7, in doubles nowhere. An
// image that was turned into doubles on the way is still worth what its floats were.
TEST(ScoreFieldFacts, FloatsAreWorthWhatTheyAre)
{
  vtkNew<vtkKernelDensity> density;
  Prepare(density, PolyDataPoints(RandomPoints(50, 3, 2)));
  density->SetEngine(1);
  vtkNew<vtkScoreField> filter;
  filter->SetInputConnection(density->GetOutputPort());
  filter->SetTolerance(1e-7);
  const int roundOff = static_cast<int>(Reliability::RoundOff);
  EXPECT_EQ(CountOf(filter, roundOff), 0);
  density->SetOutputPrecision(1);
  EXPECT_EQ(vtkscorefields::FieldText(FieldOf(density), "Precision"), "Single");
  int expected = 0;
  vtkDataArray* score = density->GetImage()->GetPointData()->GetArray("Score");
  ASSERT_EQ(score->GetDataType(), VTK_FLOAT);
  for (vtkIdType node = 0; node < score->GetNumberOfTuples(); ++node)
  {
    const double* s = score->GetTuple3(node);
    expected += FactsBandwidth * std::hypot(s[0], s[1]) * 5.9604644775390625e-8 > 1e-7 ? 1 : 0;
  }
  EXPECT_GT(expected, 100);
  EXPECT_EQ(CountOf(filter, roundOff), expected);
  auto image = vtkSmartPointer<vtkImageData>::New();
  image->ShallowCopy(density->GetImage());
  for (const char* name : { "Score", "LogDensity" })
  {
    vtkNew<vtkDoubleArray> doubles;
    doubles->DeepCopy(image->GetPointData()->GetArray(name));
    image->GetPointData()->AddArray(doubles);
  }
  vtkNew<vtkScoreField> again;
  again->SetInputData(image);
  again->SetTolerance(1e-7);
  EXPECT_EQ(CountOf(again, roundOff), expected);
}

// Oracle: definition. Single precision turns the logarithm that stands for a density of 0 into
// another number; it must still be known as none.
TEST(ScoreFieldFacts, ZerosOfATransformSurviveSinglePrecision)
{
  int zeros[2] = {};
  for (int precision = 0; precision < 2; ++precision)
  {
    vtkNew<vtkKernelDensity> density;
    Prepare(density, PolyDataPoints(RandomPoints(50, 4, 2)));
    density->SetBandwidth(0.1);
    density->SetEngine(2);
    density->SetSpectrum(2);
    density->SetComputeScore(false);
    density->SetOutputPrecision(precision);
    vtkNew<vtkScoreField> filter;
    filter->SetInputConnection(density->GetOutputPort());
    filter->SetMethod(1);
    filter->Update();
    vtkDataArray* score = filter->GetOutput()->GetPointData()->GetArray("ScoreMagnitude");
    for (vtkIdType node = 0; node < score->GetNumberOfTuples(); ++node)
    {
      EXPECT_LT(score->GetComponent(node, 0), 1e4) << "a difference with the stand-in";
      zeros[precision] += score->GetComponent(node, 0) == 0.0 ? 1 : 0;
    }
  }
  EXPECT_GT(zeros[0], 100);
  EXPECT_EQ(zeros[1], zeros[0]);
}

// Oracle: closed form. Between two samples at (+-a, 0) the log density has the Hessian
// diag(a^2 / h^4 - 1 / h^2, -1 / h^2): along the line a valley for a > h, across it a ridge; far
// away on the y axis it is the same, since both samples keep equal weight. The engine leaves 1e-13
// of a sum out, and the Hessian has four such sums.
TEST(ScoreFieldFacts, CurvatureIsTheEigenvaluesOfTheHessian)
{
  const double a = 0.7;
  Eigen::Matrix3Xd pair = Eigen::Matrix3Xd::Zero(3, 2);
  pair(0, 0) = -a;
  pair(0, 1) = a;
  vtkNew<vtkKernelDensity> density;
  Prepare(density, PolyDataPoints(pair));
  density->SetDimension(2);
  density->SetComputeHessian(true);
  vtkNew<vtkScoreField> filter;
  filter->SetInputConnection(density->GetOutputPort());
  filter->SetComputeCurvature(true);
  filter->Update();
  vtkDataArray* values = filter->GetOutput()->GetPointData()->GetArray("HessianEigenvalues");
  ASSERT_NE(values, nullptr);
  const double h2 = FactsBandwidth * FactsBandwidth;
  for (const vtkIdType row : { 0, 16, 30 })
  {
    const vtkIdType node = 41 * row + 20; // x = 0
    EXPECT_NEAR(values->GetComponent(node, 0), -1.0 / h2, 4e-13 / h2) << row;
    EXPECT_NEAR(
      values->GetComponent(node, 1), a * a / (h2 * h2) - 1.0 / h2, 4e-13 * a * a / (h2 * h2))
      << row;
    EXPECT_EQ(values->GetComponent(node, 2), 0.0) << row;
  }
}
}
