// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Mixture/MixturePresets.h"
#include "Numerics/Mixture/MixtureSampling.h"
#include "Numerics/Modes/ModeDensity.h"
#include "support/ModeFilter.h"
#include "support/RandomPoints.h"
#include "vtkGaussianMixture.h"
#include "vtkMixtureTruth.h"

#include <vtkCellData.h>
#include <vtkDoubleArray.h>
#include <vtkMultiBlockDataSet.h>

#include <gtest/gtest.h>

#include <cmath>
#include <set>

namespace scorefields
{
namespace
{
Eigen::Matrix3Xd Clusters(Index n)
{
  return SampleMixture(MakeMixture(MixturePreset::SeparatedClusters), 1, 0, n).Points;
}

Eigen::Vector3d PlaceOf(vtkPolyData* points, vtkIdType point)
{
  return Eigen::Map<const Eigen::Vector3d>(points->GetPoint(point));
}
}

// Oracle: the numerics called alone, on the nodes that the image has. Points, curvatures and tests
// are the same to rounding; modes come first, the highest at 0.
TEST(DensityModes, WritesWhatTheNumericsFind)
{
  const Eigen::Matrix3Xd cloud = RandomPoints(200, 5, 2);
  support::Modes modes;
  modes.Connect(PolyDataPoints(cloud), 0.1);
  vtkPolyData* points = modes.Run();
  EXPECT_EQ(modes.Log->Errors + modes.Log->Warnings, "");
  vtkImageData* image = modes.Density->GetImage();
  Grid grid;
  grid.Origin = Eigen::Map<const Eigen::Vector3d>(image->GetOrigin());
  grid.Spacing = Eigen::Map<const Eigen::Vector3d>(image->GetSpacing());
  grid.Dimensions = { 64, 64, 1 };
  const auto samples = std::make_shared<const Samples>(Samples::Unweighted(cloud));
  const ModeDensity density =
    ModeDensity::Of(samples, GaussianKernel::Isotropic(Axes::First(2), 0.1), {}, 40.0, Execution());
  std::vector<double> logDensity(static_cast<std::size_t>(grid.Size()));
  for (Index node = 0; node < grid.Size(); ++node)
  {
    logDensity[static_cast<std::size_t>(node)] =
      image->GetPointData()->GetArray("LogDensity")->GetComponent(node, 0);
  }
  const CriticalSet set = FindCriticalPoints(
    { *density.Exact, density.Unit, { grid, logDensity.data() }, {}, -1e300 }, Execution());
  ASSERT_EQ(points->GetNumberOfPoints(), static_cast<vtkIdType>(set.Points.size()));
  ASSERT_EQ(points->GetNumberOfVerts(), points->GetNumberOfPoints());
  EXPECT_GT(set.Modes(), 5);
  const auto counts = CountsOfModes(set, density.Counts, Execution());
  const auto pValues =
    ModePValues(counts, ClimbFrom(density, cloud, Execution()).PlacesOf(cloud.cols()));
  for (vtkIdType i = 0; i < points->GetNumberOfPoints(); ++i)
  {
    const CriticalPoint& point = set.Points[static_cast<std::size_t>(i)];
    EXPECT_LT((PlaceOf(points, i) - point.Position).norm(), 1e-9);
    EXPECT_EQ(modes.Value("CriticalType", i), static_cast<double>(point.Type));
    EXPECT_NEAR(modes.Value("LogDensity", i), point.LogDensity, 1e-12);
    EXPECT_NEAR(modes.Value("Density", i), std::exp(point.LogDensity), 1e-9);
    EXPECT_NEAR(modes.Value("HessianEigenvalues", i, 1), point.Eigenvalues[1], 1e-5);
  }
  for (Index mode = 0; mode < set.Modes(); ++mode)
  {
    const auto at = static_cast<std::size_t>(mode);
    EXPECT_NEAR(modes.Value("Persistence", mode), set.Persistence(mode), 1e-9);
    EXPECT_NEAR(modes.Value("PValue", mode), pValues[at], 1e-6);
    EXPECT_NEAR(modes.Value("EffectiveSampleSize", mode), counts[at].AtMode, 1e-6);
    EXPECT_EQ(modes.Value("Basin", mode), static_cast<double>(mode));
    EXPECT_EQ(modes.Value("ParentBasin", mode), static_cast<double>(set.Pairs[at].Parent));
  }
}

// Oracle: the clusters that the samples are drawn from, twelve deviations apart. Each is a basin,
// whose share is that of its samples; all are significant, and the ways uphill join them.
TEST(DensityModes, LabelsClusters)
{
  const Eigen::Matrix3Xd cloud = Clusters(400);
  support::Modes modes;
  modes.Connect(PolyDataPoints(cloud), 0.3);
  vtkPolyData* points = modes.Run();
  EXPECT_EQ(modes.Log->Errors + modes.Log->Warnings, "");
  EXPECT_EQ(modes.Fact("NumberOfModes"), 4.0);
  EXPECT_EQ(modes.Fact("SignificantModes"), 4.0);
  EXPECT_EQ(modes.Fact("SamplesWithoutMode"), 0.0);
  double shares[4] = {};
  for (Index i = 0; i < cloud.cols(); ++i)
  {
    const auto basin = static_cast<int>(modes.BasinOf(i));
    ASSERT_GE(basin, 0);
    ASSERT_LT(basin, 4);
    EXPECT_LT((PlaceOf(points, basin) - cloud.col(i)).norm(), 1.8);
    shares[basin] += 1.0 / 400.0;
  }
  for (int mode = 0; mode < 4; ++mode)
  {
    EXPECT_NEAR(modes.Value("SampleShare", mode), shares[mode], 1e-12);
    EXPECT_EQ(modes.Value("Significant", mode), 1.0);
  }
  std::set<double> reached;
  vtkDataArray* basins = modes.Ways()->GetCellData()->GetArray("Basin");
  vtkDataArray* types = modes.Ways()->GetCellData()->GetArray("WayType");
  for (vtkIdType way = 0; way < modes.Ways()->GetNumberOfCells(); ++way)
  {
    EXPECT_EQ(types->GetComponent(way, 0) == 0.0, basins->GetComponent(way, 0) >= 0.0);
    reached.insert(basins->GetComponent(way, 0));
  }
  EXPECT_EQ(reached, (std::set<double>{ -1.0, 0.0, 1.0, 2.0, 3.0 }));
}

// Contract: modes that are left out are joined to the next higher one: fewer modes, the same
// samples, and shares that still sum to 1.
TEST(DensityModes, JoinsModesOfLittlePersistence)
{
  const Eigen::Matrix3Xd cloud = Clusters(1000);
  for (const bool byLevel : { false, true })
  {
    support::Modes modes;
    modes.Connect(PolyDataPoints(cloud), 0.12, 110);
    modes.Run();
    EXPECT_EQ(modes.Log->Errors + modes.Log->Warnings, "");
    EXPECT_GT(modes.Fact("NumberOfModes"), 4.0);
    byLevel ? modes.Filter->SignificantOnlyOn() : modes.Filter->SetMinimumPersistence(3.0);
    modes.Run();
    const auto count = static_cast<vtkIdType>(modes.Fact("NumberOfModes"));
    EXPECT_EQ(count, 4) << byLevel;
    double share = 0.0;
    for (vtkIdType mode = 0; mode < count; ++mode)
    {
      share += modes.Value("SampleShare", mode);
      EXPECT_EQ(modes.Value("Basin", mode), static_cast<double>(mode));
    }
    EXPECT_NEAR(share, 1.0, 1e-12);
    for (Index i = 0; i < cloud.cols(); ++i)
    {
      const auto basin = static_cast<vtkIdType>(modes.BasinOf(i));
      EXPECT_LT((PlaceOf(modes.Points(), basin) - cloud.col(i)).norm(), 1.8) << byLevel;
    }
  }
}

// Oracle: the same cloud, moved along a periodic axis by 40 % of its period: the modes are moved as
// well, and have the same persistence and p-values; the seam makes none and hides none.
TEST(DensityModes, DoesNotSeeAPeriodicSeam)
{
  std::vector<double> persistences[2];
  std::vector<double> tests[2];
  for (const int moved : { 0, 1 })
  {
    Eigen::Matrix3Xd cloud = RandomPoints(150, 11, 2);
    cloud.row(0).array() += moved * 0.4;
    cloud.row(0) = cloud.row(0).array() - cloud.row(0).array().round();
    support::Modes modes;
    modes.Density->SetUseInputBounds(false);
    modes.Density->SetSamplingBounds(-0.5, 0.5, -1.0, 1.0, 0.0, 0.0);
    modes.Density->SetBoundary(3);
    modes.Density->SetBoundaryX(1);
    modes.Connect(PolyDataPoints(cloud), 0.09, 61);
    modes.Run();
    EXPECT_EQ(modes.Log->Errors + modes.Log->Warnings, "");
    for (vtkIdType mode = 0; mode < static_cast<vtkIdType>(modes.Fact("NumberOfModes")); ++mode)
    {
      persistences[moved].push_back(modes.Value("Persistence", mode));
      tests[moved].push_back(modes.Value("PValue", mode));
    }
  }
  ASSERT_GT(persistences[0].size(), 3u);
  ASSERT_EQ(persistences[0].size(), persistences[1].size());
  // The highest mode's persistence is that of nodes, which have moved against the cloud.
  for (std::size_t mode = 1; mode < persistences[0].size(); ++mode)
  {
    EXPECT_NEAR(persistences[0][mode], persistences[1][mode], 1e-9);
    EXPECT_NEAR(tests[0][mode], tests[1][mode], 1e-6);
  }
}

// Oracle: the cloud with its mirror image, in open space. With a reflecting wall half of the modes
// are left, those on the wall once; the density is twice as high.
TEST(DensityModes, SeesReflectingWalls)
{
  Eigen::Matrix3Xd cloud = RandomPoints(60, 4, 2);
  cloud.row(0).array() += 0.5; // in [0, 1)
  Eigen::Matrix3Xd both(3, 120);
  both << cloud, (Eigen::Vector3d(-1.0, 1.0, 1.0).asDiagonal() * cloud);
  support::Modes walled;
  walled.Density->SetUseInputBounds(false);
  walled.Density->SetSamplingBounds(0.0, 2.0, -1.5, 1.5, 0.0, 0.0);
  walled.Density->SetBoundary(3);
  walled.Density->SetBoundaryX(2);
  walled.Connect(PolyDataPoints(cloud), 0.12, 101);
  walled.Run();
  support::Modes open;
  open.Density->SetUseInputBounds(false);
  open.Density->SetSamplingBounds(-2.0, 2.0, -1.5, 1.5, 0.0, 0.0);
  open.Connect(PolyDataPoints(both), 0.12, 201);
  open.Run();
  EXPECT_EQ(walled.Log->Errors + walled.Log->Warnings, "");
  const auto count = static_cast<vtkIdType>(walled.Fact("NumberOfModes"));
  ASSERT_GE(count, 3);
  vtkIdType images = 0;
  for (vtkIdType mode = 0; mode < count; ++mode)
  {
    const Eigen::Vector3d place = PlaceOf(walled.Points(), mode);
    images += place[0] > 1e-6 ? 2 : 1;
    double nearest = 1.0;
    for (vtkIdType i = 0; i < static_cast<vtkIdType>(open.Fact("NumberOfModes")); ++i)
    {
      const double distance = (PlaceOf(open.Points(), i) - place).norm();
      const double half = open.Value("LogDensity", i) + std::log(2.0);
      nearest = std::min(nearest, distance + std::abs(half - walled.Value("LogDensity", mode)));
    }
    EXPECT_LT(nearest, 1e-6) << place.transpose();
  }
  EXPECT_EQ(open.Fact("NumberOfModes"), static_cast<double>(images));
}

// Oracle: samples that are twice there. Weights of 2 give what two equal samples give, but for the
// tests, in which two samples count as two.
TEST(DensityModes, TakesWeights)
{
  const Eigen::Matrix3Xd cloud = RandomPoints(100, 8, 2);
  Eigen::Matrix3Xd twice(3, 150);
  twice << cloud, cloud.leftCols(50);
  vtkNew<vtkDoubleArray> weights;
  weights->SetName("Weight");
  for (int i = 0; i < 100; ++i)
  {
    weights->InsertNextValue(i < 50 ? 2.0 : 1.0);
  }
  const auto weighted = PolyDataPoints(cloud);
  weighted->GetPointData()->AddArray(weights);
  support::Modes byWeight;
  byWeight.Density->SetInputArrayToProcess(
    0, 0, 0, vtkDataObject::FIELD_ASSOCIATION_POINTS, "Weight");
  byWeight.Filter->SetSampleWeightArray("Weight");
  byWeight.Connect(weighted, 0.1);
  byWeight.Run();
  support::Modes byCount;
  byCount.Connect(PolyDataPoints(twice), 0.1);
  byCount.Run();
  EXPECT_EQ(byWeight.Log->Errors + byWeight.Log->Warnings, "");
  ASSERT_EQ(byWeight.Points()->GetNumberOfPoints(), byCount.Points()->GetNumberOfPoints());
  const auto count = static_cast<vtkIdType>(byCount.Fact("NumberOfModes"));
  ASSERT_GT(count, 3);
  for (vtkIdType mode = 0; mode < count; ++mode)
  {
    EXPECT_LT((PlaceOf(byWeight.Points(), mode) - PlaceOf(byCount.Points(), mode)).norm(), 1e-9);
    EXPECT_NEAR(byWeight.Value("SampleShare", mode), byCount.Value("SampleShare", mode), 1e-12);
    EXPECT_LT(byWeight.Value("EffectiveSampleSize", mode),
      (1.0 + 1e-9) * byCount.Value("EffectiveSampleSize", mode));
  }
}

// Oracle: the truth's own critical points. Without samples those of the image of a mixture are
// found on the interpolant, whose error falls with the third power of the spacing; nothing is
// tested.
TEST(DensityModes, OfAnImageAlone)
{
  vtkNew<vtkGaussianMixture> mixture;
  vtkNew<vtkKernelDensity> nodes;
  nodes->SetInputConnection(mixture->GetOutputPort());
  nodes->SetSampleDimensions(129, 129, 1);
  nodes->SetUseInputBounds(false);
  nodes->SetSamplingBounds(-4.0, 4.0, -4.0, 4.0, 0.0, 0.0);
  vtkNew<vtkMixtureTruth> truth;
  truth->SetInputConnection(nodes->GetOutputPort());
  vtkNew<vtkDensityModes> filter;
  filter->SetInputConnection(truth->GetOutputPort());
  filter->SetDensityArray("TrueLogDensity");
  vtkNew<ErrorLog> log;
  log->Watch(filter);
  filter->Update();
  EXPECT_EQ(log->Errors + log->Warnings, "");
  vtkPolyData* points = filter->GetCriticalPoints();
  EXPECT_EQ(points->GetPointData()->GetArray("PValue"), nullptr);
  EXPECT_GE(points->GetNumberOfPoints(), 1);
}

// Contract: samples in blocks keep their blocks, with Basin in each; points that are not finite
// have the basin -1 and one warning.
TEST(DensityModes, LabelsBlocks)
{
  Eigen::Matrix3Xd cloud = Clusters(200);
  vtkNew<vtkMultiBlockDataSet> blocks;
  blocks->SetBlock(0, PolyDataPoints(cloud.leftCols(120)));
  cloud(0, 130) = std::nan("");
  blocks->SetBlock(2, PolyDataPoints(cloud.rightCols(80)));
  support::Modes modes;
  modes.Connect(blocks, 0.3);
  modes.Run();
  EXPECT_EQ(modes.Log->Errors, "");
  EXPECT_TRUE(modes.Log->HasWarning("1 points of Samples are not finite")) << modes.Log->Warnings;
  auto* labelled = vtkMultiBlockDataSet::SafeDownCast(modes.Samples());
  vtkDataArray* basins =
    vtkDataSet::SafeDownCast(labelled->GetBlock(2))->GetPointData()->GetArray("Basin");
  ASSERT_EQ(basins->GetNumberOfTuples(), 80);
  EXPECT_EQ(basins->GetComponent(10, 0), -1.0);
  EXPECT_GE(basins->GetComponent(11, 0), 0.0);
}

// Contract: the same input and properties give the same output; the input stays as it is.
TEST(DensityModes, RunsTwiceAlike)
{
  const auto cloud = PolyDataPoints(RandomPoints(100, 2, 3));
  support::Modes modes;
  modes.Connect(cloud, 0.15, 24);
  modes.Run();
  const vtkMTimeType before = cloud->GetMTime();
  vtkNew<vtkPolyData> first;
  first->DeepCopy(modes.Points());
  modes.Filter->Modified();
  modes.Run();
  EXPECT_EQ(cloud->GetMTime(), before);
  ASSERT_EQ(first->GetNumberOfPoints(), modes.Points()->GetNumberOfPoints());
  for (vtkIdType i = 0; i < first->GetNumberOfPoints(); ++i)
  {
    EXPECT_EQ(PlaceOf(first, i), PlaceOf(modes.Points(), i));
  }
}
}
