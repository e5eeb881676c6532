// SPDX-License-Identifier: BSD-3-Clause
#include "vtkPointsFromShape.h"

#include "vtkKernelDensity.h"

#include "Numerics/Base/Types.h"
#include "support/ErrorLog.h"
#include "support/Numbers.h"
#include "support/PolyDataPoints.h"

#include <vtkCellArray.h>
#include <vtkDataArray.h>
#include <vtkFieldData.h>
#include <vtkImageData.h>
#include <vtkMultiBlockDataSet.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkPolyData.h>
#include <vtkSphereSource.h>
#include <vtkUnsignedCharArray.h>

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>

namespace scorefields
{
namespace
{
constexpr vtkIdType Many = 40000;

/// Of chi-square with k degrees of freedom, by Wilson and Hilferty.
double MostChiSquare(double k)
{
  const double spread = 2.0 / (9.0 * k);
  return k * std::pow(1.0 - spread + FiveSigma * std::sqrt(spread), 3);
}

Eigen::Matrix3Xd PointsOf(vtkPointsFromShape* filter)
{
  vtkPolyData* cloud = filter->GetOutput();
  Eigen::Matrix3Xd points(3, cloud->GetNumberOfPoints());
  for (vtkIdType i = 0; i < points.cols(); ++i)
  {
    cloud->GetPoint(i, points.col(i).data());
  }
  return points;
}

/// A hook in the plane z = 2: three units along x, then four along y.
vtkSmartPointer<vtkPolyData> Hook()
{
  Eigen::Matrix3Xd places(3, 3);
  places << 0, 3, 3, 0, 0, 4, 2, 2, 2;
  auto data = PolyDataPoints(places);
  vtkNew<vtkCellArray> lines;
  lines->InsertNextCell({ 0, 1, 2 });
  data->SetLines(lines);
  return data;
}

vtkSmartPointer<vtkImageData> Picture(int columns, int rows)
{
  auto image = vtkSmartPointer<vtkImageData>::New();
  image->SetDimensions(columns, rows, 1);
  image->SetSpacing(0.5, 0.25, 1.0);
  vtkNew<vtkUnsignedCharArray> colours;
  colours->SetName("colours");
  colours->SetNumberOfComponents(3);
  for (int i = 0; i < columns * rows; ++i)
  {
    const double colour[3] = { double(37 * i % 256), double(101 * i % 256),
      double(i % 7 == 0 ? 255 : 0) };
    colours->InsertNextTuple(colour);
  }
  image->GetPointData()->SetScalars(colours);
  return image;
}
}

// Oracle: the lines themselves and their lengths. Points lie on them to rounding, 3/7 of them on
// the first one, and each is a vertex.
TEST(PointsFromShape, LieOnLinesByTheirLength)
{
  vtkNew<vtkPointsFromShape> filter;
  filter->SetInputData(Hook());
  filter->SetNumberOfPoints(Many);
  filter->Update();
  const Eigen::Matrix3Xd points = PointsOf(filter);
  ASSERT_EQ(points.cols(), Many);
  EXPECT_EQ(filter->GetOutput()->GetNumberOfVerts(), Many);
  double first = 0.0;
  for (Index i = 0; i < points.cols(); ++i)
  {
    const bool onFirst = points(1, i) <= 4.0 * Eps;
    first += onFirst ? 1.0 : 0.0;
    EXPECT_LE(std::abs(onFirst ? points(1, i) : points(0, i) - 3.0), 4.0 * Eps);
    EXPECT_EQ(points(2, i), 2.0);
  }
  EXPECT_NEAR(first / Many, 3.0 / 7.0, FiveSigma * std::sqrt(12.0 / 49.0 / Many));
  EXPECT_EQ(filter->GetOutput()->GetFieldData()->GetArray("Seed")->GetTuple1(0), 1.0);
  EXPECT_EQ(filter->GetOutput()->GetPointData()->GetGlobalIds()->GetTuple1(7), 7.0);
}

// Oracle: Archimedes. On a sphere the height is uniform; 20 slices by chi-square. A sphere of flat
// triangles has lost less than 1 % of the area of a slice, which adds its square times the count.
TEST(PointsFromShape, FallEvenlyOnASphere)
{
  vtkNew<vtkSphereSource> sphere;
  sphere->SetThetaResolution(200);
  sphere->SetPhiResolution(201);
  sphere->SetRadius(1.0);
  vtkNew<vtkPointsFromShape> filter;
  filter->SetInputConnection(sphere->GetOutputPort());
  filter->SetNumberOfPoints(Many);
  filter->Update();
  constexpr int Slices = 20;
  Eigen::VectorXd found = Eigen::VectorXd::Zero(Slices);
  const Eigen::VectorXd heights = PointsOf(filter).row(2).transpose();
  for (const double height : heights)
  {
    ++found[std::min(Slices - 1, static_cast<int>(Slices * 0.5 * (height + 1.0)))];
  }
  const double expected = double(Many) / Slices;
  const double chiSquare = (found.array() - expected).square().sum() / expected;
  EXPECT_LT(chiSquare, MostChiSquare(Slices - 1) + Many * 1e-4);
}

// Oracle: the formula of tone. Points fall on the pixels by their darkness, chi-square over the
// pixels that expect 5 or more; each lies within half a spacing of its pixel.
TEST(PointsFromShape, FallOnDarkPixels)
{
  const auto picture = Picture(9, 8);
  vtkNew<vtkPointsFromShape> filter;
  filter->SetInputData(picture);
  filter->SetDrawFrom(1);
  filter->SetNumberOfPoints(Many);
  filter->Update();
  Eigen::VectorXd found = Eigen::VectorXd::Zero(72);
  const Eigen::Matrix3Xd points = PointsOf(filter);
  for (Index i = 0; i < points.cols(); ++i)
  {
    const auto column = std::lround(points(0, i) / 0.5);
    const auto row = std::lround(points(1, i) / 0.25);
    ASSERT_TRUE(column >= 0 && column < 9 && row >= 0 && row < 8) << points.col(i).transpose();
    ++found[column + 9 * row];
    EXPECT_EQ(points(2, i), 0.0);
  }
  Eigen::VectorXd dark(72);
  for (Index i = 0; i < 72; ++i)
  {
    double colour[3];
    picture->GetPointData()->GetScalars()->GetTuple(i, colour);
    dark[i] = 255.0 - (0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2]);
  }
  const Eigen::VectorXd expected = double(Many) / dark.sum() * dark;
  double chiSquare = 0.0;
  double freedom = -1.0;
  for (Index i = 0; i < 72; ++i)
  {
    const bool counts = expected[i] >= 5.0;
    chiSquare += counts ? std::pow(found[i] - expected[i], 2) / expected[i] : 0.0;
    freedom += counts ? 1.0 : 0.0;
  }
  EXPECT_GT(freedom, 60.0);
  EXPECT_LT(chiSquare, MostChiSquare(freedom));
}

