// SPDX-License-Identifier: BSD-3-Clause
#include "Runs/SampleComparison.h"

#include "Numerics/Comparison/NodeInterpolation.h"
#include "Numerics/Comparison/SampleDistances.h"
#include "Numerics/Recovery/Lattice.h"

#include <cmath>
#include <sstream>

namespace vtkscorefields
{
namespace
{
using scorefields::Index;
using scorefields::WeightedPlaces;

/// The nodes of a density with the mass that each stands for (trapezoidal rule).
WeightedPlaces NodesOf(const WholeDensity& density)
{
  using scorefields::Boundary;
  const scorefields::Lattice lattice(
    density.Place.Nodes, { Boundary::Open, Boundary::Open, Boundary::Open });
  WeightedPlaces nodes{ Eigen::Matrix3Xd(3, lattice.Size()), Eigen::VectorXd(lattice.Size()) };
  Index count = 0;
  for (Index node = 0; node < lattice.Size(); ++node)
  {
    const double value = density.LogDensity[static_cast<std::size_t>(node)];
    const scorefields::Index3 place = lattice.PlaceOf(node);
    const double mass = std::isnan(value) ? 0.0 : std::exp(value) * lattice.Measure(place);
    if (mass > 0.0)
    {
      nodes.Points.col(count) = density.Place.Origin +
        density.Place.Direction * place.cast<double>().cwiseProduct(density.Place.Nodes.Spacing);
      nodes.Shares[count++] = mass;
    }
  }
  nodes.Points.conservativeResize(3, count);
  nodes.Shares.conservativeResize(count);
  nodes.Shares /= nodes.Shares.sum();
  return nodes;
}

WeightedPlaces PlacesOf(const scorefields::Samples& samples)
{
  WeightedPlaces places{ samples.Points, Eigen::VectorXd(samples.Count()) };
  for (Index i = 0; i < samples.Count(); ++i)
  {
    places.Shares[i] = samples.Weight(i);
  }
  places.Shares /= places.Shares.sum();
  return places;
}

scorefields::Axes AxesOf(const WholeNodes& nodes)
{
  const scorefields::Index3& n = nodes.Nodes.Dimensions;
  return scorefields::Axes::FromFlags(n[0] > 1, n[1] > 1, n[2] > 1);
}

/// The samples at which there is a score, with it.
struct Scored
{
  WeightedPlaces Places;
  Eigen::Matrix3Xd Score;
};

Scored ScoredSamples(const WeightedPlaces& samples, const WholeDensity& density)
{
  const scorefields::NodeInterpolation values(
    density.Place.Nodes.Dimensions, density.Score.data(), 3);
  Scored scored{ samples, Eigen::Matrix3Xd(3, samples.Points.cols()) };
  Index count = 0;
  for (Index i = 0; i < samples.Points.cols(); ++i)
  {
    Eigen::Vector3d score;
    const Eigen::Vector3d place = density.Place.PlaceOf(samples.Points.col(i));
    if (values.At(place, score.data()) && score.allFinite())
    {
      scored.Places.Points.col(count) = samples.Points.col(i);
      scored.Places.Shares[count] = samples.Shares[i];
      scored.Score.col(count++) = score;
    }
  }
  scored.Places.Points.conservativeResize(3, count);
  scored.Places.Shares.conservativeResize(count);
  scored.Score.conservativeResize(3, count);
  scored.Places.Shares /= scored.Places.Shares.sum();
  return scored;
}

/// Root of the mean variance along the axes.
double Spread(const WeightedPlaces& places, const scorefields::Axes& axes)
{
  const Eigen::Vector3d mean = places.Points * places.Shares;
  double sum = 0.0;
  for (int a = 0; a < axes.Count; ++a)
  {
    const auto offsets = places.Points.row(axes.Axis[a]).array() - mean[axes.Axis[a]];
    sum += offsets.square().matrix().dot(places.Shares);
  }
  return std::sqrt(sum / axes.Count);
}

/// The rows of one density.
void AddRows(const WeightedPlaces& samples, const WholeDensity& density, const char* energy,
  const char* stein, const scorefields::Execution& execution, SampleRows& rows)
{
  const auto axes = AxesOf(density.Place);
  const WeightedPlaces nodes = NodesOf(density);
  if (nodes.Points.cols() > 0)
  {
    rows.Rows.emplace_back(energy, scorefields::EnergyDistance(samples, nodes, axes, execution));
  }
  if (density.Score.empty())
  {
    return;
  }
  const Scored scored = ScoredSamples(samples, density);
  const double spread = scored.Score.cols() > 0 ? Spread(scored.Places, axes) : 0.0;
  if (spread > 0.0)
  {
    rows.Rows.emplace_back(stein,
      scorefields::KernelSteinDiscrepancy(
        scored.Places, scored.Score, spread, axes.Count, execution));
  }
  const Index left = samples.Points.cols() - scored.Score.cols();
  if (left > 0 && rows.Warning.empty())
  {
    std::ostringstream text;
    text << left << " of the samples lie where the images have no score, and are left out of the "
         << "kernel Stein discrepancy.";
    rows.Warning = text.str();
  }
}
}

SampleRows CompareSamples(const scorefields::Samples& samples, const WholeDensity& density,
  const WholeDensity& reference, const scorefields::Execution& execution)
{
  SampleRows rows;
  const WeightedPlaces places = PlacesOf(samples);
  AddRows(places, density, "Energy distance of the samples",
    "Kernel Stein discrepancy of the samples", execution, rows);
  AddRows(places, reference, "Energy distance of the samples from the reference",
    "Kernel Stein discrepancy of the samples from the reference", execution, rows);
  return rows;
}
}
