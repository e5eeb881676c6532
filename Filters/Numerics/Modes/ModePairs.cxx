// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Modes/ModePairs.h"

#include "Numerics/Base/Partition.h"
#include "Numerics/Flow/Ascent.h"
#include "Numerics/Flow/Basins.h"

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
  std::vector<Index> ModesOfSummits() const;
  double LowestValue() const;
  void BeginPairs();

  const CriticalProblem& Problem;
  const Execution& Executor;
  SuperlevelTree Tree;
  FlowState Tops;                ///< ends of the ways from the peaks
  std::vector<Mode> Summits;     ///< the different ones, inside and outside of the box
  std::vector<Index> PeakOfNode; ///< number of a peak
  std::vector<int> SummitOfPeak;
  FlowState MergeEnds;
  CriticalSet Found;
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
  this->Summits = DistinctModes(ModesAt(this->Tops, this->Problem.Box), this->Problem.Unit,
    CriticalDistance, this->Problem.Box);
  this->SummitOfPeak = BasinsOf(this->Tops, this->Summits, this->Problem.Unit, this->Problem.Box);
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
    this->Executor.Part(0.55, 0.8));
  FlowState all = Joined(Joined(this->Tops, this->MergeEnds), cells);
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

std::vector<Index> Search::ModesOfSummits() const
{
  std::vector<Mode> modes = ModesAmong(this->Found.Points);
  modes.resize(static_cast<std::size_t>(this->Found.Count(CriticalType::Mode)));
  const auto count = static_cast<Index>(this->Summits.size());
  FlowState tops;
  tops.Positions.resize(3, count);
  tops.LogDensity = Eigen::VectorXd::Zero(count); // known
  tops.Settled.assign(this->Summits.size(), 1);
  for (Index i = 0; i < count; ++i)
  {
    tops.Positions.col(i) = this->Summits[static_cast<std::size_t>(i)].Position;
  }
  std::vector<Index> numbers;
  for (const int number : BasinsOf(tops, modes, this->Problem.Unit, this->Problem.Box))
  {
    const Eigen::Vector3d place = tops.Positions.col(static_cast<Index>(numbers.size()));
    const bool inside = number >= 0 && LiesInBox(this->Problem.LogDensity.Nodes, place);
    numbers.push_back(inside ? number : NoPoint);
  }
  return numbers;
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

/// One that no node shows has no persistence that the nodes would show.
void Search::BeginPairs()
{
  for (Index mode = 0; mode < this->Found.Count(CriticalType::Mode); ++mode)
  {
    ModePair unseen;
    unseen.Place = this->Found.Points[static_cast<std::size_t>(mode)].Position;
    unseen.Level = this->Found.Points[static_cast<std::size_t>(mode)].LogDensity;
    this->Found.Pairs.push_back(unseen);
  }
}

CriticalSet Search::Pair()
{
  const std::vector<Index> modeOf = this->ModesOfSummits();
  this->BeginPairs();
  // Summits fall in height, so that a set is named by its highest.
  Partition islands(static_cast<Index>(this->Summits.size()));
  const auto setPair = [&](Index summit, const ModePair& pair)
  {
    if (const Index mode = modeOf[static_cast<std::size_t>(summit)]; mode != NoPoint)
    {
      this->Found.Pairs[static_cast<std::size_t>(mode)] = pair;
    }
  };
  for (std::size_t merge = 0; merge < this->Tree.Merges.size(); ++merge)
  {
    const Index one = this->PeakSummit(this->Tree.Merges[merge].Higher);
    const Index other = this->PeakSummit(this->Tree.Merges[merge].Lower);
    if (one < 0 || other < 0 || islands.Find(one) == islands.Find(other))
    {
      continue;
    }
    const Index higher = std::min(islands.Find(one), islands.Find(other));
    const Index lower = std::max(islands.Find(one), islands.Find(other));
    islands.Unite(higher, lower);
    ModePair pair = this->PairAt(merge);
    pair.Parent = modeOf[static_cast<std::size_t>(higher)];
    setPair(lower, pair);
  }
  ModePair last;
  last.IsLast = true;
  last.Level = this->LowestValue();
  for (std::size_t summit = 0; summit < this->Summits.size(); ++summit)
  {
    if (islands.Find(static_cast<Index>(summit)) == static_cast<Index>(summit))
    {
      setPair(static_cast<Index>(summit), last);
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
