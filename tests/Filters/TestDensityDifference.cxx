// SPDX-License-Identifier: BSD-3-Clause
#include "vtkDensityDifference.h"

#include "Numerics/Difference/DensityDifference.h"
#include "Numerics/Difference/NodeVerdicts.h"
#include "support/DirectSum.h"
#include "support/ErrorLog.h"
#include "support/PolyDataPoints.h"
#include "support/RandomPoints.h"

#include <vtkDoubleArray.h>
#include <vtkFieldData.h>
#include <vtkImageData.h>
#include <vtkMultiBlockDataSet.h>
#include <vtkPointData.h>
#include <vtkStringArray.h>

#include <gtest/gtest.h>

#include <cmath>
#include <string>

namespace scorefields
{
namespace
{
constexpr double PairBandwidth = 0.25;

/// Points with weights and with labels.
vtkSmartPointer<vtkPolyData> CloudOf(Index count, unsigned int seed, int dimension, double shift)
{
  Eigen::Matrix3Xd points = 2.0 * RandomPoints(count, seed, dimension);
  points.row(0).array() += shift;
  auto cloud = PolyDataPoints(points);
  AddPointArray(cloud, "Weight", RandomPoints(count, seed + 1).row(0).transpose().array() + 0.7);
  return cloud;
}

struct Filter
{
  vtkNew<vtkDensityDifference> Difference;
  vtkNew<ErrorLog> Log;

