// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Modes/ModeTree.h"

#include "Numerics/Density/DensityEstimate.h"
#include "Numerics/Flow/Ascent.h"
#include "Numerics/Flow/KernelFamily.h"
#include "Numerics/Modes/LocalMaxima.h"
#include "Numerics/Modes/ModeGrid.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <utility>

// The mode tree, from the least bandwidth up. For each bandwidth (Follower::Step):
//   1. Take the grid and the transform of its octave, or make those of the next one.
//   2. Compute the density on the grid and find its local maxima (Find).
//   3. Few pairs of start and sample: climb exactly from the maxima, from the modes before and, at
//      first, from the samples (FindExactly). Many: take the maxima themselves (FindOnGrid).
//   4. Find the mode at which the way uphill from each former mode ends (EndOf).
//   5. The nearest former mode goes on there, others join it; the rest are new tracks (Link).
namespace scorefields
{
namespace
{
constexpr double FloorFactor = 100.0;
constexpr double TransformTolerance = 1e-12;
constexpr double AffordablePairs = 2e7;
constexpr double DistinctDistance = 1e-5; // in bandwidths
constexpr Index MostSteps = 500;

ScoreAccuracy BySumsOnly()
{
  ScoreAccuracy accuracy;
  accuracy.ExactOnly = true;
  return accuracy;
}

/// The modes at one bandwidth, and which of them is reached from where.
struct Peaks
{
  bool Sound = true; ///< the grid is fine enough, and the transform shows a lone sample
  std::vector<Mode> Modes;
  std::vector<Index> Nodes;         ///< local maxima of the grid, ascending
  std::vector<std::size_t> OfNode;  ///< the mode of each of them
  std::vector<std::size_t> OfTrack; ///< of each track that goes on, where found exactly
};

template <class Tree>
auto& At(Tree& tree, Index track)
{
  return tree.Tracks[static_cast<std::size_t>(track)];
}

class Follower
{
public:
  Follower(std::shared_ptr<const Samples> samples, const CloudMoments& moments,
    const GaussianKernel& shape, const Execution& execution)
    : Points(*samples)
    , Moments(moments)
    , Shape(shape)
    , Executor(execution)
    , Family(std::move(samples), shape, BySumsOnly())
  {
  }

  void Step(std::size_t step, double bandwidth, ModeTree& tree)
  {
    // Step 1.
    if (!(bandwidth <= 2.0 * this->Band.Least))
    {
      this->Band = ModeGrid::Of(this->Moments, this->Shape, bandwidth);
    }
    Peaks peaks;
    peaks.Sound = this->Band.Shows(bandwidth);
    if (peaks.Sound)
    {
      peaks = this->Find(bandwidth, tree);
      peaks.Sound = peaks.Sound && !peaks.Modes.empty(); // none: the maximum is not a point
    }
    tree.Counts.push_back(peaks.Sound ? static_cast<double>(peaks.Modes.size())
                                      : std::numeric_limits<double>::quiet_NaN());
    if (peaks.Sound)
    {
      this->Link(step, peaks, tree);
    }
  }

private:
  Peaks Find(double bandwidth, const ModeTree& tree)
  {
    // Step 2.
    const GaussianKernel kernel = this->Shape.WithBandwidth(bandwidth);
    const Grid& grid = this->Band.Nodes;
    this->Density.resize(grid.Size());
    FieldView fields;
    fields.Density = this->Density.data();
    const StoredSamples cloud(this->Points);
    EstimateProblem problem{ cloud, this->Moments, kernel, grid };
    problem.Settings.Engine = Engine::Fft;
    problem.Settings.Fft.Tolerance = TransformTolerance;
    problem.Settings.Reuse = &this->Band.Reuse;
    const EstimateReport report = EstimateDensity(problem, fields, this->Executor);
    Peaks peaks;
    const double floor = FloorFactor * report.DensityFloor;
    peaks.Sound = floor < 0.5 * std::exp(kernel.LogPeak()) / this->Moments.Count;
    peaks.Nodes = LocalMaxima(grid, this->Density.data(), floor);
    // Step 3.
    const double starts = static_cast<double>(peaks.Nodes.size() + this->Alive.size());
    if (starts * this->Moments.Count <= AffordablePairs)
    {
      this->FindExactly(bandwidth, tree, peaks);
    }
    else
    {
      this->FindOnGrid(peaks);
    }
    return peaks;
  }

  void FindOnGrid(Peaks& peaks) const
  {
    for (const Index node : peaks.Nodes)
    {
      peaks.OfNode.push_back(peaks.Modes.size());
      peaks.Modes.push_back({ ParabolicPeak(this->Band.Nodes, this->Density.data(), node),
        std::log(this->Density[node]) });
    }
  }

  /// The grid's maxima, the modes at the bandwidth before and, to begin with, the samples.
  Eigen::Matrix3Xd Starts(const Peaks& peaks, const ModeTree& tree) const
  {
    const bool bySamples = this->Alive.empty() &&
      this->Moments.Count * static_cast<double>(this->Points.Count()) <= AffordablePairs;
    const auto nodes = static_cast<Index>(peaks.Nodes.size());
    const auto tracks = static_cast<Index>(this->Alive.size());
    Eigen::Matrix3Xd starts(3, nodes + tracks + (bySamples ? this->Points.Count() : 0));
    for (Index i = 0; i < nodes; ++i)
    {
      starts.col(i) = this->Band.Nodes.Node(peaks.Nodes[static_cast<std::size_t>(i)]);
    }
    for (Index i = 0; i < tracks; ++i)
    {
      const Index track = this->Alive[static_cast<std::size_t>(i)];
      starts.col(nodes + i) = At(tree, track).Modes.back().Position;
    }
    if (bySamples)
    {
      starts.rightCols(this->Points.Count()) = this->Points.Points;
    }
    return starts;
  }

