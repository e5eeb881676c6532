// SPDX-License-Identifier: BSD-3-Clause
#include "vtkScoreField.h"

#include "support/DensityImage.h"
#include "support/ReferenceValues.h"
#include "vtkGaussianMixture.h"
#include "vtkMixtureTruth.h"

#include <vtkTable.h>

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

namespace scorefields
{
namespace
{
/// The study's mixture smoothed by a bandwidth, as a density with an analytic score, beside the
/// unsmoothed truth.
vtkSmartPointer<vtkImageData> SmoothedBesideTruth(double bandwidth, const Grid& grid)
{
  auto blank = DensityImage(grid, "Unused", [](const Eigen::Vector3d&) { return 0.0; });
  vtkNew<vtkGaussianMixture> mixture;
  const auto evaluate = [&](double h)
  {
    vtkNew<vtkMixtureTruth> truth;
    truth->SetInputData(blank);
    truth->SetInputConnection(1, mixture->GetOutputPort());
    truth->SetBandwidth(h);
    truth->Update();
    vtkSmartPointer<vtkImageData> image = vtkImageData::SafeDownCast(truth->GetOutputDataObject(0));
    return image;
  };
  auto image = evaluate(0.0);
  const auto smoothed = evaluate(bandwidth);
  for (const auto& [from, to] :
    { std::make_pair("TrueLogDensity", "LogDensity"), std::make_pair("TrueScore", "Score") })
  {
    vtkNew<vtkDoubleArray> array;
    array->DeepCopy(smoothed->GetPointData()->GetArray(from));
    array->SetName(to);
    image->GetPointData()->AddArray(array);
  }
  return image;
}

Grid Square(double half, Index nodes)
{
  const double delta = 2.0 * half / static_cast<double>(nodes - 1);
  return Grid{ Eigen::Vector3d(-half, -half, 0.0), Eigen::Vector3d(delta, delta, 1.0),
    Index3(nodes, nodes, 1) };
}

double Field(vtkScoreField* filter, const std::string& name)
{
  return vtkscorefields::FieldValue(filter->GetOutput()->GetFieldData(), name, -1.0);
}
}

// Oracle: integrals with 25 digits. Sums with a step of 1/8 over [-9, 9]^2 are those integrals to
// 1e-20 (make_reference.py has compared 1/12 with 1/10). What is left is the rounding of 145^2
// terms.
TEST(ScoreFieldSummary, FisherDivergenceIsTheReference)
{
  for (const std::string name : { "0.3", "1.01" })
  {
    vtkNew<vtkScoreField> filter;
    filter->SetInputData(SmoothedBesideTruth(std::stod(name), Square(9.0, 145)));
    filter->Update();
    const double divergence =
      reference::NumberAt("/metrics/values/" + name + "/FisherDivergence_p_to_ph");
    const double rounding = 145.0 * 145.0 * std::numeric_limits<double>::epsilon();
    EXPECT_NEAR(Field(filter, "FisherDivergence"), divergence, rounding * divergence);
    EXPECT_NEAR(Field(filter, "ScoreRmse"), std::sqrt(divergence), rounding);
    EXPECT_NEAR(Field(filter, "TruthMass"), 1.0, rounding);
  }
}

// Oracle: definition, by a loop over the nodes. Another order of 1681 terms differs by 1681 eps of
// their sum, 4e-13; sums are below 2.
TEST(ScoreFieldSummary, TableAndWorstNodeAreThoseOfTheArrays)
{
  const Grid grid = Square(4.0, 41);
  auto input = SmoothedBesideTruth(0.5, grid);
  SayKernel(input, 0.5, 200.0);
  vtkNew<vtkScoreField> filter;
  filter->SetInputData(input);
  filter->SetStabilityCriterion(1);
  filter->Update();
  vtkPointData* points = filter->GetOutput()->GetPointData();
  double mass[8] = {}, square[8] = {}, largest[8] = {};
  double worst = -1.0;
  Eigen::Vector3d where(0.0, 0.0, 0.0);
  for (Index node = 0; node < grid.Size(); ++node)
  {
    Eigen::Vector3d score, truth;
    points->GetArray("Score")->GetTuple(node, score.data());
    points->GetArray("TrueScore")->GetTuple(node, truth.data());
    const double p = points->GetArray("TrueDensity")->GetComponent(node, 0) * 0.04;
    const double error = (score - truth).norm();
    const auto reliability =
      static_cast<std::size_t>(points->GetArray("Reliability")->GetComponent(node, 0));
    mass[reliability] += p;
    square[reliability] += p * error * error;
    largest[reliability] = std::max(largest[reliability], error);
    if (points->GetArray("StabilityMask")->GetComponent(node, 0) == 1.0 && error > worst)
    {
      worst = error;
      where = grid.Node(node);
    }
  }
  auto* table = vtkTable::SafeDownCast(filter->GetOutputDataObject(1));
  double all = 0.0;
  for (vtkIdType row = 0; row < 8; ++row)
  {
    EXPECT_NEAR(table->GetValueByName(row, "TruthMass").ToDouble(), mass[row], 1e-12);
    const double rmse = mass[row] > 0.0 ? std::sqrt(square[row] / mass[row]) : 0.0;
    EXPECT_NEAR(table->GetValueByName(row, "ScoreRmse").ToDouble(), rmse, 1e-12);
    EXPECT_EQ(table->GetValueByName(row, "WorstScoreError").ToDouble(), largest[row]);
    all += square[row];
  }
  EXPECT_GT(largest[4], largest[0]) << "sparse nodes are the worst of this case";
  EXPECT_NEAR(Field(filter, "FisherDivergence"), all, 1e-12);
  EXPECT_LT(Field(filter, "StableFisherDivergence"), all);
  EXPECT_EQ(Field(filter, "WorstScoreError"), worst);
  vtkDataArray* place = filter->GetOutput()->GetFieldData()->GetArray("WorstNode");
  ASSERT_NE(place, nullptr);
  EXPECT_NEAR(place->GetComponent(0, 0), where[0], 1e-12);
  EXPECT_NEAR(place->GetComponent(0, 1), where[1], 1e-12);
}

// Contract: without a truth nothing is said about errors; the rest is there.
TEST(ScoreFieldSummary, WithoutTruthThereIsNoError)
{
  vtkNew<vtkScoreField> filter;
  auto image = SmoothedBesideTruth(0.5, Square(4.0, 21));
  image->GetPointData()->RemoveArray("TrueDensity");
  filter->SetInputData(image);
  filter->Update();
  EXPECT_EQ(Field(filter, "FisherDivergence"), -1.0);
  EXPECT_GT(Field(filter, "StableShare"), 0.0);
  auto* table = vtkTable::SafeDownCast(filter->GetOutputDataObject(1));
  EXPECT_EQ(table->GetColumnByName("ScoreRmse"), nullptr);
}
}