  Filter()
  {
    this->Log->Watch(this->Difference);
    this->Difference->SetBandwidthRule(0);
    this->Difference->SetBandwidth(PairBandwidth);
    this->Difference->SetSampleDimensions(12, 12, 12);
  }
  Filter(vtkDataObject* a, vtkDataObject* b)
    : Filter()
  {
    this->Difference->SetInputDataObject(0, a);
    this->Difference->SetInputDataObject(1, b);
  }
  void SetWeights(const char* name) const
  {
    this->Difference->SetInputArrayToProcess(
      0, 0, 0, vtkDataObject::FIELD_ASSOCIATION_POINTS, name);
  }
  void SetLabels(const char* name) const
  {
    this->Difference->SetInputArrayToProcess(
      1, 0, 0, vtkDataObject::FIELD_ASSOCIATION_POINTS, name);
  }
  vtkImageData* Image() const
  {
    this->Difference->Update();
    EXPECT_EQ(this->Log->Errors, "");
    return this->Difference->GetImage();
  }
};

Eigen::VectorXd Values(vtkImageData* image, const char* name)
{
  vtkDataArray* const array = image->GetPointData()->GetArray(name);
  Eigen::VectorXd values(image->GetNumberOfPoints());
  for (Index i = 0; array && i < values.size(); ++i)
  {
    values[i] = array->GetTuple1(i);
  }
  EXPECT_NE(array, nullptr) << name;
  return values;
}

double Fact(vtkImageData* image, const char* name, int component = 0)
{
  vtkDataArray* const array = image->GetFieldData()->GetArray(name);
  EXPECT_NE(array, nullptr) << name;
  return array ? array->GetComponent(0, component) : 0.0;
}

Grid NodesOf(vtkImageData* image)
{
  Grid grid;
  for (int axis = 0; axis < 3; ++axis)
  {
    grid.Origin[axis] = image->GetOrigin()[axis];
    grid.Spacing[axis] = image->GetSpacing()[axis];
    grid.Dimensions[axis] = image->GetDimensions()[axis];
  }
  return grid;
}

Eigen::VectorXd Direct(vtkPolyData* cloud, bool weighted, const Grid& grid, int dimension)
{
  Eigen::Matrix3Xd points(3, cloud->GetNumberOfPoints());
  Eigen::VectorXd weights(points.cols());
  for (Index i = 0; i < points.cols(); ++i)
  {
    cloud->GetPoint(i, points.col(i).data());
    weights[i] = cloud->GetPointData()->GetArray("Weight")->GetTuple1(i);
  }
  const Samples samples =
    weighted ? Samples::Weighted(points, weights) : Samples::Unweighted(points);
  Eigen::VectorXd density(grid.Size());
  FieldView fields;
  fields.Density = density.data();
  const Axes axes = Axes::FromFlags(true, dimension > 1, dimension > 2);
  direct::EvaluateOnGrid(samples, GaussianKernel::Isotropic(axes, PairBandwidth), grid, fields);
  return density;
}

vtkSmartPointer<vtkPolyData> Joined(vtkPolyData* a, vtkPolyData* b, int labelA, int labelB)
{
  const Index first = a->GetNumberOfPoints();
  const Index count = first + b->GetNumberOfPoints();
  Eigen::Matrix3Xd points(3, count + 1);
  Eigen::VectorXd weights(count + 1);
  Eigen::VectorXd labels(count + 1);
  for (Index i = 0; i < count; ++i)
  {
    vtkPolyData* const from = i < first ? a : b;
    const Index own = i < first ? i : i - first;
    from->GetPoint(own, points.col(i).data());
    weights[i] = from->GetPointData()->GetArray("Weight")->GetTuple1(own);
    labels[i] = i < first ? labelA : labelB;
  }
  points.col(count) << 0.1, 0.1, 0.0; // of another class, which does not count
  weights[count] = 5.0;
  labels[count] = 77.0;
  auto joined = PolyDataPoints(points);
  AddPointArray(joined, "Weight", weights);
  AddPointArray(joined, "Label", labels);
  return joined;
}
}

// Oracle: direct sums of both clouds at the nodes of the image, which hold the classes too; in one,
// two and three dimensions, with and without weights. The engine keeps 1e-4 of each density.
TEST(DensityDifferenceFilter, IsTheDifferenceOfBothDensities)
{
  for (int dimension = 1; dimension <= 3; ++dimension)
  {
    for (const bool weighted : { false, true })
    {
      auto a = CloudOf(500, 3, dimension, 0.0);
      auto b = CloudOf(600, 9, dimension, 0.9);
      const Filter filter(a, b);
      filter.SetWeights(weighted ? "Weight" : "None");
      vtkImageData* const image = filter.Image();
      const Grid grid = NodesOf(image);
      ASSERT_EQ(grid.Size(), std::lround(std::pow(12, dimension)));
      const Eigen::VectorXd densityA = Direct(a, weighted, grid, dimension);
      const Eigen::VectorXd densityB = Direct(b, weighted, grid, dimension);
      const Eigen::VectorXd foundA = Values(image, "DensityA");
      const Eigen::VectorXd foundB = Values(image, "DensityB");
      const Eigen::VectorXd ratio = Values(image, "LogDensityRatio");
      const Eigen::VectorXd standardised = Values(image, "StandardisedDifference");
      const Eigen::VectorXd difference = Values(image, "DensityDifference");
      const Eigen::VectorXd pValues = Values(image, "PValue");
      const Eigen::VectorXd classes = Values(image, "DifferenceClass");
      const double threshold = Fact(image, "SignificanceThreshold");
      double counts[4] = {};
      for (Index i = 0; i < grid.Size(); ++i)
      {
        EXPECT_NEAR(foundA[i], densityA[i], 1e-4 * densityA[i]);
        EXPECT_NEAR(foundB[i], densityB[i], 1e-4 * densityB[i]);
        EXPECT_EQ(difference[i], foundA[i] - foundB[i]);
        EXPECT_NEAR(ratio[i], std::log(densityA[i] / densityB[i]), 2e-4);
        EXPECT_EQ(pValues[i], DifferencePValue(standardised[i], DifferenceStatistic::Pooled));
        if (classes[i] != 3.0)
        {
          const double decided =
            pValues[i] <= threshold ? (standardised[i] > 0.0 ? 1.0 : 2.0) : 0.0;
          EXPECT_EQ(classes[i], decided);
        }
        counts[static_cast<int>(classes[i])] += 1.0;
      }
      for (int c = 0; c < 4; ++c)
      {
        EXPECT_EQ(Fact(image, "DifferenceCounts", c), counts[c]);
        EXPECT_NEAR(
          Fact(image, "DifferenceShares", c), counts[c] / static_cast<double>(grid.Size()), 1e-15);
      }
      EXPECT_GT(counts[1], 0.0) << dimension << weighted;
      EXPECT_GT(counts[2], 0.0) << dimension << weighted;
      EXPECT_EQ(Fact(image, "NodesTested"), counts[0] + counts[1] + counts[2]);
      EXPECT_EQ(Fact(image, "SampleCountA"), 500.0);
      EXPECT_EQ(Fact(image, "SampleCountB"), 600.0);
      EXPECT_EQ(Fact(image, "EffectiveSampleCountA") < 499.0, weighted);
      EXPECT_EQ(Fact(image, "Bandwidth"), PairBandwidth);
    }
  }
}

// Contract: two classes of one input are two inputs. The points of other classes do not count, but
// ParaView knows the box of all of them only.
TEST(DensityDifferenceFilter, TakesTwoClassesOfOneInput)
{
  auto a = CloudOf(100, 3, 2, 0.0);
  auto b = CloudOf(140, 9, 2, 0.5);
  for (const char* weights : { "None", "Weight" })
  {
    const Filter two(a, b);
    two.SetWeights(weights);
    const Filter one(Joined(a, b, -4, 9), nullptr);
    one.SetWeights(weights);
    one.SetLabels("Label");
    one.Difference->SetClassA(-4);
    one.Difference->SetClassB(9);
    vtkImageData* const expected = two.Image();
    vtkImageData* const found = one.Image();
    for (const char* name : { "DensityA", "DensityB", "StandardisedDifference", "PValue",
           "DifferenceClass", "LogDensityRatio" })
    {
      EXPECT_LT((Values(expected, name) - Values(found, name)).cwiseAbs().maxCoeff(), 1e-9) << name;
    }
    EXPECT_EQ(Fact(found, "SampleCountA"), 100.0);
    EXPECT_EQ(Fact(found, "SampleCountB"), 140.0);
  }
}

// Oracle: the definition, a rule sees the points of both clouds as one. Oracle: Silverman's rule in
// the plane, h = sigma n^(-1/6), with sigma^2 the mean variance.
TEST(DensityDifferenceFilter, TheRuleSeesBothClouds)
{
  auto a = CloudOf(100, 3, 2, 0.0);
  auto b = CloudOf(140, 9, 2, 3.0);
  const Filter filter(a, b);
  filter.Difference->SetBandwidthRule(2);
  Eigen::Matrix3Xd points(3, 240);
  for (Index i = 0; i < 240; ++i)
  {
    (i < 100 ? a : b)->GetPoint(i < 100 ? i : i - 100, points.col(i).data());
  }
  const Eigen::Matrix3Xd centred = points.colwise() - points.rowwise().mean();
  const double variance = centred.squaredNorm() / (2.0 * 239.0);
  EXPECT_NEAR(
    Fact(filter.Image(), "Bandwidth"), std::sqrt(variance) * std::pow(240.0, -1.0 / 6.0), 1e-12);
}

// Contract: the box holds both clouds with the margin, or is the one asked for.
TEST(DensityDifferenceFilter, TheBoxHoldsBothClouds)
{
  auto a = PolyDataPoints((Eigen::Matrix3Xd(3, 2) << 0.0, 1.0, 0.0, 1.0, 2.0, 2.0).finished());
  auto b = PolyDataPoints((Eigen::Matrix3Xd(3, 2) << 4.0, 5.0, -3.0, -2.0, 2.0, 2.0).finished());
  const Filter filter(a, b);
  const double* const bounds = filter.Image()->GetBounds();
  const double expected[6] = { -3.0 * PairBandwidth, 5.0 + 3.0 * PairBandwidth,
    -3.0 - 3.0 * PairBandwidth, 1.0 + 3.0 * PairBandwidth, 2.0, 2.0 };
  for (int i = 0; i < 6; ++i)
  {
    EXPECT_NEAR(bounds[i], expected[i], 1e-12) << i;
  }
  for (int i = 0; i < 6; ++i)
  {
    const double box[6] = { 0.0, 5.0, -3.0, 1.0, 2.0, 2.0 };
    EXPECT_EQ(filter.Difference->GetInputBounds()[i], box[i]);
  }
  filter.Difference->UseInputBoundsOff();
  filter.Difference->SetSamplingBounds(-1.0, 2.0, -1.0, 3.0, 2.0, 2.0);
  EXPECT_EQ(filter.Image()->GetBounds()[3], 3.0);
}

// Contract: boundaries count in both densities. Oracle: the numerics of the same problem.
TEST(DensityDifferenceFilter, KnowsBoundaries)
{
  auto a = PolyDataPoints(RandomPoints(120, 3, 2));
  auto b = PolyDataPoints(RandomPoints(90, 5, 2));
  for (const int boundary : { 1, 2 })
  {
    const Filter filter(a, b);
    filter.Difference->UseInputBoundsOff();
    filter.Difference->SetSamplingBounds(-0.5, 0.5, -0.5, 0.5, 0.0, 0.0);
    filter.Difference->SetBoundary(boundary);
    vtkImageData* const image = filter.Image();
    const Samples samplesA = Samples::Unweighted(RandomPoints(120, 3, 2));
    const Samples samplesB = Samples::Unweighted(RandomPoints(90, 5, 2));
    const StoredSamples sourceA(samplesA);
    const StoredSamples sourceB(samplesB);
    DifferenceProblem problem{ { sourceA, MomentsOf(samplesA) }, { sourceB, MomentsOf(samplesB) },
      GaussianKernel::Isotropic(Axes::FromFlags(true, true, false), PairBandwidth),
      NodesOf(image) };
    problem.Boundaries.fill(static_cast<Boundary>(boundary));
    Eigen::MatrixXd values(144, 6);
    unsigned char classes[144];
    EstimateDifference(problem, {},
      { &values(0, 0), &values(0, 1), &values(0, 2), &values(0, 3), &values(0, 4), &values(0, 5),
        classes },
      {});
    EXPECT_LT(
      (values.col(4) - Values(image, "StandardisedDifference")).cwiseAbs().maxCoeff(), 1e-9);
    EXPECT_EQ(Fact(image, "Boundaries", 1), boundary);
  }
}

// Contract: what is active, what stays, and how little depends on the run before.
TEST(DensityDifferenceFilter, KeepsTheRulesOfThePipeline)
{
  auto a = CloudOf(100, 3, 2, 0.0);
  auto b = CloudOf(100, 9, 2, 0.5);
  vtkNew<vtkDoubleArray> fact;
  fact->SetName("Kept");
  fact->InsertNextValue(4.5);
  a->GetFieldData()->AddArray(fact);
  const vtkMTimeType before = a->GetMTime();
  const Filter filter(a, b);
  vtkImageData* const image = filter.Image();
  EXPECT_STREQ(image->GetPointData()->GetScalars()->GetName(), "DifferenceClass");
  EXPECT_EQ(image->GetPointData()->GetNumberOfArrays(), 7);
  EXPECT_EQ(Fact(image, "Kept"), 4.5);
  auto* const statistic =
    vtkStringArray::SafeDownCast(image->GetFieldData()->GetAbstractArray("DifferenceStatistic"));
  ASSERT_NE(statistic, nullptr);
  EXPECT_EQ(statistic->GetValue(0), "Pooled variance");
  const Eigen::VectorXd first = Values(image, "StandardisedDifference");
  filter.Difference->SetStatistic(1);
  EXPECT_GT((Values(filter.Image(), "StandardisedDifference") - first).cwiseAbs().maxCoeff(), 0.01);
  filter.Difference->SetStatistic(0);
  EXPECT_EQ(Values(filter.Image(), "StandardisedDifference"), first);
  EXPECT_EQ(a->GetMTime(), before);
  vtkNew<vtkMultiBlockDataSet> blocks;
  blocks->SetBlock(0, a);
  blocks->SetBlock(1, nullptr);
  const Filter composite(blocks, b);
  EXPECT_EQ(Values(composite.Image(), "StandardisedDifference"), first);
}

// Contract: a level holds for one node or for all, and the classes follow it.
TEST(DensityDifferenceFilter, SharesTheLevelAmongTheNodes)
{
  auto a = CloudOf(300, 3, 2, 0.0);
  auto b = CloudOf(300, 9, 2, 0.2);
  double found[3];
  for (const int correction : { 0, 1, 2 })
  {
    const Filter filter(a, b);
    filter.Difference->SetMultipleTesting(correction);
    vtkImageData* const image = filter.Image();
    found[correction] = Fact(image, "DifferenceCounts", 1) + Fact(image, "DifferenceCounts", 2);
    const double tests = Fact(image, "NodesTested");
    const double threshold = Fact(image, "SignificanceThreshold");
    EXPECT_NEAR(
      correction == 0 ? threshold : threshold * tests, 0.05, correction == 2 ? 0.02 : 1e-12);
  }
  EXPECT_GT(found[0], found[1]);
  EXPECT_LE(found[1], found[2]);
}
}
