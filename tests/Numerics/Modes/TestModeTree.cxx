// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Modes/ModeTree.h"

#include "Numerics/Flow/Ascent.h"
#include "Numerics/Mixture/MixturePresets.h"
#include "Numerics/Mixture/MixtureSampling.h"
#include "support/FlowCases.h"
#include "support/RandomPoints.h"
#include "support/StudySamples.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

namespace scorefields
{
namespace
{
/// The modes by ways uphill from every sample: slow, and complete.
std::vector<Mode> AllModes(const Samples& samples, double h)
{
  const auto density = flow::ExactScores(std::make_shared<const Samples>(samples), h);
  const StepMetric unit(Axes::First(2), density->StepUnitAt(h));
  const FlowState ends = AscendFrom(
    *density->At(h, {}), unit, AscentOptions::ToModes(), 500, samples.Points, Execution());
  return DistinctModes(ModesAt(ends), unit, 1e-5);
}
}

// Oracle: ways uphill from every sample, at each bandwidth.
TEST(ModeTree, CountsEveryMode)
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

// Oracle: the means of the mixture, whose clusters lie so far apart that they are its modes: a
// large sample's follow them, by the parabolas of the grid. The standard error of a mode's
// coordinate is that of the slope of f, sqrt(p / (8 pi h^4 n)), over its curvature p / S: with p =
// 0.1 / (2 pi S), the least share 0.1, S = 0.3^2 + h^2, n = 2e5 and h = 0.2 it is 0.0045. Four of
// these along two axes are 0.026, which leaves 0.004 for the parabola, a fiftieth of h.
TEST(ModeTree, OfManyPointsHasTheModesOfTheirDensity)
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

// Oracle: invariant. Far from the origin there are the same modes, to the rounding of the
// coordinates of points and modes, eps times the offset each, over the curvature.
TEST(ModeTree, IsTheSameFarAway)
{
  const Samples samples = Samples::Unweighted(RandomPoints(60, 3, 2));
  const GaussianKernel shape = GaussianKernel::Isotropic(Axes::First(2), 1.0);
  const std::vector<double> bandwidths{ 0.05, 0.08, 0.2 };
  const ModeTree tree = FollowModes(samples, MomentsOf(samples), shape, bandwidths, {});
  EXPECT_GT(tree.Counts[0], 5.0);
  for (const double offset : { 1e6, 1e8 })
  {
    const Eigen::Vector3d away(offset, -offset, 0.0);
    const Samples far = Samples::Unweighted(samples.Points.colwise() + away);
    const ModeTree other = FollowModes(far, MomentsOf(far), shape, bandwidths, {});
    EXPECT_EQ(other.Counts, tree.Counts) << offset;
    ASSERT_EQ(other.Tracks.size(), tree.Tracks.size());
    for (std::size_t i = 0; i < tree.Tracks.size(); ++i)
    {
      const Eigen::Vector3d moved = other.Tracks[i].Modes[0].Position - away;
      EXPECT_LT((moved - tree.Tracks[i].Modes[0].Position).norm(), 1e-14 * offset);
    }
  }
}
}
