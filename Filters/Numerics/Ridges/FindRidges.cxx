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
constexpr double Apart = 8.0; ///< of seeds that are followed at once, in spacings

bool ComesBefore(const RidgePoint& one, const RidgePoint& other)
{
  const auto key = [](const RidgePoint& point)
  { return std::make_tuple(-point.LogDensity, point.Place[0], point.Place[1], point.Place[2]); };
  return key(one) < key(other);
}

/// Step 1.
std::vector<RidgePoint> SeedsOf(
  const TraceProblem& problem, const std::vector<RidgePoint>& places, double spacing)
{
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
    this->Join(line.Points.front());
    this->Join(line.Points.back());
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
        Split(line, filaments);
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
    std::set<std::size_t> Junctions; ///< points at which others end
  };

  double Near() const { return SameLine * this->Spacing; }

  /// Puts an end that lies on a line accepted before on a point of it.
  void Join(RidgePoint& end)
  {
    const RidgeLookup::Hit hit = this->Lookup.Find(end.Place, this->Near());
    if (!hit)
    {
      return;
    }
    Line& line = this->Lines[static_cast<std::size_t>(hit.Line)];
    const auto vertex = static_cast<std::size_t>(hit.Vertex);
    line.Junctions.insert(vertex);
    const Eigen::Vector3d place = end.Place;
    end = line.Points[vertex];
    end.Place = NearestImage(this->Problem.Box, end.Place, place);
  }

  static void Split(const Line& line, std::vector<Filament>& filaments)
  {
    std::size_t from = 0;
    const std::size_t last = line.Points.size() - 1;
    bool whole = true;
    for (const std::size_t junction : line.Junctions)
    {
      if (junction > from && junction < last)
      {
        Append(line, from, junction, false, filaments);
        from = junction;
        whole = false;
      }
    }
    Append(line, from, last, line.Closed && whole, filaments);
  }

  static void Append(const Line& line, std::size_t from, std::size_t to, bool closed,
    std::vector<Filament>& filaments)
  {
    Filament& filament = filaments.emplace_back();
    filament.Closed = closed;
    filament.Points.assign(line.Points.begin() + static_cast<std::ptrdiff_t>(from),
      line.Points.begin() + static_cast<std::ptrdiff_t>(to) + 1);
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

std::vector<Filament> FindRidges(const TraceProblem& problem, const RidgeRequest& request,
  const std::vector<RidgePoint>& places, const Execution& execution)
{
  const double spacing = problem.Spacing * problem.Unit.Length;
  std::vector<RidgePoint> left = SeedsOf(problem, places, spacing);
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
