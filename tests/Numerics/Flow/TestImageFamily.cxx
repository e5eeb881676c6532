// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Flow/ImageFamily.h"

#include "Numerics/Base/FieldStorage.h"
#include "Numerics/Flow/Basins.h"
#include "support/DirectSum.h"
#include "support/FlowCases.h"
#include "support/RandomPoints.h"
#include "support/Threads.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

namespace scorefields
{
namespace
{
/// The kernel density of samples, by direct sums, on an image of [-a, a]^d.
ScoreImage ImageOf(const Samples& samples, const GaussianKernel& kernel, double a, double spacing)
{
  ScoreImage image;
  for (int i = 0; i < kernel.Dimension(); ++i)
  {
    const int axis = kernel.ActiveAxes().Axis[i];
    image.Nodes.Dimensions[axis] = static_cast<Index>(std::lround(2.0 * a / spacing)) + 1;
    image.Nodes.Origin[axis] = -a;
    image.Nodes.Spacing[axis] = spacing;
  }
  image.LogDensity.resize(image.Nodes.Size());
  image.Score.resize(3, image.Nodes.Size());
  FieldView fields;
  fields.LogDensity = image.LogDensity.data();
  fields.Score = image.Score.data();
  direct::EvaluateOnGrid(samples, kernel, image.Nodes, fields);
  return image;
}

std::shared_ptr<const ImageFamily> ScoresOf(const ScoreImage& image, const GaussianKernel& kernel)
{
  return std::make_shared<const ImageFamily>(image, kernel, kernel.Covariance(), OnThreads(2));
}

FieldStorage At(const DensityFamily& scores, double h, const Eigen::Matrix3Xd& points)
{
  FieldStorage fields(points.cols(), FieldChoice::Smooth());
  scores.At(h, Execution())->Evaluate(points, fields.View(), OnThreads(3));
  return fields;
}

FieldStorage Exact(
  const Samples& samples, const GaussianKernel& kernel, const Eigen::Matrix3Xd& points)
{
  FieldStorage fields(points.cols(), FieldChoice::Smooth());
  direct::EvaluateAtPoints(samples, kernel, points, fields.View());
  return fields;
}

std::string RefusalOf(const ScoreImage& image)
{
  try
  {
    const Axes axes = SpaceAxesOf(image);
    const GaussianKernel kernel = GaussianKernel::Isotropic(axes, 0.5);
    ScoresOf(image, kernel)->At(0.25, Execution());
  }
  catch (const std::invalid_argument& error)
  {
    return error.what();
  }
  return "";
}
}

// Oracle: direct sums. With D the spacing the log density errs by O((D/h)^4), h times the score by
// O((D/h)^3), h^2 times the Hessian by O((D/h)^2): observed orders at most 0.5 below in the worst
// of 2000 points, whose cells differ between spacings. The constants, of the header, for a fourth
// cumulant of 15 h^4 and d axes, are what two clusters 3.3 h apart have: 0.008 * 15 d = 0.12 d for
// the score, 15 d / 384 = 0.04 d for the log density.
TEST(ImageFamily, ConvergeToTheKernelDensity)
{
  const double h = 0.4;
  for (const int d : { 1, 2, 3 })
  {
    const Samples samples =
      Samples::Unweighted(SampleMixture(flow::Study().InDimension(d), 1, 0, 200).Points);
    const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(d), h);
    const double side = d < 3 ? 2.0 : 1.0;
    const Eigen::Matrix3Xd points = 2.0 * side * RandomPoints(2000, 5, d);
    const FieldStorage exact = Exact(samples, kernel, points);
    Eigen::Array3d before = Eigen::Array3d::Zero();
    for (const double share : { 0.5, 0.25, 0.125 })
    {
      const ScoreImage image = ImageOf(samples, kernel, side, share * h);
      const FieldStorage fields = At(*ScoresOf(image, kernel), h, points);
      const Eigen::Array3d errors((fields.LogDensity - exact.LogDensity).cwiseAbs().maxCoeff(),
        h * (fields.Score - exact.Score).colwise().norm().maxCoeff(),
        h * h * (fields.Hessian - exact.Hessian).colwise().norm().maxCoeff());
      const Eigen::Array3d orders = (before / errors).log() / std::log(2.0);
      if (share < 0.5)
      {
        EXPECT_GT(orders[0], 3.5) << d << ", " << share << ": " << errors.transpose();
        EXPECT_GT(orders[1], 2.5) << d << ", " << share << ": " << errors.transpose();
        EXPECT_GT(orders[2], 1.5) << d << ", " << share << ": " << errors.transpose();
      }
      EXPECT_LT(errors[1], 0.12 * d * std::pow(share, 3)) << d << ", " << share;
      EXPECT_LT(errors[0], 0.04 * d * std::pow(share, 4)) << d << ", " << share;
      before = errors;
    }
  }
}

