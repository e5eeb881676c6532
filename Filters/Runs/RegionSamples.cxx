// SPDX-License-Identifier: BSD-3-Clause
#include "Runs/RegionSamples.h"

#include "Input/PointQueries.h"
#include "Pipeline/Communicator.h"

#include "Numerics/Regions/DensityAtPlaces.h"

#include <vtkDataSet.h>

#include <cmath>
#include <limits>

namespace vtkscorefields
{
namespace
{
using scorefields::Index;

/// Below all densities.
constexpr double Absent = -1.0;

/// The densities at the points of all ranks; Absent where no rank's part of the image has one.
std::vector<double> DensitiesAt(const Eigen::Matrix3Xd& points,
  const scorefields::RegionField& field, const WholeNodes& place, const Communicator& ranks)
{
  std::vector<double> densities(static_cast<std::size_t>(points.cols()));
  for (Index i = 0; i < points.cols(); ++i)
  {
    const double density = scorefields::DensityAt(field, place.PlaceOf(points.col(i)));
    densities[static_cast<std::size_t>(i)] = std::isnan(density) ? Absent : density;
  }
  ranks.Maximum(densities.data(), static_cast<vtkIdType>(densities.size()));
  return densities;
}

/// How many points the ranks before this one have.
Index PointsBefore(Index mine, const Communicator& ranks)
{
  std::vector<double> counts{ static_cast<double>(mine) };
  ranks.Gather(counts);
  Index before = 0;
  for (int rank = 0; rank < ranks.Rank(); ++rank)
  {
    before += static_cast<Index>(counts[static_cast<std::size_t>(rank)]);
  }
  return before;
}
}

SampleDensities ReadDensities(const Cloud& cloud, const std::vector<vtkDataSet*>& blocks,
  const scorefields::RegionField& field, const WholeNodes& place, const Communicator& ranks)
{
  SampleDensities found;
  const scorefields::Samples samples = ranks.Gather(cloud.Samples);
  const std::vector<double> ofSamples = DensitiesAt(samples.Points, field, place, ranks);
  for (Index i = 0; i < samples.Count(); ++i)
  {
    const double density = ofSamples[static_cast<std::size_t>(i)];
    found.Samples.emplace_back(density == Absent ? 0.0 : density, samples.Weight(i));
    found.Outside += density == Absent ? 1.0 : 0.0;
  }
  const PointQueries queries = QueriesOf(blocks);
  const Index before = PointsBefore(queries.Points.cols(), ranks);
  const scorefields::Samples all = ranks.Gather(scorefields::Samples::Unweighted(queries.Points));
  const std::vector<double> ofPoints = DensitiesAt(all.Points, field, place, ranks);
  for (const std::vector<Index>& columns : queries.Columns)
  {
    std::vector<double>& ofBlock = found.Points.emplace_back();
    for (const Index column : columns)
    {
      const double density = column < 0 ? 0.0 : ofPoints[static_cast<std::size_t>(before + column)];
      ofBlock.push_back(column < 0 ? std::numeric_limits<double>::quiet_NaN()
          : density == Absent      ? 0.0
                                   : density);
    }
  }
  return found;
}
}
