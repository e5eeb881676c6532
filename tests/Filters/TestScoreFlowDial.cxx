// SPDX-License-Identifier: BSD-3-Clause
#include "vtkScoreFlow.h"

#include "Numerics/Flow/SmoothedFamily.h"
#include "Numerics/Flow/TemperedFamily.h"
#include "Numerics/Mixture/MixturePresets.h"
#include "Pipeline/Adaptor.h"
#include "support/ErrorLog.h"
#include "support/FlowImageFilter.h"
#include "support/Numbers.h"
#include "support/RandomPoints.h"

#include <vtkFieldData.h>
#include <vtkPointData.h>
#include <vtkPolyData.h>

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

namespace scorefields
{
namespace flow
{
namespace
{
constexpr double DialBandwidth = 0.3;

void UseDial(vtkScoreFlow* filter, int mode, int steps)
{
  filter->SetBandwidthRule(0);
  filter->SetBandwidth(DialBandwidth);
  filter->SetMode(mode);
  filter->SetNumberOfSteps(steps);
}

/// The spiral of the preset: r = 2.6 a / 6 pi, from half a turn to three turns.
Eigen::Vector3d Curve(double angle)
{
  const double radius = 2.6 / (6.0 * Pi) * angle;
  return { radius * std::cos(angle), radius * std::sin(angle), 0.0 };
}

/// Distances of particles to the nearest of some points.
Eigen::VectorXd Distances(const Eigen::Matrix3Xd& particles, const Eigen::Matrix3Xd& points)
{
  Eigen::VectorXd distances(particles.cols());
  for (Index i = 0; i < particles.cols(); ++i)
  {
    distances[i] = (points.colwise() - particles.col(i)).colwise().norm().minCoeff();
  }
  return distances;
}
}

// Oracle: the numerics. The filter smooths the kernel density and then sets the temperature, to the
// bit, and tells both in the field data; in the modes that use a score.
TEST(ScoreFlowDial, MovesParticlesAsTheNumericsDo)
{
  const auto samples = StudySamples(60);
  const Eigen::Matrix3Xd start = RandomPoints(15, 3, 2) * 4.0;
  const GaussianKernel kernel = GaussianKernel::Isotropic(Axes::First(2), DialBandwidth);
  const auto family = std::make_shared<const TemperedFamily>(
    std::make_shared<const SmoothedFamily>(ExactScores(samples, DialBandwidth), 0.2), 1.5);
  for (const int mode : { Ascent, Langevin, Annealed, ProbabilityFlow, Denoise })
  {
    vtkNew<vtkScoreFlow> filter;
    filter->SetInputData(0, PolyDataPoints(samples->Points));
    filter->SetInputData(1, PolyDataPoints(start));
    UseDial(filter, mode, 11);
    filter->SetEvaluation(1);
    filter->SetScoreSmoothing(0.2);
    filter->SetTemperature(1.5);
    FlowRequest request;
    request.Mode = static_cast<FlowMode>(mode);
    request.Steps = 11;
    const Flow expected(family, FlowSchedule(request, kernel, MomentsOf(*samples)), Numbers(15));
    FlowState state = expected.Start(start, Execution());
    while (state.Step < 11)
    {
      expected.Advance(state, Execution());
    }
    EXPECT_TRUE((PositionsAt(filter, 11.0).array() == state.Positions.array()).all()) << mode;
    EXPECT_EQ(Fact(filter, "ScoreSmoothing", -1.0), 0.2);
    EXPECT_EQ(Fact(filter, "Temperature", -1.0), 1.5);
  }
}

// Oracle: the distances themselves; the spiral is the curve that the preset's 120 components lie
// on. With the dial at 0 at least 99 in 100 particles end within h / 10 of a sample. Turned up, at
// most 5 in 100 do, while their mean distance from the curve rises by less than a fifth.
TEST(ScoreFlowDial, TurnsFromTheSamplesToTheCurveBetweenThem)
{
  const double h = 0.15;
  const Eigen::Matrix3Xd samples =
    SampleMixture(MakeMixture(MixturePreset::Spiral), 1, 0, 200).Points;
  Eigen::Matrix3Xd curve(3, 6001);
  for (Index i = 0; i < curve.cols(); ++i)
  {
    curve.col(i) = Curve(Pi * (1.0 + 5.0 * static_cast<double>(i) / 6000.0));
  }
  double shares[2];
  double fromCurve[2];
  for (const int turned : { 0, 1 })
  {
    vtkNew<vtkScoreFlow> filter;
    filter->SetInputData(0, PolyDataPoints(samples));
    UseDial(filter, ProbabilityFlow, 1);
    filter->SetBandwidth(h);
    filter->SetFirstBandwidth(2.0);
    filter->SetLastBandwidth(h / 50.0);
    filter->SetStartFrom(Noise);
    filter->SetNumberOfParticles(100);
    filter->SetScoreSmoothing(h * turned);
    const Eigen::Matrix3Xd ends = PositionsAt(filter, 1.0);
    shares[turned] = (Distances(ends, samples).array() < h / 10.0).cast<double>().mean();
    fromCurve[turned] = Distances(ends, curve).mean();
    RecordProperty(turned ? "TurnedUpShare" : "Share", std::to_string(shares[turned]));
    RecordProperty(turned ? "TurnedUpDistance" : "Distance", std::to_string(fromCurve[turned]));
  }
  EXPECT_GE(shares[0], 0.99);
  EXPECT_LE(shares[1], 0.05);
  EXPECT_LT(fromCurve[1], 1.2 * fromCurve[0]);
}

// Oracle: the normal density. The path's log density begins with that which the particles are
// drawn from, here the kernel density of one sample at the first bandwidth, and not with that of
// the score, which has no factor: for one sample tempering leaves its kernel, so the two differ by
// the logarithms of the factors, (T - 1) log(2 pi h^2) + T log T in the plane.
TEST(ScoreFlowDial, CarriesTheDensityThatParticlesAreDrawnFrom)
{
  const double h = 0.5;
  const double temperature = 3.0;
  vtkNew<vtkScoreFlow> filter;
  filter->SetInputData(0, PolyDataPoints(Eigen::Vector3d(1.0, 2.0, 0.0)));
  UseDial(filter, ProbabilityFlow, 1);
  filter->SetDimension(2);
  filter->SetFirstBandwidth(h);
  filter->SetLastBandwidth(0.25);
  filter->SetStartFrom(Density);
  filter->SetNumberOfParticles(20);
  filter->SetTemperature(temperature);
  filter->UpdateTimeStep(0.0);
  vtkPointData* data = Output(filter)->GetPointData();
  for (vtkIdType i = 0; i < 20; ++i)
  {
    const double path = data->GetArray("PathLogDensity")->GetTuple1(i);
    const double score = data->GetArray("LogDensity")->GetTuple1(i);
    EXPECT_NEAR(path - score,
      (temperature - 1.0) * std::log(2.0 * Pi * h * h) + temperature * std::log(temperature),
      1e-11);
  }
}

// Contract: without the dial the field data do not tell of it.
TEST(ScoreFlowDial, SaysNothingAtItsDefaults)
{
  vtkNew<vtkScoreFlow> filter;
  filter->SetInputData(0, StudyCloud(20));
  filter->Update();
  EXPECT_EQ(Fact(filter, "ScoreSmoothing", -1.0), -1.0);
  EXPECT_EQ(Fact(filter, "Temperature", -1.0), -1.0);
}

// Contract: the message names property and value; also where a mode or a target cannot use the
// dial.
TEST(ScoreFlowDial, RefusesWhatItCannotUse)
{
  const auto contains = [](const std::string& text, const std::string& part)
  { EXPECT_NE(text.find(part), std::string::npos) << "'" << text << "' lacks '" << part << "'"; };
  contains(
    ErrorOf([](vtkScoreFlow* f) { f->SetTemperature(0.0); }), "Temperature is 0; it must be");
  contains(ErrorOf([](vtkScoreFlow* f) { f->SetTemperature(Infinity); }), "Temperature is inf");
  contains(ErrorOf([](vtkScoreFlow* f) { f->SetScoreSmoothing(-0.1); }), "ScoreSmoothing is -0.1");
  contains(ErrorOf(
             [](vtkScoreFlow* f)
             {
               f->SetMode(Diffusion);
               f->SetTemperature(2.0);
             }),
    "Temperature is 2, which must be 1 where Mode is Diffusion");
  contains(ErrorOf(
             [](vtkScoreFlow* f)
             {
               f->SetMode(Diffusion);
               f->SetScoreSmoothing(0.5);
             }),
    "ScoreSmoothing is 0.5, which must be 0 where Mode is Diffusion");
  contains(ErrorOf(
             [](vtkScoreFlow* f)
             {
               f->SetTarget(2);
               f->SetInputData(2, ImageOf(StudyCloud(20), 17));
               f->SetScoreSmoothing(0.5);
             }),
    "ScoreSmoothing is 0.5, which must be 0 where Target is Image");
}
}
}
