// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Flow/Ascent.h"

#include "Numerics/Flow/Basins.h"
#include "Numerics/Flow/MixtureFamily.h"
#include "support/FlowCases.h"
#include "support/RandomPoints.h"
#include "support/Reference.h"

#include <gtest/gtest.h>

#include <Eigen/Eigenvalues>

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <sstream>
#include <vector>

namespace scorefields
{
namespace
{
/// Where the ascent from these points ends.
FlowState Ends(const DensityFamily& family, double bandwidth, const Eigen::Matrix3Xd& start,
  double stepSize = 1.0)
{
  const GaussianKernel kernel = family.KernelAt(bandwidth);
  const StepMetric unit(kernel.ActiveAxes(), family.StepUnitAt(bandwidth));
  AscentOptions options;
  options.StepSize = stepSize;
  return AscendFrom(*family.At(bandwidth, Execution()), unit, options, 5000, start, Execution());
}

/// The least curvature of the log density downwards, times h^2: at most 1.
double CurvatureAt(const FlowState& state, Index i, double bandwidth)
{
  const Eigen::Matrix2d hessian = ToMatrix(state.Tensors.col(i)).topLeftCorner<2, 2>();
  const double largest = hessian.selfadjointView<Eigen::Lower>().eigenvalues().maxCoeff();
  return -largest * bandwidth * bandwidth;
}

StepMetric Metric(double bandwidth)
{
  return StepMetric(Axes::First(2), bandwidth * bandwidth * Eigen::Matrix3d::Identity());
}
}

// Oracle: fixed points of the mean shift with 50 digits (reference.json). Settled means h |s| <=
// 1e-7: the mode is as far as that over h^2 times the least curvature, in bandwidths. The log
// density lacks half the product of the two, 1e-14 and less, beside 1e-13 that its sums leave out.
TEST(Ascent, EndsAtTheFixedPointsOfMeanShift)
{
  const auto& kde5 = reference::All()["kde5"];
  const auto samples =
    std::make_shared<const Samples>(Samples::Unweighted(reference::Points(kde5["points"])));
  for (const double bandwidth : { 0.3, 0.6, 1.0 })
  {
    const auto scores = flow::ExactScores(samples, bandwidth);
    std::ostringstream key;
    key << std::fixed << std::setprecision(1) << bandwidth;
    ASSERT_TRUE(kde5["mean_shift_limits"].contains(key.str()));
    for (const auto& limit : kde5["mean_shift_limits"][key.str()])
    {
      const FlowState end = Ends(*scores, bandwidth, reference::Vector(limit["start"]));
      EXPECT_EQ(end.Settled[0], 1);
      EXPECT_LT((end.Positions.col(0) - reference::Vector(limit["mode"])).norm(),
        1e-7 * bandwidth / CurvatureAt(end, 0, bandwidth));
      EXPECT_NEAR(end.LogDensity[0], reference::Number(limit["log_p"]), 2e-13);
    }
  }
}

// Oracle: the inequality of Ascent.h. No step lowers the log density, with steps up to the limit of
// 2, Newton's included, for kernel densities of several bandwidths and shapes and for the truth.
// Slack: 1e-13 left out of either sum, and rounding of exponents as large as the log density.
TEST(Ascent, NeverLowersTheLogDensity)
{
  const auto samples = flow::StudySamples(300);
  Eigen::Matrix3d shape = Eigen::Matrix3d::Identity();
  shape(0, 1) = shape(1, 0) = 0.8;
  ScoreAccuracy exact;
  exact.ExactOnly = true;
  const KernelFamily isotropic(samples, GaussianKernel::Isotropic(Axes::First(2), 1.0), exact);
  const KernelFamily correlated(samples, GaussianKernel(Axes::First(2), shape), exact);
  const MixtureFamily truth(flow::Study(), GaussianKernel::Isotropic(Axes::First(2), 1.0));
  for (const DensityFamily* family :
    { static_cast<const DensityFamily*>(&isotropic), static_cast<const DensityFamily*>(&correlated),
      static_cast<const DensityFamily*>(&truth) })
  {
    for (const double bandwidth : { 0.05, 0.2, 0.7 })
    {
      for (const double stepSize : { 0.3, 1.0, 2.0 })
      {
        const auto source = family->At(bandwidth, Execution());
        const StepMetric unit(Axes::First(2), family->StepUnitAt(bandwidth));
        AscentOptions options;
        options.StepSize = stepSize;
        FlowState state;
        state.Positions = RandomPoints(200, 31, 2) * 8.0;
        EvaluateState(*source, true, state, Execution());
        for (int step = 0; step < 60; ++step)
        {
          const Eigen::VectorXd before = state.LogDensity;
          AscendStep(*source, unit, options, state, Execution());
          const Eigen::ArrayXd slack = 4e-13 + 4e-15 * before.array().abs();
          ASSERT_TRUE((state.LogDensity.array() >= before.array() - slack).all())
            << bandwidth << " " << stepSize << " step " << step;
        }
      }
    }
  }
}

// Contract: from the start to the end of a long climb the share of the work never falls, although
// each step has passes of its own, and it rises in small parts; who says stop is heard.
TEST(Ascent, TellsItsProgressAndStops)
{
  const auto family = flow::ExactScores(flow::StudySamples(300), 0.05);
  const auto source = family->At(0.05, Execution());
  FlowState start;
  start.Positions = RandomPoints(200, 31, 2) * 8.0;
  EvaluateState(*source, true, start, Execution());
  std::vector<double> shares;
  Execution execution;
  execution.Continue = [&shares](double share)
  {
    shares.push_back(share);
    return true;
  };
  FlowState state = start;
  AscendToEnd(*source, Metric(0.05), AscentOptions(), 5000, state, execution);
  ASSERT_GT(shares.size(), 20u);
  EXPECT_TRUE(std::is_sorted(shares.begin(), shares.end()));
  EXPECT_EQ(shares.back(), 1.0);
  EXPECT_GT(std::count_if(shares.begin(), shares.end(),
              [](double share) { return share > 0.0 && share < 1.0; }),
    10);
  int asked = 0;
  execution.Continue = [&asked](double) { return ++asked < 9; };
  state = start;
  EXPECT_THROW(
    AscendToEnd(*source, Metric(0.05), AscentOptions(), 5000, state, execution), Aborted);
  EXPECT_EQ(asked, 9);
}

// Oracle: the truth's own modes, 50 digits (reference.json). A start on the saddle itself and on
// the axis of symmetry ends at a mode as well. The unit of the truth's steps is L = 0.45 long, the
// root of its least variance, and the least curvature at a mode is 0.539: settled means within 1e-7
// / (0.539 L) = 4.2e-7.
TEST(Ascent, FindsTheModesOfTheStudyFromAnywhere)
{
  const auto& points =
    reference::All()["seed_mixture"]["critical_points_of_smoothed_density"]["by_h"]["0"];
  const MixtureFamily truth(flow::Study(), GaussianKernel::Isotropic(Axes::First(2), 1e-9));
  Eigen::Matrix3Xd start = RandomPoints(300, 13, 2) * 6.0;
  for (const auto& point : points)
  {
    if (point["kind"] == "saddle")
    {
      start.col(0) = reference::Vector(point["x"]);
      start.col(1) = reference::Vector(point["x"]) + Eigen::Vector3d(1e-9, 1e-9, 0.0);
    }
  }
  const FlowState ends = Ends(truth, 1e-9, start);
  const std::vector<Mode> modes = DistinctModes(ModesAt(ends), Metric(0.45));
  ASSERT_EQ(modes.size(), 3u);
  int found = 0;
  for (const auto& point : points)
  {
    for (std::size_t k = 0; point["kind"] == "mode" && k < modes.size(); ++k)
    {
      found += (modes[k].Position - reference::Vector(point["x"])).norm() < 4.2e-7 ? 1 : 0;
    }
  }
  EXPECT_EQ(found, 3);
  for (std::size_t k = 1; k < modes.size(); ++k)
  {
    EXPECT_GE(modes[k - 1].LogDensity, modes[k].LogDensity);
  }
}

// Oracle: definition of a basin. Each sample's own end is the mode that its basin names, which is
// the end of another one: both within 1e-7 h over the curvature. The modes are maxima (Hessian
// negative definite).
TEST(Ascent, BasinsNameTheModeThatIsReached)
{
  const auto samples = flow::StudySamples(1000);
  const double bandwidth = 0.25;
  const auto scores = flow::ExactScores(samples, bandwidth);
  const FlowState ends = Ends(*scores, bandwidth, samples->Points);
  const StepMetric unit = Metric(bandwidth);
  const std::vector<Mode> modes = DistinctModes(ModesAt(ends), unit);
  const std::vector<int> basins = BasinsOf(ends, modes, unit);
  for (Index i = 0; i < ends.Count(); ++i)
  {
    ASSERT_EQ(ends.Settled[static_cast<std::size_t>(i)], 1);
    const int basin = basins[static_cast<std::size_t>(i)];
    ASSERT_GE(basin, 0);
    const double curvature = CurvatureAt(ends, i, bandwidth);
    EXPECT_GT(curvature, 0.0);
    const Mode& mode = modes[static_cast<std::size_t>(basin)];
    EXPECT_LT((ends.Positions.col(i) - mode.Position).norm(), 2e-7 * bandwidth / curvature);
  }
  // What several processes found, put together in another order, are the same modes.
  const FlowBasins merged = FindBasins(ends, unit,
    [](std::vector<double>& values)
    {
      const std::vector<double> own = values;
      for (std::size_t mode = own.size(); mode > 0; mode -= 4)
      {
        values.insert(values.end(), own.begin() + static_cast<std::ptrdiff_t>(mode) - 4,
          own.begin() + static_cast<std::ptrdiff_t>(mode));
      }
    });
  ASSERT_EQ(merged.Modes.size(), modes.size());
  for (std::size_t k = 0; k < modes.size(); ++k)
  {
    EXPECT_EQ(merged.Modes[k].Position, modes[k].Position);
  }
  EXPECT_EQ(merged.OfParticle, basins);
}

// Oracle: the mean shift of the same 1000 points with 50 digits (reference.json; the points are
// drawn anew there). Ends are settled within 1e-7 bandwidths over the curvature, 0.1 and more. The
// basins are R's, 4.2.2 with ks 1.14.0: kms(x, H = diag(0.28^2, 2), tol.iter = 1e-8, min.clust.size
// = 0), as tests/benchmarks/compare_flow_ks.py runs it.
TEST(Ascent, ModesAndBasinsAreThoseOfTheMeanShift)
{
  const auto samples = flow::StudySamples(1000);
  const FlowState ends = Ends(*flow::ExactScores(samples, 0.28), 0.28, samples->Points);
  const std::vector<Mode> modes = DistinctModes(ModesAt(ends), Metric(0.28));
  ASSERT_EQ(modes.size(), 2u);
  const Eigen::Matrix3Xd expected =
    reference::Points(reference::All()["draws"]["modes_of_1000_points_h0.28"]);
  EXPECT_LT((modes[0].Position - expected.col(0)).norm(), 1e-6 * 0.28);
  EXPECT_LT((modes[1].Position - expected.col(1)).norm(), 1e-6 * 0.28);
  const std::vector<int> basins = BasinsOf(ends, modes, Metric(0.28));
  EXPECT_EQ(std::count(basins.begin(), basins.end(), 0), 841);
  EXPECT_EQ(std::count(basins.begin(), basins.end(), 1), 159);
}
}
