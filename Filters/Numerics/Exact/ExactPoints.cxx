// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Exact/ExactSum.h"

#include "Numerics/Exact/ExactProblem.h"
#include "Numerics/Exact/NearbySamples.h"
#include "Numerics/Exact/PointSum.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <sstream>
#include <stdexcept>
#include <vector>

namespace scorefields
{
std::vector<Index> WantedEntries(Index count, const unsigned char* wanted)
{
  std::vector<Index> entries;
  for (Index entry = 0; entry < count; ++entry)
  {
    if (!wanted || wanted[entry])
    {
      entries.push_back(entry);
    }
  }
  return entries;
}

namespace exact
{
namespace
{
constexpr Index NoSample = -1;    ///< LocalFrame::Position
constexpr Index MostQueries = 64; ///< in one group
constexpr Index QueryLeaf = 8;
constexpr double GroupReach = 1.0; ///< from a group's centre, in bandwidths

/// Which samples each query leaves out, and what that changes.
struct Exclusions
{
  bool Any = false;
  std::vector<Index> Begin;    ///< of sample i: where its positions begin; one more at the end
  std::vector<Index> Position; ///< in the tree, ascending; none of a sample whose weight is 0
  Eigen::VectorXd LogFactor;   ///< see LeaveOneOutFactors

  Exclusions(const Samples& samples, const Problem& problem, const ExactOptions& options)
    : Any(options.LeaveOneOut)
  {
    if (!this->Any)
    {
      return;
    }
    const Samples& originals = options.Originals ? *options.Originals : samples;
    const std::vector<Index>& order = problem.Tree.OriginalIndex();
    const auto ownerOf = [&options, &order](std::size_t k)
    {
      const auto sample = static_cast<std::size_t>(order[k]);
      return static_cast<std::size_t>(options.Owner ? (*options.Owner)[sample] : order[k]);
    };
    this->Begin.assign(static_cast<std::size_t>(originals.Count()) + 1, 0);
    this->Position.resize(order.size());
    for (std::size_t k = 0; k < order.size(); ++k)
    {
      ++this->Begin[ownerOf(k) + 1];
    }
    std::partial_sum(this->Begin.begin(), this->Begin.end(), this->Begin.begin());
    std::vector<Index> next = this->Begin;
    for (std::size_t k = 0; k < order.size(); ++k)
    {
      this->Position[static_cast<std::size_t>(next[ownerOf(k)]++)] = static_cast<Index>(k);
    }
    this->LogFactor = LeaveOneOutFactors(originals, problem.Kernel);
  }

  Excluded Of(Index query) const
  {
    if (!this->Any)
    {
      return {};
    }
    const auto sample = static_cast<std::size_t>(query);
    return { this->Position.data() + this->Begin[sample],
      this->Begin[sample + 1] - this->Begin[sample] };
  }
};

/// Groups of queries close to each other: boxes of a tree over the queries.
std::vector<Index> Groups(const SampleTree& queries, const ActiveKernel& kernel)
{
  std::vector<Index> groups;
  std::vector<Index> pending;
  if (queries.Count() > 0)
  {
    pending.push_back(0);
  }
  while (!pending.empty())
  {
    const Index number = pending.back();
    pending.pop_back();
    const SampleTree::Box& box = queries.Boxes()[static_cast<std::size_t>(number)];
    LocalFrame frame;
    ActiveVector half{};
    for (std::size_t a = 0; a < 3; ++a)
    {
      half[a] = 0.5 * (box.High[a] - box.Low[a]);
    }
    SetExtent(frame, kernel, half);
    const double reach = *std::max_element(frame.Reach.begin(), frame.Reach.end());
    if (box.Child == 0 || (box.Count() <= MostQueries && reach <= GroupReach))
    {
      groups.push_back(number);
      continue;
    }
    pending.push_back(box.Child + 1);
    pending.push_back(box.Child);
  }
  return groups;
}

/// Evaluates groups of queries one after another; one per thread.
class GroupEvaluator
{
public:
  GroupEvaluator(const Problem& problem, const SampleTree& queries,
    const std::vector<Index>& entries, const Exclusions& exclusions)
    : Shared(problem)
    , Queries(queries)
    , Entries(entries)
    , Excluding(exclusions)
  {
  }

  /// The queries [begin, end) in the order of their tree.
  void Evaluate(Index begin, Index end)
  {
    const Excluded single = end - begin == 1 ? this->ExcludedBy(begin) : Excluded();
    SplitPoint centre;
    ActiveVector half{};
    this->Bound(begin, end, centre.Value, half);
    LocalFrame frame = FindFrame(this->Shared.Tree, this->Shared.Compacted, centre, single);
    if (frame.Position == NoSample)
    {
      this->WriteQuery(begin, PointValues());
      return;
    }
    SetExtent(frame, this->Shared.Compacted, half);
    double moments[MostQueries][MaximumMoments];
    if (!this->Sum(begin, end, centre.Value, frame, moments))
    {
      const Index middle = begin + (end - begin) / 2;
      this->Evaluate(begin, middle);
      this->Evaluate(middle, end);
      return;
    }
    for (Index query = begin; query < end; ++query)
    {
      if (end - begin > 1 && this->ExcludedBy(query).Has(frame.Position))
      {
        // The sums are at least 1 thanks to the reference sample, which this query leaves out.
        this->Evaluate(query, query + 1);
        continue;
      }
      this->WriteQuery(query,
        FromMoments(this->Shared.Kernel, this->Shared.Compacted, frame,
          this->Offset(query, centre.Value), this->Shared.Set, moments[query - begin]));
    }
  }

private:
  /// The number of a query among all, wanted or not.
  Index EntryOf(Index query) const
  {
    const Index wanted = this->Queries.OriginalIndex()[static_cast<std::size_t>(query)];
    return this->Entries[static_cast<std::size_t>(wanted)];
  }