// Oracle: closed form. The jitter has its variance along the axes of a plane shape, and none
// across; with Dimension 3 across as well, and with 1 along the longer one.
TEST(PointsFromShape, JitterStaysInThePlane)
{
  vtkNew<vtkPointsFromShape> plain;
  plain->SetInputData(Hook());
  plain->SetNumberOfPoints(Many);
  plain->Update();
  vtkNew<vtkPointsFromShape> moved;
  moved->SetInputData(Hook());
  moved->SetNumberOfPoints(Many);
  moved->SetJitter(0.2);
  for (const int dimension : { 0, 3, 1 })
  {
    moved->SetDimension(dimension);
    moved->Update();
    const Eigen::Matrix3Xd jitter = PointsOf(moved) - PointsOf(plain);
    const Eigen::Matrix3d covariance = jitter * jitter.transpose() / double(Many);
    Eigen::Vector3d variance(0.04, 0.04, dimension == 3 ? 0.04 : 0.0);
    variance[0] = dimension == 1 ? 0.0 : 0.04;
    for (int a = 0; a < 3; ++a)
    {
      for (int b = 0; b < 3; ++b)
      {
        const double error = std::sqrt((a == b ? 2.0 : 1.0) * variance[a] * variance[b] / Many);
        EXPECT_NEAR(covariance(a, b), a == b ? variance[a] : 0.0, FiveSigma * error);
      }
    }
  }
}

// Contract: the same points to the bit on one thread and on three.
TEST(PointsFromShape, AreTheSameOnAnyThreads)
{
  vtkNew<vtkSphereSource> sphere;
  sphere->SetThetaResolution(100);
  sphere->SetPhiResolution(100);
  vtkNew<vtkPointsFromShape> filter;
  filter->SetInputConnection(sphere->GetOutputPort());
  filter->SetNumberOfPoints(Many);
  filter->SetJitter(0.1);
  Eigen::Matrix3Xd first;
  for (const char* threads : { "1", "3" })
  {
    ASSERT_EQ(setenv("VTK_SMP_MAX_THREADS", threads, 1), 0);
    filter->Modified();
    filter->Update();
    first = first.size() == 0 ? PointsOf(filter) : first;
    EXPECT_EQ(PointsOf(filter), first);
  }
  ASSERT_EQ(unsetenv("VTK_SMP_MAX_THREADS"), 0);
}

// Oracle: the blocks' lengths. A composite is one shape, and its field data pass through.
TEST(PointsFromShape, FallOnAllBlocks)
{
  vtkNew<vtkMultiBlockDataSet> blocks;
  blocks->SetBlock(0, Hook());
  const auto far = Hook();
  far->GetPoints()->SetPoint(2, 3.0, 24.0, 2.0); // 27 long
  blocks->SetBlock(2, far);
  vtkNew<vtkUnsignedCharArray> note;
  note->SetName("note");
  blocks->GetFieldData()->AddArray(note);
  vtkNew<vtkPointsFromShape> filter;
  filter->SetInputDataObject(blocks);
  filter->SetNumberOfPoints(Many);
  filter->Update();
  const Eigen::Matrix3Xd points = PointsOf(filter);
  ASSERT_EQ(points.cols(), Many);
  const double share = (points.row(1).array() > 4.0).cast<double>().mean();
  EXPECT_NEAR(share, 20.0 / 34.0, FiveSigma * std::sqrt(0.25 / Many));
  EXPECT_TRUE(filter->GetOutput()->GetFieldData()->GetArray("note"));
}

// Contract: Kernel Density takes the points as they come, in the plane of the shape.
TEST(PointsFromShape, HaveAKernelDensity)
{
  vtkNew<vtkPointsFromShape> filter;
  filter->SetInputData(Hook());
  filter->SetJitter(0.1);
  vtkNew<vtkKernelDensity> density;
  density->SetInputConnection(filter->GetOutputPort());
  density->SetSampleDimensions(32, 32, 32);
  vtkNew<ErrorLog> log;
  log->Watch(filter);
  log->Watch(density);
  density->Update();
  EXPECT_EQ(log->Errors + log->Warnings, "");
  EXPECT_EQ(density->GetImage()->GetNumberOfPoints(), 32 * 32);
  EXPECT_GT(density->GetImage()->GetPointData()->GetArray("Density")->GetRange()[1], 0.05);
}
}
