// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Exact/CellSums.h"

#include "Numerics/Exact/ExactProblem.h"
#include "Numerics/Exact/NearbySamples.h"
#include "Numerics/Exact/PointSum.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>
#include <utility>
#include <vector>

namespace scorefields
{
namespace
{
using exact::ActiveVector;
using exact::Chunk;
using exact::LocalFrame;

constexpr double CellSize = 0.5;  ///< in bandwidths
constexpr double FarAway = 1e12;  ///< in cells: beyond, each point is a cell of its own
constexpr Index MostQueries = 64; ///< summed in one go

/// A point to evaluate at, along the active axes.
struct Query
{
  ActiveVector Cell{}; ///< its lattice indices; the point itself if it is far away
  ActiveVector Point{};
  Index Entry = 0;
  bool Far = false;
};

bool SameCell(const Query& one, const Query& two)
{
  return one.Cell == two.Cell && one.Far == two.Far;
}

/// What all pieces of one evaluation share.
struct Task
{
  const SampleTree& Tree;
  const GaussianKernel& Kernel;
  const FieldView& Fields;
  Normalization Norm;
  exact::ActiveKernel Compacted;
  exact::MomentSet Set;
  double LogTolerance;
};

std::vector<Query> SortedQueries(
  const PointsRef& points, const GaussianKernel& kernel, const ActiveVector& cell)
{
  const Axes& axes = kernel.ActiveAxes();
  std::vector<Query> queries(static_cast<std::size_t>(points.cols()));
  for (Index i = 0; i < points.cols(); ++i)
  {
    Query& query = queries[static_cast<std::size_t>(i)];
    query.Entry = i;
    for (int a = 0; a < axes.Count; ++a)
    {
      const auto entry = static_cast<std::size_t>(a);
      query.Point[entry] = points(axes.Axis[a], i);
      query.Cell[entry] = std::floor(query.Point[entry] / cell[entry]);
      query.Far = query.Far || !(std::abs(query.Cell[entry]) < FarAway);
    }
    query.Cell = query.Far ? query.Point : query.Cell;
  }
  std::sort(queries.begin(), queries.end(),
    [](const Query& one, const Query& two)
    { return std::tie(one.Far, one.Cell, one.Entry) < std::tie(two.Far, two.Cell, two.Entry); });
  return queries;
}

/// Runs of at most MostQueries queries of one cell; where each begins, and the end of the last.
std::vector<Index> Pieces(const std::vector<Query>& queries)
{
  std::vector<Index> begins;
  const auto count = static_cast<Index>(queries.size());
  for (Index i = 0; i < count; ++i)
  {
    const auto at = static_cast<std::size_t>(i);
    if (i == 0 || i - begins.back() == MostQueries || !SameCell(queries[at], queries[at - 1]))
    {
      begins.push_back(i);
    }
  }
  begins.push_back(count);
  return begins;
}

/// Sums for pieces one after another; one per thread.
class PieceSums
{
public:
  explicit PieceSums(const Task& task)
    : Shared(task)
  {
  }

  /// Queries that lie in the box around centre.
  void Evaluate(
    const Query* begin, const Query* end, const ActiveVector& centre, const ActiveVector& half)
  {
    exact::SplitPoint at;
    at.Value = centre;
    LocalFrame frame = exact::FindFrame(this->Shared.Tree, this->Shared.Compacted, at);
    exact::SetExtent(frame, this->Shared.Compacted, half);
    double moments[MostQueries][exact::MaximumMoments] = {};
    const bool narrow = exact::VisitNearby(this->Shared.Tree, frame, this->Shared.Compacted,
      this->Shared.LogTolerance, this->Search,
      [this, begin, end, &centre, &moments](const Chunk& chunk)
      {
        for (const Query* query = begin; query < end; ++query)
        {
          exact::AddAtPoint(
            chunk, this->Shared.Set, Offset(*query, centre), moments[query - begin]);
        }
      });
    if (!narrow)
    {
      this->Halve(begin, end, centre, half);
      return;
    }
    for (const Query* query = begin; query < end; ++query)
    {
      Write(this->Shared.Fields, query->Entry,
        exact::FromMoments(this->Shared.Kernel, this->Shared.Compacted, frame,
          Offset(*query, centre), this->Shared.Set, moments[query - begin]),
        this->Shared.Norm.LogDensityFactor, this->Shared.Norm.LogMeanWeight);
    }
  }

private:
  static ActiveVector Offset(const Query& query, const ActiveVector& centre)
  {
    ActiveVector offset{};
    for (std::size_t a = 0; a < 3; ++a)
    {
      offset[a] = query.Point[a] - centre[a];
    }
    return offset;
  }

