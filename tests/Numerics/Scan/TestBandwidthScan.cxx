// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Bandwidth/KernelChoice.h"
#include "Numerics/Flow/Ascent.h"
#include "Numerics/Mixture/MixturePresets.h"
#include "Numerics/Mixture/MixtureSampling.h"
#include "Numerics/Scan/BandwidthScan.h"
#include "support/FlowCases.h"
#include "support/Reference.h"
#include "support/Threads.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace scorefields
{
namespace
{
Samples ReferenceSamples()
{
  return Samples::Unweighted(reference::Points(reference::All()["sample200"]["points"]));
}

ScanRequest SmallRequest()
{
  ScanRequest request;
  request.DefaultRange = false;
  request.Range.Minimum = 0.1;
  request.Range.Maximum = 1.6;
  request.Range.Steps = 5;
  request.Nodes.Dimensions = Index3(64, 48, 1);
  return request;
}

const std::vector<double>& Column(const BandwidthScan& scan, const char* name)
{
  const auto curve = FromName<ScanCurve>(name);
  const auto found = std::find_if(scan.Columns.begin(), scan.Columns.end(),
    [&curve](const ScanColumn& column) { return column.Curve == curve; });
  if (found == scan.Columns.end())
  {
    throw std::out_of_range(std::string("no column ") + name);
  }
  return found->Values;
}

/// The modes by ways uphill from every sample: slow, and complete.
std::vector<Mode> AllModes(const Samples& samples, double h)
{
  const auto density = flow::ExactScores(std::make_shared<const Samples>(samples), h);
  const StepMetric unit(Axes::First(2), density->StepUnitAt(h));
  const FlowState ends = AscendFrom(
    *density->At(h, {}), unit, AscentOptions::ToModes(), 500, samples.Points, Execution());
  return DistinctModes(ModesAt(ends), unit, 1e-5);
}

std::string MessageOf(const Samples& samples, const ScanRequest& request)
{
  try
  {
    ScanBandwidths(samples, Axes::First(2), nullptr, request, {});
  }
  catch (const std::invalid_argument& error)
  {
    return error.what();
  }
  return "";
}
}

// Oracle: ways uphill from every sample, at each bandwidth.
TEST(BandwidthScan, CountsEveryMode)
{
  const Samples samples = ReferenceSamples();
  const std::vector<double> bandwidths{ 0.06, 0.1, 0.15, 0.2, 0.3, 0.45, 0.6, 1.0 };
  const ModeTree tree = FollowModes(
    samples, MomentsOf(samples), GaussianKernel::Isotropic(Axes::First(2), 1.0), bandwidths, {});
  for (std::size_t i = 0; i < bandwidths.size(); ++i)
  {
    EXPECT_EQ(tree.Counts[i], static_cast<double>(AllModes(samples, bandwidths[i]).size()))
      << bandwidths[i];
  }
  EXPECT_EQ(tree.Counts.back(), 1.0);
  // Every mode is on exactly one track that has not ended; joined tracks end on another one.
  for (std::size_t step = 0; step < bandwidths.size(); ++step)
  {
    double alive = 0.0;
    for (const ModeTrack& track : tree.Tracks)
    {
      const bool here = track.Steps.front() <= step && step <= track.Steps.back();
      const bool ends = track.Joined >= 0 && track.Steps.back() == step;
      alive += here && !ends ? 1.0 : 0.0;
    }
    EXPECT_EQ(alive, tree.Counts[step]);
  }
  for (const ModeTrack& track : tree.Tracks)
  {
    ASSERT_EQ(track.Steps.size(), track.Modes.size());
    if (track.Joined >= 0)
    {
      const ModeTrack& other = tree.Tracks[static_cast<std::size_t>(track.Joined)];
      const std::size_t place = track.Steps.back() - other.Steps.front();
      ASSERT_LT(place, other.Modes.size());
      const Eigen::Vector3d& end = track.Modes.back().Position;
      EXPECT_EQ(other.Modes[place].Position, end);
      // Of the two, the nearer one before goes on.
      const std::size_t last = track.Modes.size() - 1;
      EXPECT_LE((other.Modes[place - 1].Position - end).norm(),
        (track.Modes[last - 1].Position - end).norm());
    }
  }
}

// Oracle: the modes of the smoothed mixture (50 digits): a large sample's follow them, by the
// parabolas of the grid. The scatter of a mode of 2e5 points at h = 0.5 is below 0.02.
TEST(BandwidthScan, ManyPointsHaveTheModesOfTheirDensity)
{
  const Samples samples = Samples::Unweighted(
    SampleMixture(MakeMixture(MixturePreset::SeparatedClusters), 2, 0, 200000).Points);
  const ModeTree tree = FollowModes(
    samples, MomentsOf(samples), GaussianKernel::Isotropic(Axes::First(2), 1.0), { 0.2, 0.28 }, {});
  EXPECT_EQ(tree.Counts, (std::vector<double>{ 4.0, 4.0 }));
  const Mixture truth = MakeMixture(MixturePreset::SeparatedClusters);
  for (const ModeTrack& track : tree.Tracks)
  {
    double nearest = 1e300;
    for (Index k = 0; k < truth.Count(); ++k)
    {
      nearest = std::min(nearest, (truth.Component(k).Mean - track.Modes.back().Position).norm());
    }
    EXPECT_LT(nearest, 0.03);
  }
}

// Oracles: the exact engine is sound everywhere; the transform the more the wider the kernel; the
// entropy rises with the bandwidth (de Bruijn); the selectors' own minima for the marks.
TEST(BandwidthScan, HasEverythingAskedFor)
{
  const Mixture truth = MakeMixture(MixturePreset::Study);
  const BandwidthScan scan =
    ScanBandwidths(ReferenceSamples(), Axes::First(2), &truth, SmallRequest(), {});
  ASSERT_EQ(scan.Bandwidths.size(), 5u);
  EXPECT_NEAR(scan.Bandwidths[2], 0.4, 1e-12);
  EXPECT_EQ(Column(scan, "StableShareExact"), std::vector<double>(5, 1.0));
  for (const char* name : { "StableShareFFT", "Entropy" })
  {
    const std::vector<double>& values = Column(scan, name);
    EXPECT_TRUE(std::is_sorted(values.begin(), values.end())) << name;
    EXPECT_LT(values.front(), values.back());
  }
  for (std::size_t i = 0; i < 5; ++i)
  {
    EXPECT_LE(Column(scan, "SignificantShare")[i], Column(scan, "StableShareFFT")[i]);
    EXPECT_LT(Column(scan, "StableShareClassical")[i], 1.0);
  }
  EXPECT_EQ(Column(scan, "TrueModes"), (std::vector<double>{ 3.0, 1.0, 1.0, 1.0, 1.0 }));
  // The fold point, with 25 digits, at which two of the three modes vanish.
  const auto& fold = reference::All()["seed_mixture"]["critical_bandwidth"]["h"];
  ASSERT_TRUE(scan.CriticalBandwidth);
  EXPECT_NEAR(*scan.CriticalBandwidth, reference::Number(fold), 1e-6);
  // The exact optimum for the density is 0.367, for the gradient 0.419; 0.4 is the nearest step.
  for (const char* name : { "SquaredError", "SquaredGradientError", "FisherDivergence" })
  {
    const std::vector<double>& values = Column(scan, name);
    EXPECT_EQ(std::min_element(values.begin(), values.end()) - values.begin(), 2) << name;
  }
  const std::vector<double>& likelihood = Column(scan, "ExpectedLogLikelihood");
  EXPECT_EQ(std::max_element(likelihood.begin(), likelihood.end()) - likelihood.begin(), 2);
  ASSERT_EQ(scan.Marks.size(), CountOf<BandwidthRule>() - 1); // all but Manual
  for (const RuleMark& mark : scan.Marks)
  {
    EXPECT_TRUE(mark.Problem.empty()) << mark.Problem;
    EXPECT_GT(mark.Bandwidth, 0.2);
    EXPECT_LT(mark.Bandwidth, 0.8);
  }
}

// Oracle: invariant. Another unit scales bandwidths and what has a unit, and nothing else.
TEST(BandwidthScan, FollowsTheUnit)
{
  ScanRequest request;
  request.Range.Steps = 3;
  request.Nodes.Dimensions = Index3(40, 40, 1);
  const BandwidthScan scan =
    ScanBandwidths(ReferenceSamples(), Axes::First(2), nullptr, request, {});
  for (const RuleMark& mark : scan.Marks)
  {
    EXPECT_GT(mark.Bandwidth, scan.Bandwidths.front()) << "the range holds every mark";
    EXPECT_LT(mark.Bandwidth, scan.Bandwidths.back());
  }
  for (const double unit : { 1e-9, 1e9 })
  {
    Samples scaled = ReferenceSamples();
    scaled.Points *= unit;
    const BandwidthScan other = ScanBandwidths(scaled, Axes::First(2), nullptr, request, {});
    for (std::size_t i = 0; i < 3; ++i)
    {
      EXPECT_NEAR(other.Bandwidths[i] / unit, scan.Bandwidths[i], 1e-6);
      EXPECT_EQ(Column(other, "Modes")[i], Column(scan, "Modes")[i]);
      EXPECT_NEAR(Column(other, "StableShareFFT")[i], Column(scan, "StableShareFFT")[i], 2e-3);
      EXPECT_NEAR(
        Column(other, "Entropy")[i], Column(scan, "Entropy")[i] + 2.0 * std::log(unit), 1e-6);
    }
  }
}

// Only what is asked for; the number of threads changes nothing; it can be stopped.
TEST(BandwidthScan, DoesWhatItIsTold)
{
  ScanRequest request = SmallRequest();
  request.MarkRules = request.Stability = request.Entropy = request.CrossValidation = false;
  const auto scan = [&](const Execution& execution)
  { return ScanBandwidths(ReferenceSamples(), Axes::First(2), nullptr, request, execution); };
  const BandwidthScan modes = scan({});
  ASSERT_EQ(modes.Columns.size(), 1u);
  EXPECT_EQ(modes.Columns[0].Curve, ScanCurve::Modes);
  EXPECT_TRUE(modes.Marks.empty());
  EXPECT_EQ(scan(OnThreads(3)).Columns[0].Values, modes.Columns[0].Values);
  Execution stopped;
  stopped.Continue = [](double share) { return share < 0.9; };
  EXPECT_THROW(scan(stopped), Aborted);
}

TEST(BandwidthScan, RefusesWhatItCannotScan)
{
  ScanRequest request = SmallRequest();
  request.Range.Maximum = 0.05;
  EXPECT_NE(MessageOf(ReferenceSamples(), request).find("Maximum is 0.05"), std::string::npos);
  const Samples one = Samples::Unweighted(Eigen::Vector3d(1.0, 2.0, 0.0));
  EXPECT_NE(MessageOf(one, SmallRequest()).find("1 points"), std::string::npos);
  ScanRequest automatic;
  const Samples same = Samples::Unweighted(Eigen::Matrix3Xd::Ones(3, 9));
  EXPECT_NE(MessageOf(same, automatic).find("identical"), std::string::npos);
}
}