  void FindExactly(double bandwidth, const ModeTree& tree, Peaks& peaks)
  {
    const StepMetric unit(this->Shape.ActiveAxes(), this->Family.StepUnitAt(bandwidth));
    const FlowState ends = AscendFrom(*this->Family.At(bandwidth, this->Executor), unit,
      AscentOptions::ToModes(), MostSteps, this->Starts(peaks, tree), this->Executor);
    peaks.Modes = DistinctModes(ModesAt(ends), unit, DistinctDistance);
    const std::size_t known = peaks.Nodes.size() + this->Alive.size();
    for (std::size_t i = 0; i < known; ++i)
    {
      std::vector<std::size_t>& target = i < peaks.Nodes.size() ? peaks.OfNode : peaks.OfTrack;
      target.push_back(Nearest(peaks.Modes, ends.Positions.col(static_cast<Index>(i))));
    }
  }

  static std::size_t Nearest(const std::vector<Mode>& modes, const Eigen::Vector3d& point)
  {
    const auto nearer = [&point](const Mode& one, const Mode& other)
    { return (one.Position - point).norm() < (other.Position - point).norm(); };
    return static_cast<std::size_t>(
      std::min_element(modes.begin(), modes.end(), nearer) - modes.begin());
  }

  /// Step 4. The mode at which the way uphill from a point ends.
  std::size_t EndOf(std::size_t track, const Eigen::Vector3d& point, const Peaks& peaks) const
  {
    if (!peaks.OfTrack.empty())
    {
      return peaks.OfTrack[track];
    }
    const Grid& grid = this->Band.Nodes;
    const Index node = ClimbOnGrid(grid, this->Density.data(), NearestNode(grid, point));
    const auto found = std::lower_bound(peaks.Nodes.begin(), peaks.Nodes.end(), node);
    return found != peaks.Nodes.end() && *found == node
      ? peaks.OfNode[static_cast<std::size_t>(found - peaks.Nodes.begin())]
      : Nearest(peaks.Modes, point);
  }

  // Step 5.
  void Link(std::size_t step, const Peaks& peaks, ModeTree& tree)
  {
    constexpr Index none = -1;
    std::vector<Index> successor(peaks.Modes.size(), none); // the track that goes on at each mode
    std::vector<std::size_t> ends;
    for (std::size_t i = 0; i < this->Alive.size(); ++i)
    {
      const Index track = this->Alive[i];
      const Eigen::Vector3d& last = At(tree, track).Modes.back().Position;
      const std::size_t end = this->EndOf(i, last, peaks);
      ends.push_back(end);
      const Eigen::Vector3d& there = peaks.Modes[end].Position;
      Index& best = successor[end];
      const bool nearer = best == none ||
        (last - there).norm() < (At(tree, best).Modes.back().Position - there).norm();
      best = nearer ? track : best;
    }
    for (std::size_t i = 0; i < this->Alive.size(); ++i)
    {
      ModeTrack& track = At(tree, this->Alive[i]);
      track.Steps.push_back(step);
      track.Modes.push_back(peaks.Modes[ends[i]]);
      track.Joined = successor[ends[i]] == this->Alive[i] ? none : successor[ends[i]];
    }
    this->Alive = successor;
    for (std::size_t mode = 0; mode < peaks.Modes.size(); ++mode)
    {
      if (this->Alive[mode] == none)
      {
        this->Alive[mode] = static_cast<Index>(tree.Tracks.size());
        tree.Tracks.push_back({ { step }, { peaks.Modes[mode] }, none });
      }
    }
  }

  const Samples& Points;
  const CloudMoments& Moments;
  const GaussianKernel& Shape;
  const Execution& Executor;
  KernelFamily Family;
  ModeGrid Band;
  Eigen::VectorXd Density;
  std::vector<Index> Alive; ///< tracks that go on
};
}

ModeTree FollowModes(const Samples& samples, const CloudMoments& moments,
  const GaussianKernel& kernel, const std::vector<double>& bandwidths, const Execution& execution)
{
  ModeTree tree;
  Execution quiet = execution;
  quiet.Continue = [](double) { return true; };
  // About the cloud's centre, so that the modes' places are found to rounding of its size.
  const Eigen::Vector3d centre = 0.5 * moments.Lower + 0.5 * moments.Upper;
  const auto centred = std::make_shared<Samples>(samples);
  centred->Points.colwise() -= centre;
  const CloudMoments centredMoments = MomentsOf(*centred);
  Follower follower(centred, centredMoments, kernel, quiet);
  for (std::size_t step = 0; step < bandwidths.size(); ++step)
  {
    execution.Checkpoint(static_cast<double>(step) / static_cast<double>(bandwidths.size()));
    follower.Step(step, bandwidths[step], tree);
  }
  for (ModeTrack& track : tree.Tracks)
  {
    for (Mode& mode : track.Modes)
    {
      mode.Position += centre;
    }
  }
  return tree;
}
}
