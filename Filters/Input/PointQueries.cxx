// SPDX-License-Identifier: BSD-3-Clause
#include "Input/PointQueries.h"

#include "Input/SampleReader.h"
#include "Pipeline/Adaptor.h"

#include <vtkDataSet.h>

#include <algorithm>
#include <utility>

namespace vtkscorefields
{
using scorefields::Index;

namespace
{
constexpr Index None = -1;

/// A point that the cloud skips, and the column that it gets.
struct SkippedPoint
{
  Eigen::Vector3d Place;
  Index Block;
  Index Point;
  Index Column = None;
};

bool IsBefore(const SkippedPoint& one, const SkippedPoint& other)
{
  return std::lexicographical_compare(
    one.Place.data(), one.Place.data() + 3, other.Place.data(), other.Place.data() + 3);
}

/// Columns of the samples that the blocks count, in their order; the skipped points are returned,
/// ordered by their places.
std::vector<SkippedPoint> ColumnsOfSamples(const std::vector<vtkDataSet*>& blocks,
  const std::string& weightArray, std::vector<std::vector<Index>>& columns)
{
  std::vector<SkippedPoint> skipped;
  Index count = 0;
  for (std::size_t b = 0; b < blocks.size(); ++b)
  {
    std::vector<Index>& ofBlock = columns.emplace_back();
    for (const PointUse use : UseOfPoints(blocks[b], weightArray))
    {
      const auto point = static_cast<Index>(ofBlock.size());
      ofBlock.push_back(use == PointUse::Counted ? count++ : None);
      Eigen::Vector3d place;
      blocks[b]->GetPoint(point, place.data());
      if (use == PointUse::Skipped && place.allFinite())
      {
        skipped.push_back({ place, static_cast<Index>(b), point });
      }
    }
  }
  std::sort(skipped.begin(), skipped.end(), IsBefore);
  return skipped;
}

void Swap(scorefields::Samples& samples, Index one, Index other)
{
  samples.Points.col(one).swap(samples.Points.col(other));
  if (samples.Weights.size() > 0)
  {
    std::swap(samples.Weights[one], samples.Weights[other]);
  }
}

/// Gives the skipped points the samples at their places. Those of others come after the own ones.
/// @returns how many columns there are then.
Index FindSamples(std::vector<SkippedPoint>& skipped, Index own, scorefields::Samples& samples)
{
  Index next = own;
  for (Index sample = 0; !skipped.empty() && sample < samples.Count(); ++sample)
  {
    const SkippedPoint wanted{ samples.Points.col(sample), 0, 0 };
    const auto [first, last] = std::equal_range(skipped.begin(), skipped.end(), wanted, IsBefore);
    if (first == last || first->Column != None)
    {
      continue;
    }
    const Index column = sample < own ? sample : next++;
    Swap(samples, sample, column);
    std::for_each(first, last, [column](SkippedPoint& point) { point.Column = column; });
  }
  return next;
}
}

PointQueries QueriesOf(const std::vector<vtkDataSet*>& blocks)
{
  PointQueries queries;
  Index count = 0;
  for (vtkDataSet* block : blocks)
  {
    std::vector<Index>& columns = queries.Columns.emplace_back();
    const Eigen::Matrix3Xd points = PointsOf(block);
    queries.Points.conservativeResize(3, count + points.cols());
    for (Index i = 0; i < points.cols(); ++i)
    {
      const bool finite = points.col(i).allFinite();
      columns.push_back(finite ? count : None);
      queries.Points.col(count) = points.col(i);
      count += finite ? 1 : 0;
    }
  }
  queries.Points.conservativeResize(3, count);
  return queries;
}

PointQueries LeaveOneOutQueries(const std::vector<vtkDataSet*>& blocks,
  const std::string& weightArray, Index own, scorefields::Samples& samples)
{
  PointQueries queries;
  std::vector<SkippedPoint> skipped = ColumnsOfSamples(blocks, weightArray, queries.Columns);
  queries.LeftOut = FindSamples(skipped, own, samples);
  Index count = queries.LeftOut;
  for (SkippedPoint& point : skipped)
  {
    point.Column = point.Column == None ? count++ : point.Column;
    queries.Columns[static_cast<std::size_t>(point.Block)][static_cast<std::size_t>(point.Point)] =
      point.Column;
  }
  queries.Points.resize(3, count);
  queries.Points.leftCols(queries.LeftOut) = samples.Points.leftCols(queries.LeftOut);
  for (const SkippedPoint& point : skipped)
  {
    queries.Points.col(point.Column) = point.Place;
  }
  return queries;
}
}
