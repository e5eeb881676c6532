// SPDX-License-Identifier: BSD-3-Clause
#include "vtkKernelDensity.h"
#include "vtkKernelDensityAtPoints.h"

#include "Pipeline/Adaptor.h"
#include "support/ErrorLog.h"
#include "support/PointValues.h"
#include "support/PolyDataPoints.h"
#include "support/RandomPoints.h"

#include <vtkDataSet.h>
#include <vtkFieldData.h>
#include <vtkImageData.h>
#include <vtkPointData.h>

#include <gtest/gtest.h>

#include <cmath>
#include <string>

namespace scorefields
{
namespace
{
constexpr double Box[6] = { -180.0, 180.0, -1.0, 1.0, 0.0, 0.0 };

enum Choice
{
  Open,
  Periodic,
  Reflecting,
  PerAxis
};

/// Angles and heights: a cluster at 170 degrees whose tail lies on the other side, above the floor.
Eigen::Matrix3Xd Angles(Index count)
{
  Eigen::Matrix3Xd points = RandomPoints(count, 11, 2);
  points.row(0) = 170.0 + 30.0 * points.row(0).array();
  points.row(0) = points.row(0).unaryExpr([](double x) { return std::remainder(x, 360.0); });
  points.row(1) = -1.0 + 0.8 * points.row(1).array().abs();
  return points;
}

/// A filter with a periodic x and a reflecting y.
template <class Filter>
void Close(Filter* filter)
{
  filter->UseInputBoundsOff();
  filter->SetSamplingBounds(Box);
  filter->SetBoundary(PerAxis);
  filter->SetBoundaryX(Periodic);
  filter->SetBoundaryY(Reflecting);
  filter->SetBandwidthShape(1);
  filter->SetAxisBandwidths(12.0, 0.2, 1.0);
}
}

// Oracle: Kernel Density at the nodes of its image, which is another way of summing the same
// images. Both leave out 1e-13 of a sum with the engine Exact, and are within RelativeTolerance of
// the truth with Auto. The score is in units of 1 over the bandwidth of the axis.
TEST(KernelDensityAtPoints, EqualsKernelDensityInAClosedBox)
{
  const auto points = PolyDataPoints(Angles(3000));
  for (const int engine : { 0, 1 })
  {
    vtkNew<vtkKernelDensity> image;
    image->SetInputData(points);
    image->SetBandwidthRule(0);
    image->SetSampleDimensions(61, 31, 1);
    image->SetEngine(engine);
    Close(image.Get());
    image->Update();
    vtkNew<vtkKernelDensityAtPoints> filter;
    filter->SetInputData(0, image->GetImage());
    filter->SetInputData(1, points);
    filter->SetBandwidthRule(0);
    filter->SetEngine(engine);
    Close(filter.Get());
    filter->Update();
    const double tolerance = engine == 0 ? 2.0 * filter->GetRelativeTolerance() : 1e-11;
    for (const char* name : { "LogDensity", "Score", "EffectiveSampleSize" })
    {
      const Eigen::VectorXd expected = ValuesOf(image->GetImage(), name);
      const Eigen::VectorXd actual = ValuesOf(filter->GetOutput(), name);
      ASSERT_EQ(actual.size(), expected.size()) << name;
      ASSERT_GT(actual.size(), 0) << name;
      Eigen::ArrayXd scale = Eigen::ArrayXd::Ones(actual.size());
      for (Index i = 0; i < actual.size(); ++i)
      {
        const bool isScore = std::string(name) == "Score";
        const bool isSize = std::string(name) == "EffectiveSampleSize";
        scale[i] = isScore ? (i % 3 == 0 ? 12.0 : 0.2) : (isSize ? 1.0 / expected[i] : 1.0);
      }
      EXPECT_LE((scale * (actual - expected).array()).abs().maxCoeff(), tolerance)
        << name << " " << engine;
    }
    EXPECT_EQ(Field(filter->GetOutput(), "Boundaries"), 1.0);
    EXPECT_EQ(Field(filter->GetOutput(), "BoxLengths"), 360.0);
  }
}

// Oracle: invariant. Angles that are turned by 137 degrees have the same bandwidths by every rule,
// and the same density and score at each of them, itself left out. Turning rounds an angle by 360
// u, which each rule passes on, magnified by what its search for the best bandwidth leaves.
TEST(KernelDensityAtPoints, TurnedAnglesHaveTheSameEstimates)
{
  const Eigen::Matrix3Xd points = Angles(1000);
  Eigen::Matrix3Xd turned = points;
  turned.row(0) =
    (points.row(0).array() + 137.0).unaryExpr([](double x) { return std::remainder(x, 360.0); });
  for (const int rule : { 1, 3, 4, 5, 6, 7, 8 })
  {
    Eigen::VectorXd logDensity[2];
    Eigen::VectorXd score[2];
    double bandwidth[2];
    for (int k = 0; k < 2; ++k)
    {
      vtkNew<vtkKernelDensityAtPoints> filter;
      filter->SetInputData(PolyDataPoints(k == 0 ? points : turned));
      Close(filter.Get());
      filter->SetBandwidthRule(rule);
      filter->LeaveOneOutOn();
      filter->Update();
      logDensity[k] = ValuesOf(filter->GetOutput(), "LogDensity");
      score[k] = ValuesOf(filter->GetOutput(), "Score");
      bandwidth[k] = Field(filter->GetOutput(), "Bandwidth");
      ASSERT_EQ(logDensity[k].size(), 1000);
    }
    EXPECT_GT(bandwidth[0], 0.0) << rule;
    EXPECT_NEAR(bandwidth[1], bandwidth[0], 1e-6 * bandwidth[0]) << rule;
    EXPECT_LE((logDensity[1] - logDensity[0]).cwiseAbs().maxCoeff(), 1e-4) << rule;
    EXPECT_LE((score[1] - score[0]).cwiseAbs().maxCoeff(), 1e-3) << rule;
  }
}

// Contract: the message names property and value; the box must be the user's. An axis without
// extent is open.
TEST(KernelDensityAtPoints, ClosedBoundariesNeedABox)
{
  vtkNew<vtkKernelDensityAtPoints> filter;
  vtkNew<ErrorLog> log;
  log->Watch(filter);
  filter->SetInputData(PolyDataPoints(RandomPoints(20, 4, 2)));
  filter->SetBandwidthRule(0);
  filter->SetBandwidth(0.2);
  const auto says = [&](const char* text)
  {
    log->Clear();
    filter->Update();
    EXPECT_TRUE(log->HasError(text)) << text << "\nlog: " << log->Errors;
    EXPECT_EQ(log->ErrorCount, 1) << log->Errors;
    EXPECT_EQ(ValuesOf(filter->GetOutput(), "Density").size(), 0);
  };
  filter->SetBoundary(Periodic);
  says("Boundary is Periodic along x, but UseInputBounds is on");
  filter->SetBoundary(PerAxis);
  filter->SetBoundaryY(Reflecting);
  says("SamplingBounds to the box beyond which the density is mirrored");
  filter->SetBoundaryY(7);
  says("BoundaryY is 7");
  filter->SetBoundary(-1);
  says("Boundary is -1");
  filter->SetBoundary(Periodic);
  filter->UseInputBoundsOff();
  filter->SetSamplingBounds(1.0, -1.0, -1.0, 1.0, 0.0, 0.0);
  says("SamplingBounds is  1 -1");
  filter->SetSamplingBounds(-1e-9, 1e-9, -1e-9, 1e-9, 0.0, 0.0);
  says("Boundary asks the exact engine for");
  log->Clear();
  filter->SetSamplingBounds(-1.0, 1.0, 0.0, 0.0, 0.0, 0.0);
  filter->Update();
  EXPECT_EQ(log->Errors, "");
  EXPECT_EQ(ValuesOf(filter->GetOutput(), "Density").size(), 20);
}
}
