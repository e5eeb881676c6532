// SPDX-License-Identifier: BSD-3-Clause
#include "Pipeline/Adaptor.h"
#include "support/RegionFilter.h"

#include <vtkImageData.h>
#include <vtkMatrix3x3.h>
#include <vtkPointData.h>

#include <gtest/gtest.h>

#include <cmath>

namespace scorefields
{
namespace
{
double RadiusOf(double mass)
{
  return std::sqrt(-2.0 * std::log1p(-mass));
}

double ArrayValue(vtkDataSet* data, const char* name, vtkIdType point)
{
  return data->GetPointData()->GetArray(name)->GetComponent(point, 0);
}
}

// Oracle: closed form of a Gaussian in the plane. The region of the mass p has the radius
// sqrt(-2 log(1 - p)), the level (1 - p) / (2 pi) and the area pi r^2. Nodes 1/10 apart: masses to
// h^4 = 1e-4, and contours, which are linear between nodes, to h^2 / 8 f'' / f' = 2e-3 of a length.
TEST(HighestDensityRegions, AreThoseOfAGaussian)
{
  support::Regions regions;
  vtkImageData* image =
    regions.Run(DensityImage(support::Box(121, 6.0), "LogDensity", support::PlaneGaussian));
  EXPECT_EQ(regions.Log->Errors + regions.Log->Warnings, "");
  for (vtkIdType node = 0; node < image->GetNumberOfPoints(); ++node)
  {
    const Eigen::Vector3d x = support::Box(121, 6.0).Node(node);
    const double tolerance = x.norm() < 0.15 ? 5e-4 : 2e-4; // one cell holds 1.6e-3
    EXPECT_NEAR(
      ArrayValue(image, "EnclosedMass", node), 1.0 - std::exp(-0.5 * x.squaredNorm()), tolerance);
  }
  const double masses[4] = { 0.25, 0.5, 0.75, 0.95 };
  ASSERT_EQ(regions.Table()->GetNumberOfRows(), 4);
  for (int row = 0; row < 4; ++row)
  {
    const double r = RadiusOf(masses[row]);
    EXPECT_EQ(regions.Value(row, "Region"), row);
    EXPECT_EQ(regions.Value(row, "RegionMass"), masses[row]);
    EXPECT_NEAR(regions.Value(row, "EnclosedMass"), masses[row], 1e-6);
    EXPECT_NEAR(regions.Value(row, "DensityLevel"), (1.0 - masses[row]) / (2.0 * Pi), 2e-5);
    EXPECT_NEAR(regions.Value(row, "Measure"), Pi * r * r, 1e-3 * Pi * r * r);
    EXPECT_EQ(regions.Value(row, "Islands"), 1.0);
  }
  vtkPolyData* lines = regions.Contours();
  EXPECT_GT(lines->GetNumberOfLines(), 100);
  for (vtkIdType point = 0; point < lines->GetNumberOfPoints(); ++point)
  {
    const double mass = ArrayValue(lines, "EnclosedMass", point);
    EXPECT_EQ(mass, masses[static_cast<int>(ArrayValue(lines, "Region", point))]);
    EXPECT_NEAR(ArrayValue(lines, "DensityLevel", point), (1.0 - mass) / (2.0 * Pi), 2e-5);
    EXPECT_NEAR(
      Eigen::Map<const Eigen::Vector3d>(lines->GetPoint(point)).norm(), RadiusOf(mass), 4e-3);
  }
}

// Oracle: the same in space: the mass within the radius r is erf(r / sqrt 2) - sqrt(2 / pi) r
// exp(-r^2 / 2). A density instead of its logarithm, in floats, gives the same to single precision.
TEST(HighestDensityRegions, AreSurfacesInSpace)
{
  const Grid grid = support::Box(61, 5.0, 3);
  support::Regions regions;
  regions.SetMasses({ 0.5 });
  auto image = DensityImage(grid, "Density",
    [](const Eigen::Vector3d& x)
    { return std::exp(-0.5 * x.squaredNorm()) / std::pow(2.0 * Pi, 1.5); });
  regions.Run(image);
  EXPECT_EQ(regions.Log->Errors + regions.Log->Warnings, "");
  const double r = 1.5381722544550522; // median of the chi distribution with 3 degrees of freedom
  EXPECT_NEAR(regions.Value(0, "Measure"), 4.0 / 3.0 * Pi * r * r * r, 1e-3 * 15.2);
  EXPECT_NEAR(
    regions.Value(0, "DensityLevel"), std::exp(-0.5 * r * r) / std::pow(2.0 * Pi, 1.5), 1e-5);
  vtkPolyData* surface = regions.Contours();
  EXPECT_GT(surface->GetNumberOfPolys(), 1000);
  for (vtkIdType point = 0; point < surface->GetNumberOfPoints(); ++point)
  {
    EXPECT_NEAR(Eigen::Map<const Eigen::Vector3d>(surface->GetPoint(point)).norm(), r, 5e-3);
  }
}

// Oracle: invariant. An image that lies in another plane, is turned, or begins at another index has
// the same regions, and contours that lie at its own places.
TEST(HighestDensityRegions, LieWhereTheImageLies)
{
  const auto reference = DensityImage(support::Box(61, 5.0), "Density",
    [](const Eigen::Vector3d& x) { return std::exp(-0.5 * x.squaredNorm() - 0.4 * x[0] * x[1]); });
  support::Regions plane;
  plane.Run(reference);
  const double turn = 0.6;
  for (const int flat : { 0, 1, 2 })
  {
    vtkNew<vtkImageData> image;
    int extent[6] = { 5, 65, 5, 65, 5, 65 };
    extent[2 * flat + 1] = 5;
    image->SetExtent(extent);
    image->SetSpacing(
      reference->GetSpacing()[0], reference->GetSpacing()[0], reference->GetSpacing()[0]);
    image->SetOrigin(1.0, 2.0, 3.0);
    if (flat == 2)
    {
      const double turned[9] = { std::cos(turn), -std::sin(turn), 0.0, std::sin(turn),
        std::cos(turn), 0.0, 0.0, 0.0, 1.0 };
      image->SetDirectionMatrix(turned);
    }
    image->GetPointData()->AddArray(reference->GetPointData()->GetArray("Density"));
    support::Regions regions;
    regions.Run(image);
    EXPECT_EQ(regions.Log->Errors + regions.Log->Warnings, "") << flat;
    for (vtkIdType row = 0; row < 4; ++row)
    {
      EXPECT_NEAR(regions.Value(row, "Measure"), plane.Value(row, "Measure"), 1e-9) << flat;
    }
    ASSERT_EQ(regions.Contours()->GetNumberOfPoints(), plane.Contours()->GetNumberOfPoints())
      << flat;
    const Eigen::Matrix3d direction =
      Eigen::Map<const Eigen::Matrix<double, 3, 3, Eigen::RowMajor>>(
        image->GetDirectionMatrix()->GetData());
    double peak[3];
    image->GetPoint(image->GetNumberOfPoints() / 2, peak);
    for (int axis = 0; axis < 3; ++axis)
    {
      const char* names[3] = { "PeakX", "PeakY", "PeakZ" };
      EXPECT_NEAR(regions.IslandValue(0, names[axis]), peak[axis], 1e-9);
    }
    for (vtkIdType point = 0; point < regions.Contours()->GetNumberOfPoints(); ++point)
    {
      const Eigen::Vector3d found =
        Eigen::Map<const Eigen::Vector3d>(regions.Contours()->GetPoint(point));
      const Eigen::Vector3d offset =
        direction.transpose() * (found - Eigen::Map<Eigen::Vector3d>(peak));
      EXPECT_NEAR(offset[flat], 0.0, 1e-5);
      const double u = offset[flat == 0 ? 1 : 0];
      const double v = offset[flat == 2 ? 1 : 2];
      const double level = ArrayValue(regions.Contours(), "DensityLevel", point);
      EXPECT_NEAR(std::exp(-0.5 * (u * u + v * v) - 0.4 * u * v), level, 5e-3) << flat;
    }
  }
}

// Oracle: closed form. On a line the borders are points: r = 0.6744897501960817 for half of a
// Gaussian.
TEST(HighestDensityRegions, ArePointsOnALine)
{
  support::Regions regions;
  regions.SetMasses({ 0.5 });
  regions.Run(DensityImage(support::Box(401, 6.0, 1), "Density",
    [](const Eigen::Vector3d& x) { return std::exp(-0.5 * x[0] * x[0]); }));
  ASSERT_EQ(regions.Contours()->GetNumberOfPoints(), 2);
  EXPECT_EQ(regions.Contours()->GetNumberOfVerts(), 2);
  EXPECT_NEAR(regions.Contours()->GetPoint(0)[0], -0.6744897501960817, 1e-3);
  EXPECT_NEAR(regions.Value(0, "Measure"), 2.0 * 0.6744897501960817, 2e-3);
}

// Contract: masses are sorted, and each counts once; without any there are EnclosedMass and no
// rows.
TEST(HighestDensityRegions, SortMasses)
{
  support::Regions regions;
  const auto image = DensityImage(support::Box(41, 5.0), "LogDensity", support::PlaneGaussian);
  regions.SetMasses({ 0.9, 0.1, 0.9 });
  regions.Run(image);
  ASSERT_EQ(regions.Table()->GetNumberOfRows(), 2);
  EXPECT_EQ(regions.Value(0, "RegionMass"), 0.1);
  EXPECT_EQ(regions.Value(1, "RegionMass"), 0.9);
  regions.SetMasses({});
  EXPECT_TRUE(regions.Run(image)->GetPointData()->HasArray("EnclosedMass"));
  EXPECT_EQ(regions.Table()->GetNumberOfRows(), 0);
  EXPECT_EQ(regions.Contours()->GetNumberOfPoints(), 0);
  EXPECT_EQ(regions.Log->Errors + regions.Log->Warnings, "");
}

// Oracle: closed form. The box holds the right half of a Gaussian. If the density is normalised
// everywhere, the region of mass p is the half disk with all of p: 1 - exp(-r^2 / 2) = 2 p; and one
// above a half is not reached, which is told with both numbers. If the image is all, it is that of
// p.
TEST(HighestDensityRegions, KnowMassOutsideOfTheImage)
{
  Grid half = support::Box(121, 6.0);
  half.Dimensions[0] = 61;
  half.Origin[0] = 0.0;
  for (const int total : { 1, 2, 0 })
  {
    support::Regions regions;
    regions.SetMasses({ 0.25, 0.75 });
    regions.Filter->SetTotalMass(total);
    vtkImageData* image = regions.Run(DensityImage(half, "Density",
      [](const Eigen::Vector3d& x) { return std::exp(support::PlaneGaussian(x)); }));
    const bool everywhere = total == 1;
    const double r = RadiusOf(everywhere ? 0.5 : 0.25);
    EXPECT_NEAR(regions.Value(0, "Measure"), 0.5 * Pi * r * r, 2e-3 * r * r) << total;
    EXPECT_NEAR(regions.Value(0, "EnclosedMass"), 0.25, 1e-6);
    EXPECT_NEAR(image->GetFieldData()->GetArray("MassInImage")->GetComponent(0, 0),
      everywhere ? 0.5 : 1.0, 1e-4);
    EXPECT_EQ(regions.Log->HasWarning("holds 0.5"), everywhere) << regions.Log->Warnings;
    EXPECT_EQ(regions.Log->HasWarning("region of 0.75"), everywhere);
    EXPECT_EQ(std::isnan(regions.Value(1, "EnclosedMass")), everywhere);
    EXPECT_EQ(regions.Value(1, "Islands"), everywhere ? 0.0 : 1.0);
    EXPECT_NEAR(ArrayValue(image, "EnclosedMass", 60), everywhere ? 0.5 : 1.0, 1e-3) << "a corner";
  }
}

// Contract: field data of Kernel Density say that its density is normalised, and that an axis is
// periodic. An island across the seam is one.
TEST(HighestDensityRegions, ReadWhatTheInputStates)
{
  const Grid grid = support::Box(81, 4.0);
  const auto image = DensityImage(grid, "Density",
    [](const Eigen::Vector3d& x)
    { return std::exp(-3.0 * std::cos(Pi * x[0] / 4.0) - 2.0 * x[1] * x[1]) / 1000.0; });
  support::Regions open;
  open.Run(image);
  EXPECT_EQ(open.Value(1, "Islands"), 2.0);
  const double periodic[3] = { 1.0, 0.0, 0.0 };
  const double lengths[3] = { 8.0, 0.0, 0.0 };
  vtkscorefields::SetFieldValue(image->GetFieldData(), "Boundaries", periodic, 3);
  vtkscorefields::SetFieldValue(image->GetFieldData(), "BoxLengths", lengths, 3);
  support::Regions closed;
  closed.Run(image);
  EXPECT_EQ(closed.Value(1, "Islands"), 1.0);
  EXPECT_NEAR(closed.Value(1, "Measure"), open.Value(1, "Measure"), 1e-9);
  SayKernel(image, 0.5, 100.0);
  support::Regions stated;
  stated.Run(image);
  EXPECT_TRUE(stated.Log->HasWarning("is not in it")) << "its integral is far below 1";
}

// Oracle: closed form. The table of islands has the parts of each region: two Gaussians with masses
// 2/3 and 1/3, far apart.
TEST(HighestDensityRegions, HaveIslands)
{
  Grid grid = support::Box(161, 8.0);
  grid.Origin[0] = -4.0;
  support::Regions regions;
  regions.SetMasses({ 0.9 });
  regions.Run(DensityImage(grid, "Density",
    [](const Eigen::Vector3d& x)
    {
      const Eigen::Vector3d other = x - Eigen::Vector3d(8.0, 0.0, 0.0);
      return 2.0 * std::exp(-0.5 * x.squaredNorm()) + std::exp(-0.5 * other.squaredNorm());
    }));
  ASSERT_EQ(regions.Islands()->GetNumberOfRows(), 2);
  const double level = 0.5 * 0.1 * 3.0; // what each leaves outside, in units of the smaller one
  EXPECT_NEAR(regions.IslandValue(0, "EnclosedMass"), (2.0 - level) / 3.0, 1e-3);
  EXPECT_NEAR(regions.IslandValue(1, "EnclosedMass"), (1.0 - level) / 3.0, 1e-3);
  EXPECT_NEAR(regions.IslandValue(1, "PeakX"), 8.0, 0.11);
  EXPECT_NEAR(regions.IslandValue(1, "PeakDensity"), 1.0, 0.01);
  EXPECT_EQ(regions.IslandValue(1, "Island"), 2.0);
  EXPECT_EQ(regions.IslandValue(0, "RegionMass"), 0.9);
}
}