// Oracle: closed form. The log density of one sample is a parabola, which is right everywhere: in
// the image, beyond its faces, edges and corners. Full covariance; any plane. Rounding: 64 terms of
// log densities and scores up to 300 there, over the squared spacing in the Hessian.
TEST(ImageFamily, GoOnOutsideAsTheKernelDoes)
{
  const Samples one = Samples::Unweighted(Eigen::Vector3d(0.1, 0.0, -0.3));
  SymmetricTensor tensor;
  tensor << 0.5, 0.3, 0.4, 0.1, -0.05, 0.12;
  for (const Axes& axes : { Axes::First(3), Axes::FromFlags(true, false, true) })
  {
    const GaussianKernel kernel(axes, ToMatrix(tensor));
    const double h = kernel.EquivalentBandwidth();
    Eigen::Matrix3Xd points = 12.0 * RandomPoints(300, 7);
    points.row(1) *= axes.Count == 3 ? 1.0 : 0.0;
    const FieldStorage exact = Exact(one, kernel, points);
    const FieldStorage fields = At(*ScoresOf(ImageOf(one, kernel, 1.0, 0.25), kernel), h, points);
    EXPECT_LT((fields.LogDensity - exact.LogDensity).cwiseAbs().maxCoeff(), 1e-11);
    EXPECT_LT((fields.Score - exact.Score).colwise().norm().maxCoeff(), 1e-11);
    EXPECT_LT((fields.Hessian - exact.Hessian).colwise().norm().maxCoeff(), 1e-10);
  }
}

// Oracle: definition. Outside, the mean of the samples that a point sees, x + H s(x), is that of
// the nearest point of the image, to rounding of positions below 10 and log densities below 300.
TEST(ImageFamily, PointsOutsideSeeTheSamplesOfTheNearestPoint)
{
  const auto samples = flow::StudySamples(100);
  const double h = 0.4;
  const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(2), h);
  const auto scores = ScoresOf(ImageOf(*samples, kernel, 2.0, 0.1), kernel);
  Eigen::Matrix3Xd points(3, 3);
  points.row(0) << 5.0, 2.5, -0.7;
  points.row(1) << 0.3, -9.0, 2.1;
  points.row(2).setZero();
  const Eigen::Matrix3Xd nearest = points.cwiseMin(2.0).cwiseMax(-2.0);
  const FieldStorage outside = At(*scores, h, points);
  const FieldStorage edge = At(*scores, h, nearest);
  const Eigen::Matrix3Xd seen = points + h * h * outside.Score;
  EXPECT_LT((seen - nearest - h * h * edge.Score).colwise().norm().maxCoeff(), 1e-12);
  // The log density goes with it: by Simpson's rule, exact for a parabola, along the way out.
  const FieldStorage half = At(*scores, h, 0.5 * (points + nearest));
  for (Index i = 0; i < 3; ++i)
  {
    const Eigen::Vector3d mean =
      (edge.Score.col(i) + 4.0 * half.Score.col(i) + outside.Score.col(i)) / 6.0;
    EXPECT_NEAR(
      outside.LogDensity[i] - edge.LogDensity[i], mean.dot(points.col(i) - nearest.col(i)), 1e-11);
  }
}

// Oracle: invariant. An image turned in space, with its scores, gives turned scores. Places turned
// and back are off by a few eps of 5, scores by that times curvatures of 1 / h^2 and cells' slopes.
TEST(ImageFamily, FollowTheDirectionsOfTheImage)
{
  const auto samples = flow::StudySamples(50);
  const double h = 0.5;
  const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(2), h);
  const ScoreImage image = ImageOf(*samples, kernel, 2.0, 0.2);
  ScoreImage turned = image;
  turned.Direction = Eigen::AngleAxisd(0.7, Eigen::Vector3d::UnitZ()).toRotationMatrix();
  turned.Score = turned.Direction * image.Score;
  const Eigen::Matrix3Xd points = 5.0 * RandomPoints(200, 8, 2);
  const Eigen::Vector3d origin = image.Nodes.Origin;
  const Eigen::Matrix3Xd there =
    (turned.Direction * (points.colwise() - origin)).colwise() + origin;
  const FieldStorage expected = At(*ScoresOf(image, kernel), h, points);
  const FieldStorage fields = At(*ScoresOf(turned, kernel), h, there);
  EXPECT_LT((fields.LogDensity - expected.LogDensity).cwiseAbs().maxCoeff(), 1e-11);
  EXPECT_LT((fields.Score - turned.Direction * expected.Score).colwise().norm().maxCoeff(), 1e-11);
  EXPECT_NEAR(fields.Hessian.topRows<3>().sum(), expected.Hessian.topRows<3>().sum(), 1e-8);
}

