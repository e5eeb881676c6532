// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Modes/ModePairs.h"

#include "Numerics/Base/Partition.h"
#include "Numerics/Flow/Ascent.h"
#include "Numerics/Flow/Basins.h"
#include "Numerics/Modes/LocalMaxima.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace scorefields
{
namespace
{
constexpr Index MostSteps = 5000;
constexpr double SaddleSpacings = 3.0;
constexpr int MostFoldRounds = 5; ///< each finds partners of those found before

/// Above the floor, where peaks are no errors.
bool IsHigh(const CriticalProblem& problem, Index node)
{
  return problem.LogDensity.Values[node] > problem.Floor;
}

Eigen::Matrix3Xd PlacesOf(const Grid& grid, const std::vector<Index>& nodes)
{
  Eigen::Matrix3Xd places(3, static_cast<Index>(nodes.size()));
  for (std::size_t i = 0; i < nodes.size(); ++i)
  {
    places.col(static_cast<Index>(i)) = grid.Node(nodes[i]);
  }
  return places;
}

/// What has settled in several searches.
FlowState Joined(const FlowState& one, const FlowState& other)
{
  FlowState both;
  both.Positions.resize(3, one.Count() + other.Count());
  both.Positions << one.Positions, other.Positions;
  both.LogDensity.resize(both.Count());
  both.LogDensity << one.LogDensity, other.LogDensity;
  both.Settled = one.Settled;
  both.Settled.insert(both.Settled.end(), other.Settled.begin(), other.Settled.end());
  return both;
}

std::vector<Mode> ModesAmong(const std::vector<CriticalPoint>& points)
{
  std::vector<Mode> places;
  for (const CriticalPoint& point : points)
  {
    places.push_back({ point.Position, point.LogDensity });
  }
  return places;
}

/// The search for one density; the steps are called in the order in which they stand.
class Search
{
public:
  Search(const CriticalProblem& problem, const Execution& execution)
    : Problem(problem)
    , Executor(execution)
  {
  }

  void FindIslands();
  void ClimbPeaks();
  void Settle();
  CriticalSet Pair();

private:
  Index PeakSummit(Index node) const;
  ModePair PairAt(std::size_t merge) const;
  std::vector<Index> ModesOfSummits(const std::vector<Mode>& modes) const;
  double LowestValue() const;
  void FindSummits();
  void JoinUnseen();
  void Join(Index one, Index other, ModePair pair);
  void SetPair(Index summit, const ModePair& pair);

  const CriticalProblem& Problem;
  const Execution& Executor;
  SuperlevelTree Tree;
  FlowState Tops;                ///< ends of the ways from the peaks
  std::vector<Mode> Summits;     ///< the different ones, inside and outside of the box
  std::vector<Index> PeakOfNode; ///< number of a peak
  std::vector<int> SummitOfPeak;
  FlowState MergeEnds;
  CriticalSet Found;
  std::vector<Index> ModeOfSummit; ///< number of a critical point; NoPoint: outside of the box
  Partition Islands;               ///< of summits
  std::vector<int> PointOfMerge;
};

void Search::FindIslands()
{
  this->Tree = TreeOfSuperlevels(this->Problem.LogDensity);
  const auto isLow = [this](Index node) { return !IsHigh(this->Problem, node); };
  std::vector<Index>& peaks = this->Tree.Peaks;
  peaks.erase(std::remove_if(peaks.begin(), peaks.end(), isLow), peaks.end());
  std::vector<IslandMerge>& merges = this->Tree.Merges;
  merges.erase(std::remove_if(merges.begin(), merges.end(),
                 [&](const IslandMerge& merge) { return isLow(merge.Lower); }),
    merges.end());
  this->Executor.Checkpoint(0.1);
}

void Search::ClimbPeaks()
{
  const AscentOptions options{ 1.0, 1e-10, NewtonSteps::NearModes };
  this->Tops = AscendFrom(this->Problem.Source, this->Problem.Unit, options, MostSteps,
    PlacesOf(this->Problem.LogDensity.Nodes, this->Tree.Peaks), this->Executor.Part(0.1, 0.3));
  this->PeakOfNode.assign(static_cast<std::size_t>(this->Problem.LogDensity.Nodes.Size()), NoPoint);
  for (std::size_t i = 0; i < this->Tree.Peaks.size(); ++i)
  {
    this->PeakOfNode[static_cast<std::size_t>(this->Tree.Peaks[i])] = static_cast<Index>(i);
  }
}

void Search::Settle()
{
  const CriticalProblem& problem = this->Problem;
  std::vector<Index> nodes;
  for (const IslandMerge& merge : this->Tree.Merges)
  {
    nodes.push_back(merge.Node);
  }
  this->MergeEnds = SettleFrom(problem.Source, problem.Unit,
    PlacesOf(problem.LogDensity.Nodes, nodes), this->Executor.Part(0.3, 0.5));
  const FlowState cells = SettleFrom(problem.Source, problem.Unit,
    CriticalCells(problem.LogDensity, problem.Floor, this->Executor.Part(0.5, 0.55)),
    this->Executor.Part(0.55, 0.79));
  const FlowState others =
    SettleFrom(problem.Source, problem.Unit, problem.Starts, this->Executor.Part(0.79, 0.8));
  FlowState all = Joined(Joined(this->Tops, this->MergeEnds), Joined(cells, others));
  const auto pointsAt = [&](const FlowState& ends)
  {
    return CriticalPointsAt(problem.Source, problem.Unit, ends, problem.LogDensity.Nodes,
      problem.Box, this->Executor.Part(0.8, 0.85));
  };
  this->Found.Points = pointsAt(all);
  for (int round = 0; round < MostFoldRounds; ++round)
  {
    const std::size_t before = this->Found.Points.size();
    all = Joined(all,
      SettleFrom(problem.Source, problem.Unit, BesideFolds(problem.Unit, this->Found.Points),
        this->Executor.Part(0.85, 1.0)));
    this->Found.Points = pointsAt(all);
    if (this->Found.Points.size() == before)
    {
      break;
    }
  }
  this->PointOfMerge =
    BasinsOf(this->MergeEnds, ModesAmong(this->Found.Points), problem.Unit, problem.Box);
}

Index Search::PeakSummit(Index node) const
{
  const Index peak = this->PeakOfNode[static_cast<std::size_t>(node)];
  return peak == NoPoint ? NoPoint : this->SummitOfPeak[static_cast<std::size_t>(peak)];
}

ModePair Search::PairAt(std::size_t merge) const
{
  const NodeField& field = this->Problem.LogDensity;
  const Index node = this->Tree.Merges[merge].Node;
  ModePair pair;
  pair.Place = field.Nodes.Node(node);
  pair.Level = field.Values[node];
  const int number = this->PointOfMerge[merge];
  if (number < 0)
  {
    return pair;
  }
  const CriticalPoint& point = this->Found.Points[static_cast<std::size_t>(number)];
  const CriticalType expected = TypeOf(1, this->Problem.Unit.Active.Count);
  const Eigen::Vector3d offset =
    this->MergeEnds.Positions.col(static_cast<Index>(merge)) - pair.Place;
  const double spacings = offset.cwiseQuotient(field.Nodes.Spacing).cwiseAbs().maxCoeff();
  // L^-1 offset is shorter than one unit if M - offset offset' has no negative eigenvalue; its
  // coordinates against the standard deviations are enough here.
  const Eigen::Array3d unit = this->Problem.Unit.Matrix.diagonal().array().sqrt();
  const bool isNear = spacings <= SaddleSpacings || (offset.array().abs() <= unit).all();
  if (point.Type == expected && isNear)
  {
    pair.Saddle = number;
    pair.Place = point.Position;
    pair.Level = point.LogDensity;
  }
  return pair;
}

std::vector<Index> Search::ModesOfSummits(const std::vector<Mode>& modes) const
{
  const auto count = static_cast<Index>(this->Summits.size());
  FlowState tops;
  tops.Positions.resize(3, count);
  tops.LogDensity = Eigen::VectorXd::Zero(count); // known
  tops.Settled.assign(this->Summits.size(), 1);
  for (Index i = 0; i < count; ++i)
  {
    tops.Positions.col(i) = this->Summits[static_cast<std::size_t>(i)].Position;
  }
  const std::vector<int> numbers = BasinsOf(tops, modes, this->Problem.Unit, this->Problem.Box);
  return { numbers.begin(), numbers.end() }; // NoBasin is NoPoint
}

double Search::LowestValue() const
{
  double lowest = std::numeric_limits<double>::infinity();
  for (Index node = 0; node < this->Problem.LogDensity.Nodes.Size(); ++node)
  {
    lowest = std::fmin(lowest, this->Problem.LogDensity.Values[node]);
  }
  return lowest;
}

/// The modes in the box, and the ends of ways from peaks that are none of them: they lie outside.
void Search::FindSummits()
{
  const StepMetric& unit = this->Problem.Unit;
  const Domain& box = this->Problem.Box;
  std::vector<Mode> modes = ModesAmong(this->Found.Points);
  modes.resize(static_cast<std::size_t>(this->Found.Count(CriticalType::Mode)));
  this->Found.Pairs.resize(modes.size());
  const std::vector<int> inside = BasinsOf(this->Tops, modes, unit, box);
  FlowState others = this->Tops;
  for (std::size_t i = 0; i < inside.size(); ++i)
  {
    others.Settled[i] = inside[i] >= 0 ? 0 : others.Settled[i];
  }
  std::vector<Mode> summits = DistinctModes(ModesAt(others, box), unit, CriticalDistance, box);
  summits.insert(summits.end(), modes.begin(), modes.end());
  this->Summits = DistinctModes(std::move(summits), unit, CriticalDistance, box); // in their order
  this->SummitOfPeak = BasinsOf(this->Tops, this->Summits, unit, box);
  this->ModeOfSummit = this->ModesOfSummits(modes);
  this->Islands = Partition(static_cast<Index>(this->Summits.size()));
}

void Search::SetPair(Index summit, const ModePair& pair)
{
  const Index mode = this->ModeOfSummit[static_cast<std::size_t>(summit)];
  if (mode != NoPoint)
  {
    this->Found.Pairs[static_cast<std::size_t>(mode)] = pair;
  }
}

/// Two islands become one: the lower one ends.
void Search::Join(Index one, Index other, ModePair pair)
{
  // Summits fall in height, so that a set is named by its highest.
  const Index higher = std::min(this->Islands.Find(one), this->Islands.Find(other));
  const Index lower = std::max(this->Islands.Find(one), this->Islands.Find(other));
  if (this->Islands.Unite(higher, lower))
  {
    pair.Parent = this->ModeOfSummit[static_cast<std::size_t>(higher)];
    this->SetPair(lower, pair);
  }
}

/// A mode that no peak of the nodes shows is one with that of the peak above the nearest node. The
/// lower one of them has no persistence that the nodes would show.
void Search::JoinUnseen()
{
  const NodeField& field = this->Problem.LogDensity;
  std::vector<bool> seen(this->Summits.size(), false);
  for (const int summit : this->SummitOfPeak)
  {
    if (summit >= 0)
    {
      seen[static_cast<std::size_t>(summit)] = true;
    }
  }
  for (std::size_t i = 0; i < this->Summits.size(); ++i)
  {
    const Index nearest = NearestNode(field.Nodes, this->Summits[i].Position);
    const Index node = field.Beside(nearest, Index3::Zero()); // in the first layer of a seam
    if (seen[i] || std::isnan(field.Values[node]))
    {
      continue;
    }
    const Index shown = this->PeakSummit(PeakAbove(field, node));
    if (shown >= 0)
    {
      const Mode& lower = this->Summits[std::max(i, static_cast<std::size_t>(shown))];
      ModePair pair;
      pair.Place = lower.Position;
      pair.Level = lower.LogDensity;
      this->Join(static_cast<Index>(i), shown, pair);
    }
  }
}

CriticalSet Search::Pair()
{
  this->FindSummits();
  this->JoinUnseen();
  for (std::size_t merge = 0; merge < this->Tree.Merges.size(); ++merge)
  {
    const Index one = this->PeakSummit(this->Tree.Merges[merge].Higher);
    const Index other = this->PeakSummit(this->Tree.Merges[merge].Lower);
    if (one >= 0 && other >= 0 && this->Islands.Find(one) != this->Islands.Find(other))
    {
      this->Join(one, other, this->PairAt(merge));
    }
  }
  ModePair last;
  last.IsLast = true;
  last.Level = this->LowestValue();
  for (std::size_t summit = 0; summit < this->Summits.size(); ++summit)
  {
    if (this->Islands.Find(static_cast<Index>(summit)) == static_cast<Index>(summit))
    {
      this->SetPair(static_cast<Index>(summit), last);
    }
  }
  return std::move(this->Found);
}
}

double CriticalSet::Persistence(Index mode) const
{
  const auto at = static_cast<std::size_t>(mode);
  return std::max(this->Points[at].LogDensity - this->Pairs[at].Level, 0.0);
}

Index CriticalSet::Count(CriticalType type) const
{
  return std::count_if(this->Points.begin(), this->Points.end(),
    [type](const CriticalPoint& point) { return point.Type == type; });
}

CriticalSet FindCriticalPoints(const CriticalProblem& problem, const Execution& execution)
{
  Search search(problem, execution);
  search.FindIslands();
  search.ClimbPeaks();
  search.Settle();
  return search.Pair();
}

std::vector<Index> Representatives(const CriticalSet& set, const std::vector<bool>& kept)
{
  std::vector<Index> stands(static_cast<std::size_t>(set.Modes()), NoPoint);
  for (std::size_t mode = 0; mode < stands.size(); ++mode)
  {
    const Index parent = set.Pairs[mode].Parent; // higher, so that it has come before
    const bool known = parent != NoPoint;
    stands[mode] = kept[mode] ? static_cast<Index>(mode)
                              : (known ? stands[static_cast<std::size_t>(parent)] : NoPoint);
  }
  return stands;
}
}
