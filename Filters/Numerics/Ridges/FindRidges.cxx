// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Ridges/FindRidges.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <tuple>
#include <utility>

namespace scorefields
{
namespace
{
constexpr std::size_t MostAtOnce = 64;
constexpr std::size_t FewPoints = 4; ///< of a line that cannot have come back to itself
constexpr double Apart = 8.0;        ///< of seeds that are followed at once, in spacings

bool ComesBefore(const RidgePoint& one, const RidgePoint& other)
{
  const auto key = [](const RidgePoint& point)
  { return std::make_tuple(-point.LogDensity, point.Place[0], point.Place[1], point.Place[2]); };
  return key(one) < key(other);
}

/// The lines accepted so far.
class Network
{
public:
  Network(const TraceProblem& problem, double leastLength)
    : Problem(problem)
    , Spacing(problem.Spacing * problem.Unit.Length)
    , LeastLength(leastLength * problem.Unit.Length)
    , Lookup(2.0 * this->Spacing, problem.Box)
  {
  }

  const RidgeLookup& Known() const { return this->Lookup; }
  bool Knows(const RidgePoint& point) const
  {
    return static_cast<bool>(this->Lookup.Find(point.Place, this->Near()));
  }

  /// Step 3. @return whether the line is one that was not known.
  bool Accept(RidgeTrace trace)
  {
    if (this->Knows(trace.Points[trace.Seed]))
    {
      return false;
    }
    Line line;
    line.Closed = trace.IsClosed();
    std::size_t first = trace.Seed;
    std::size_t last = trace.Seed;
    while (first > 0 && !this->Knows(trace.Points[first]))
    {
      --first;
    }
    while (last + 1 < trace.Points.size() && !this->Knows(trace.Points[last]))
    {
      ++last;
    }
    line.Closed = line.Closed && first == 0 && last + 1 == trace.Points.size() &&
      !this->Knows(trace.Points[last]);
    line.Points.assign(trace.Points.begin() + static_cast<std::ptrdiff_t>(first),
      trace.Points.begin() + static_cast<std::ptrdiff_t>(last) + 1);
    if (line.Points.size() < 2)
    {
      return true;
    }
    for (const bool atFront : { true, false })
    {
      RidgePoint& end = atFront ? line.Points.front() : line.Points.back();
      const bool joined = line.Closed || this->Join(end) || this->JoinItself(line, atFront);
      (atFront ? line.FreeFront : line.FreeBack) = !joined;
    }
    line.Kept = LengthOf(line.Points) >= this->LeastLength;
    this->Lookup.Add(static_cast<Index>(this->Lines.size()), line.Points);
    this->Lines.push_back(std::move(line));
    return true;
  }

  /// Step 4.
  std::vector<Filament> Filaments() const
  {
    std::vector<Filament> filaments;
    for (const Line& line : this->Lines)
    {
      if (line.Kept)
      {
        this->Split(line, filaments);
      }
    }
    return filaments;
  }

  static double LengthOf(const std::vector<RidgePoint>& points)
  {
    double length = 0.0;
    for (std::size_t i = 0; i + 1 < points.size(); ++i)
    {
      length += (points[i + 1].Place - points[i].Place).norm();
    }
    return length;
  }

private:
  struct Line
  {
    std::vector<RidgePoint> Points;
    bool Closed = false;
    bool Kept = true;
    bool FreeFront = false; ///< it ends there at no line
    bool FreeBack = false;
    std::set<std::size_t> Junctions; ///< points at which others end

    /// A point as a junction: one that is known, if it is the next one.
    std::size_t Junction(std::size_t vertex)
    {
      const auto next = this->Junctions.lower_bound(vertex == 0 ? 0 : vertex - 1);
      const bool near = next != this->Junctions.end() && *next <= vertex + 1;
      return near ? *next : *this->Junctions.insert(vertex).first;
    }
  };

  double Near() const { return SameLine * this->Spacing; }

  /// Puts an end that lies on a line accepted before on a point of it.
  bool Join(RidgePoint& end)
  {
    const RidgeLookup::Hit hit = this->Lookup.Find(end.Place, this->Near());
    if (!hit)
    {
      return false;
    }
    Line& line = this->Lines[static_cast<std::size_t>(hit.Line)];
    const std::size_t vertex = line.Junction(static_cast<std::size_t>(hit.Vertex));
    const Eigen::Vector3d place = end.Place;
    end = line.Points[vertex];
    end.Place = NearestImage(this->Problem.Box, end.Place, place);
    return true;
  }

  /// Puts an end that lies on an earlier part of its own line on a point of that.
  bool JoinItself(Line& line, bool atFront) const
  {
    const std::size_t last = line.Points.size() - 1;
    RidgePoint& end = line.Points[atFront ? 0 : last];
    double nearest = this->Near() * this->Near();
    std::size_t vertex = last + 1;
    for (std::size_t i = 0; i < last; ++i)
    {
      const std::size_t apart = atFront ? i : last - 1 - i;
      const Eigen::Vector3d from = NearestImage(this->Problem.Box, line.Points[i].Place, end.Place);
      const Eigen::Vector3d to = from + line.Points[i + 1].Place - line.Points[i].Place;
      const SegmentDistance distance = DistanceFrom(end.Place, from, to);
      if (apart >= FewPoints && distance.Squared < nearest)
      {
        nearest = distance.Squared;
        vertex = i + (distance.Share > 0.5 ? 1 : 0);
      }
    }
    if (vertex > last)
    {
      return false;
    }
    const Eigen::Vector3d place = end.Place;
    end = line.Points[line.Junction(vertex)];
    end.Place = NearestImage(this->Problem.Box, end.Place, place);
    return true;
  }