// Oracle: the ascent of the kernel density itself. The same modes, as far apart as the error of the
// score over the curvature: 0.12 * 2 * (1/8)^3 h = 5e-4 h over 0.2; the same clusters.
TEST(ImageFamily, AscentFindsTheSameModesAndBasins)
{
  const auto samples = flow::StudySamples(300);
  const double h = 0.35;
  const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(2), h);
  FlowRequest request;
  const CloudMoments cloud = MomentsOf(*samples);
  const StepMetric unit(kernel.ActiveAxes(), kernel.Covariance());
  const auto end = [&](const std::shared_ptr<const DensityFamily>& family)
  {
    const Flow particles(family, FlowSchedule(request, kernel, cloud), flow::Numbers(300));
    return particles.ToTheEnd(particles.Start(samples->Points, Execution()), Execution());
  };
  const FlowState expected = end(flow::ExactScores(samples, h));
  const FlowState found = end(ScoresOf(ImageOf(*samples, kernel, 3.5, h / 8.0), kernel));
  const std::vector<Mode> modes = DistinctModes(ModesAt(expected), unit);
  const std::vector<Mode> same = DistinctModes(ModesAt(found), unit);
  ASSERT_EQ(same.size(), modes.size());
  for (std::size_t k = 0; k < modes.size(); ++k)
  {
    EXPECT_LT((same[k].Position - modes[k].Position).norm(), 2.5e-3 * h);
  }
  EXPECT_EQ(BasinsOf(found, same, unit), BasinsOf(expected, modes, unit));
}

// Contract: a particle that comes to a gap stays there, in every mode; Metropolis refuses to go. No
// mode is found in a gap.
TEST(ImageFamily, ParticlesStayInGaps)
{
  const auto samples = flow::StudySamples(100);
  const double h = 0.5;
  const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(2), h);
  ScoreImage image = ImageOf(*samples, kernel, 4.0, 0.1);
  for (Index node = 0; node < image.Nodes.Size(); ++node)
  {
    image.LogDensity[node] =
      image.Nodes.Node(node)[0] > 1.0 ? std::nan("") : image.LogDensity[node];
  }
  const auto scores = ScoresOf(image, kernel);
  const Eigen::Matrix3Xd start = samples->Points;
  const auto inGap = [](const FlowState& state, Index i) { return state.Positions(0, i) > 1.0; };
  for (const FlowMode mode : { FlowMode::Ascent, FlowMode::Langevin, FlowMode::Denoise })
  {
    FlowRequest request;
    request.Mode = mode;
    request.Steps = 20;
    const auto states = flow::Run(scores, request, kernel, start);
    int stayed = 0;
    for (Index i = 0; i < start.cols(); ++i)
    {
      if (inGap(states[0], i))
      {
        EXPECT_FALSE(states[0].IsKnown(i));
        EXPECT_TRUE((states[20].Positions.col(i).array() == start.col(i).array()).all());
        EXPECT_TRUE((states[20].Score.col(i).array() == 0.0).all());
        ++stayed;
      }
      EXPECT_EQ(states[20].IsKnown(i), !inGap(states[20], i)) << static_cast<int>(mode);
    }
    EXPECT_GT(stayed, 20);
  }
  FlowRequest request;
  request.Mode = FlowMode::Langevin;
  request.Steps = 30;
  request.Metropolis = true;
  const FlowState state = flow::Run(scores, request, kernel, start).back();
  for (Index i = 0; i < start.cols(); ++i)
  {
    EXPECT_TRUE(start(0, i) > 1.0 || state.IsKnown(i));
  }
  request.Mode = FlowMode::Ascent;
  request.Metropolis = false;
  const Flow climbers(
    scores, FlowSchedule(request, kernel, MomentsOf(*samples)), flow::Numbers(100));
  const FlowState end = climbers.ToTheEnd(climbers.Start(start, Execution()), Execution());
  const StepMetric unit(kernel.ActiveAxes(), kernel.Covariance());
  const std::vector<Mode> modes = DistinctModes(ModesAt(end), unit);
  for (const Mode& mode : modes)
  {
    EXPECT_LE(mode.Position[0], 1.0);
  }
  const std::vector<int> basins = BasinsOf(end, modes, unit);
  for (Index i = 0; i < start.cols(); ++i)
  {
    EXPECT_EQ(basins[static_cast<std::size_t>(i)] == NoBasin, inGap(end, i));
  }
}

// Contract: the messages name the input and what is wrong with it.
TEST(ImageFamily, RefuseWhatCannotWork)
{
  const auto contains = [](const std::string& text, const char* part)
  { EXPECT_NE(text.find(part), std::string::npos) << text; };
  const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(2), 0.5);
  const ScoreImage image = ImageOf(*flow::StudySamples(5), kernel, 1.0, 0.5);
  contains(RefusalOf(image), "ScoreImage is at bandwidth 0.5; its score is not known at 0.25");
  ScoreImage oblique = image;
  oblique.Direction = Eigen::AngleAxisd(0.5, Eigen::Vector3d::UnitX()).toRotationMatrix();
  contains(RefusalOf(oblique), "ScoreImage lies obliquely: its 2 axes extend along 3");
  ScoreImage empty = image;
  empty.LogDensity.setConstant(std::nan(""));
  contains(RefusalOf(empty), "ScoreImage has no node");
  ScoreImage node = image;
  node.Nodes.Dimensions.setOnes();
  contains(RefusalOf(node), "ScoreImage has one node");
}
}