  /// Evaluates in both halves of the box along the side that is longest in bandwidths.
  void Halve(
    const Query* begin, const Query* end, const ActiveVector& centre, const ActiveVector& half)
  {
    const auto& root = this->Shared.Compacted.Root;
    std::size_t widest = 0;
    for (std::size_t a = 1; a < 3; ++a)
    {
      widest = root[a][a] * half[a] > root[widest][widest] * half[widest] ? a : widest;
    }
    std::vector<Query> sorted(begin, end);
    const auto middle = std::stable_partition(sorted.begin(), sorted.end(),
      [widest, &centre](const Query& query) { return query.Point[widest] < centre[widest]; });
    const Index lower = middle - sorted.begin();
    ActiveVector smaller = half;
    smaller[widest] *= 0.5;
    ActiveVector low = centre;
    low[widest] -= smaller[widest];
    ActiveVector high = centre;
    high[widest] += smaller[widest];
    if (lower > 0)
    {
      this->Evaluate(sorted.data(), sorted.data() + lower, low, smaller);
    }
    if (lower < static_cast<Index>(sorted.size()))
    {
      this->Evaluate(sorted.data() + lower, sorted.data() + sorted.size(), high, smaller);
    }
  }

  const Task& Shared;
  exact::NearbySearch Search;
};

ActiveVector CellOf(const GaussianKernel& kernel)
{
  ActiveVector cell{ { 1.0, 1.0, 1.0 } };
  for (int a = 0; a < kernel.Dimension(); ++a)
  {
    cell[static_cast<std::size_t>(a)] =
      CellSize * kernel.AxisBandwidths()[kernel.ActiveAxes().Axis[a]];
  }
  return cell;
}
}

CellSums::CellSums(std::shared_ptr<const Samples> samples, const GaussianKernel& kernel)
  : Cloud(std::move(samples))
  , Tree(*this->Cloud, kernel.ActiveAxes(), kernel.AxisBandwidths(), exact::LeafSize)
{
}

void CellSums::Evaluate(const GaussianKernel& kernel, const PointsRef& points, double tolerance,
  const FieldView& fields, const Execution& execution) const
{
  const auto count = static_cast<double>(std::max<Index>(this->Tree.Count(), 1));
  const Task task{ this->Tree, kernel, fields, Normalization::Of(*this->Cloud, kernel),
    exact::ActiveKernel(kernel), exact::MomentSet(kernel.Dimension(), fields),
    std::log(tolerance) };
  if (this->Tree.Count() == 0)
  {
    for (Index i = 0; i < points.cols(); ++i)
    {
      Write(fields, i, PointValues(), task.Norm.LogDensityFactor, task.Norm.LogMeanWeight);
    }
    return;
  }
  const ActiveVector cell = CellOf(kernel);
  const std::vector<Query> queries = SortedQueries(points, kernel, cell);
  const std::vector<Index> begins = Pieces(queries);
  const auto pieces = static_cast<Index>(begins.size()) - 1;
  exact::RunPieces(pieces, static_cast<double>(points.cols()) * count, execution,
    [&task, &queries, &begins, &cell](
      Index begin, Index end, const std::function<Index(Index)>& order)
    {
      PieceSums sums(task);
      for (Index k = begin; k < end; ++k)
      {
        const auto piece = static_cast<std::size_t>(order(k));
        const Query* const first = queries.data() + begins[piece];
        ActiveVector centre = first->Point;
        ActiveVector half{};
        for (std::size_t a = 0; a < 3 && !first->Far; ++a)
        {
          const bool active = a < static_cast<std::size_t>(task.Compacted.Dimension);
          centre[a] = active ? (first->Cell[a] + 0.5) * cell[a] : 0.0;
          half[a] = active ? 0.5 * cell[a] : 0.0;
        }
        sums.Evaluate(first, queries.data() + begins[piece + 1], centre, half);
      }
    });
}
}