  void Split(const Line& line, std::vector<Filament>& filaments) const
  {
    std::size_t from = 0;
    const std::size_t last = line.Points.size() - 1;
    for (const std::size_t junction : line.Junctions)
    {
      if (junction > from && junction < last)
      {
        this->Append(line, from, junction, filaments);
        from = junction;
      }
    }
    this->Append(line, from, last, filaments);
  }

  void Append(
    const Line& line, std::size_t from, std::size_t to, std::vector<Filament>& filaments) const
  {
    Filament filament;
    filament.Points.assign(line.Points.begin() + static_cast<std::ptrdiff_t>(from),
      line.Points.begin() + static_cast<std::ptrdiff_t>(to) + 1);
    const bool free =
      (from == 0 && line.FreeFront) || (to + 1 == line.Points.size() && line.FreeBack);
    if (free && filament.Length() < this->LeastLength)
    {
      return; // what is left of a line beyond a junction
    }
    const Eigen::Vector3d& first = filament.Points.front().Place;
    const Eigen::Vector3d back =
      NearestImage(this->Problem.Box, filament.Points.back().Place, first);
    filament.Closed = to - from >= FewPoints && (back - first).norm() < 1e-9 * this->Spacing;
    filaments.push_back(std::move(filament));
  }

  const TraceProblem& Problem;
  double Spacing;
  double LeastLength;
  RidgeLookup Lookup;
  std::vector<Line> Lines;
};

/// The next seeds that lie on no line, and far from each other.
std::vector<RidgePoint> NextSeeds(
  std::vector<RidgePoint>& left, std::size_t most, double apart, const Network& network)
{
  std::vector<RidgePoint> next;
  std::vector<RidgePoint> later;
  std::size_t i = 0;
  for (; i < left.size() && next.size() < most; ++i)
  {
    if (network.Knows(left[i]))
    {
      continue;
    }
    const bool near = std::any_of(next.begin(), next.end(),
      [&](const RidgePoint& other) { return (other.Place - left[i].Place).norm() < apart; });
    (near ? later : next).push_back(left[i]);
  }
  later.insert(later.end(), left.begin() + static_cast<std::ptrdiff_t>(i), left.end());
  left = std::move(later);
  return next;
}
}

double Filament::Length() const
{
  return Network::LengthOf(this->Points);
}

std::vector<RidgePoint> SeedsAmong(
  const TraceProblem& problem, const std::vector<RidgePoint>& places)
{
  const double spacing = problem.Spacing * problem.Unit.Length;
  std::vector<RidgePoint> seeds;
  for (const RidgePoint& place : places)
  {
    if (problem.Criteria.IsMet(place))
    {
      seeds.push_back(place);
    }
  }
  std::sort(seeds.begin(), seeds.end(), ComesBefore);
  std::set<std::array<double, 3>> taken;
  const auto isRepeated = [&taken, spacing](const RidgePoint& seed)
  {
    const std::array<double, 3> cell{ { std::floor(seed.Place[0] / spacing),
      std::floor(seed.Place[1] / spacing), std::floor(seed.Place[2] / spacing) } };
    return !taken.insert(cell).second;
  };
  seeds.erase(std::remove_if(seeds.begin(), seeds.end(), isRepeated), seeds.end());
  return seeds;
}

std::vector<Filament> FindRidges(const TraceProblem& problem, const RidgeRequest& request,
  const std::vector<RidgePoint>& places, const Execution& execution)
{
  const double spacing = problem.Spacing * problem.Unit.Length;
  std::vector<RidgePoint> left = SeedsAmong(problem, places); // step 1
  const auto all = static_cast<double>(std::max<std::size_t>(left.size(), 1));
  Network network(problem, request.LeastLength);
  std::size_t atOnce = 1;
  while (true) // step 2
  {
    const double share = 1.0 - static_cast<double>(left.size()) / all;
    execution.Checkpoint(share);
    const std::vector<RidgePoint> seeds = NextSeeds(left, atOnce, Apart * spacing, network);
    if (seeds.empty())
    {
      return network.Filaments();
    }
    const std::vector<RidgeTrace> traces =
      TraceRidges(problem, seeds, network.Known(), execution.Part(share, share));
    std::size_t fresh = 0;
    for (const RidgeTrace& trace : traces)
    {
      fresh += network.Accept(trace) ? 1 : 0;
    }
    atOnce = 2 * fresh >= seeds.size() ? std::min(2 * atOnce, MostAtOnce)
                                       : std::max<std::size_t>(atOnce / 2, 1);
  }
}
}