  Excluded ExcludedBy(Index query) const { return this->Excluding.Of(this->EntryOf(query)); }

  void Bound(Index begin, Index end, ActiveVector& centre, ActiveVector& half) const
  {
    for (int a = 0; a < this->Queries.Dimension(); ++a)
    {
      const double* x = this->Queries.Coordinates(a);
      const auto range = std::minmax_element(x + begin, x + end);
      const auto entry = static_cast<std::size_t>(a);
      centre[entry] = *range.first + 0.5 * (*range.second - *range.first);
      half[entry] = std::max(*range.second - centre[entry], centre[entry] - *range.first);
    }
  }

  ActiveVector Offset(Index query, const ActiveVector& centre) const
  {
    ActiveVector offset{};
    for (int a = 0; a < this->Queries.Dimension(); ++a)
    {
      const auto entry = static_cast<std::size_t>(a);
      offset[entry] = this->Queries.Coordinates(a)[query] - centre[entry];
    }
    return offset;
  }

  bool Sum(Index begin, Index end, const ActiveVector& centre, const LocalFrame& frame,
    double (&moments)[MostQueries][MaximumMoments])
  {
    std::fill(&moments[0][0], &moments[0][0] + (end - begin) * MaximumMoments, 0.0);
    return VisitNearby(this->Shared.Tree, frame, this->Shared.Compacted, this->Shared.LogTolerance,
      this->Search,
      [this, begin, end, &centre, &moments](Chunk& chunk)
      {
        for (Index query = begin; query < end; ++query)
        {
          const Chunk::Mask mask(chunk, this->ExcludedBy(query));
          AddAtPoint(chunk, this->Shared.Set, this->Offset(query, centre), moments[query - begin]);
        }
      });
  }

  void WriteQuery(Index query, const PointValues& values) const
  {
    const Index entry = this->EntryOf(query);
    const double logFactor =
      this->Excluding.Any ? this->Excluding.LogFactor[entry] : this->Shared.Norm.LogDensityFactor;
    Write(this->Shared.Fields, entry, values, logFactor, this->Shared.Norm.LogMeanWeight);
  }

  const Problem& Shared;
  const SampleTree& Queries;
  const std::vector<Index>& Entries;
  const Exclusions& Excluding;
  NearbySearch Search;
};

void RequireASamplePerQuery(const Samples& samples, const PointsRef& queries)
{
  if (queries.cols() > samples.Count())
  {
    std::ostringstream message;
    message << "LeaveOneOut is on with " << queries.cols() << " query points and "
            << samples.Count() << " samples; each query must be one of the samples";
    throw std::invalid_argument(message.str());
  }
}
}

void EvaluateAtPoints(const Samples& samples, const GaussianKernel& kernel,
  const PointsRef& queries, const FieldView& fields, const ExactOptions& options,
  const Execution& execution)
{
  if (options.LeaveOneOut)
  {
    RequireASamplePerQuery(options.Originals ? *options.Originals : samples, queries);
  }
  const Problem problem(samples, kernel, fields, options, execution);
  const Exclusions exclusions(samples, problem, options);
  const std::vector<Index> entries = WantedEntries(queries.cols(), options.Wanted);
  if (problem.Tree.Count() == 0)
  {
    for (const Index entry : entries)
    {
      problem.WriteEntry(entry, PointValues());
    }
    return;
  }
  const SampleTree queryTree(Samples::Unweighted(queries(Eigen::all, entries)), kernel.ActiveAxes(),
    kernel.AxisBandwidths(), QueryLeaf, execution);
  const std::vector<Index> groups = Groups(queryTree, problem.Compacted);
  const double terms = static_cast<double>(entries.size()) * static_cast<double>(samples.Count());
  RunPieces(static_cast<Index>(groups.size()), terms, execution,
    [&problem, &queryTree, &entries, &exclusions, &groups](
      Index begin, Index end, const std::function<Index(Index)>& order)
    {
      GroupEvaluator evaluator(problem, queryTree, entries, exclusions);
      for (Index k = begin; k < end; ++k)
      {
        const Index group = groups[static_cast<std::size_t>(order(k))];
        const SampleTree::Box& box = queryTree.Boxes()[static_cast<std::size_t>(group)];
        evaluator.Evaluate(box.Begin, box.End);
      }
    });
}
}
}
