// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Modes/MixtureModes.h"

#include "Numerics/Flow/Ascent.h"
#include "Numerics/Flow/MixtureFamily.h"
#include "Numerics/Mixture/MixtureField.h"
#include "Numerics/Modes/LocalMaxima.h"

#include <Eigen/Eigenvalues>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace scorefields
{
namespace
{
constexpr double MostNodes = 1048576.0;
constexpr Index MostSteps = 500;
constexpr double DistinctDistance = 1e-6; // in shortest lengths; modes closer than this are one

/// The shortest and the longest standard deviation of any component.
struct Lengths
{
  double Shortest = std::numeric_limits<double>::infinity();
  double Longest = 0.0;
};

Lengths LengthsOf(const Mixture& mixture)
{
  const Axes& axes = mixture.ActiveAxes();
  Lengths lengths;
  for (Index k = 0; k < mixture.Count(); ++k)
  {
    const Eigen::MatrixXd covariance = axes.PartOf(mixture.Component(k).Covariance);
    const Eigen::VectorXd variances =
      Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(covariance, Eigen::EigenvaluesOnly)
        .eigenvalues();
    lengths.Shortest = std::min(lengths.Shortest, std::sqrt(variances.minCoeff()));
    lengths.Longest = std::max(lengths.Longest, std::sqrt(variances.maxCoeff()));
  }
  return lengths;
}

Grid SearchGridOf(const Mixture& mixture, const Lengths& lengths)
{
  const Axes& axes = mixture.ActiveAxes();
  Eigen::Vector3d lower = mixture.Component(0).Mean;
  Eigen::Vector3d upper = lower;
  for (Index k = 1; k < mixture.Count(); ++k)
  {
    lower = lower.cwiseMin(mixture.Component(k).Mean);
    upper = upper.cwiseMax(mixture.Component(k).Mean);
  }
  Grid grid;
  grid.Origin = lower;
  const double most = std::floor(std::pow(MostNodes, 1.0 / axes.Count));
  for (int a = 0; a < axes.Count; ++a)
  {
    const int axis = axes.Axis[a];
    const double extent = upper[axis] - lower[axis] + 2.0 * lengths.Longest;
    const double cells = std::min(std::ceil(2.0 * extent / lengths.Shortest), most);
    grid.Origin[axis] -= lengths.Longest;
    grid.Spacing[axis] = extent / cells;
    grid.Dimensions[axis] = static_cast<Index>(cells) + 1;
  }
  return grid;
}

std::vector<Mode> ModesAboutZero(const Mixture& mixture, const Execution& execution)
{
  const Lengths lengths = LengthsOf(mixture);
  const Grid grid = SearchGridOf(mixture, lengths);
  Eigen::VectorXd logDensity(grid.Size());
  FieldView fields;
  fields.LogDensity = logDensity.data();
  EvaluateMixture(mixture, grid, fields, execution);
  const std::vector<Index> peaks =
    LocalMaxima(grid, logDensity.data(), -std::numeric_limits<double>::infinity());
  Eigen::Matrix3Xd starts(3, mixture.Count() + static_cast<Index>(peaks.size()));
  Index column = 0;
  for (Index k = 0; k < mixture.Count(); ++k)
  {
    starts.col(column++) = mixture.Component(k).Mean;
  }
  for (const Index node : peaks)
  {
    starts.col(column++) = grid.Node(node);
  }
  const StepMetric unit(
    mixture.ActiveAxes(), lengths.Shortest * lengths.Shortest * Eigen::Matrix3d::Identity());
  const FlowState ends = AscendFrom(MixtureDensity(mixture), unit, AscentOptions::ToModes(),
    MostSteps, std::move(starts), execution);
  return DistinctModes(ModesAt(ends), unit, DistinctDistance);
}
}

std::vector<Mode> ModesOf(const Mixture& mixture, const Execution& execution)
{
  // About the mean, so that the modes' places are found to rounding of the mixture's size.
  const Eigen::Vector3d mean = mixture.Mean();
  std::vector<MixtureComponent> components;
  for (Index k = 0; k < mixture.Count(); ++k)
  {
    components.push_back(mixture.Component(k));
    components.back().Mean -= mean;
  }
  std::vector<Mode> modes =
    ModesAboutZero(Mixture(mixture.ActiveAxes(), std::move(components)), execution);
  for (Mode& mode : modes)
  {
    mode.Position += mean;
  }
  return modes;
}

std::optional<double> CriticalBandwidth(const Mixture& mixture, const GaussianKernel& shape,
  Index count, BandwidthBracket bracket, const Execution& execution)
{
  const auto more = [&](double bandwidth)
  {
    execution.Checkpoint(0.0);
    const Mixture smoothed = mixture.Smoothed(shape.WithBandwidth(bandwidth).Covariance());
    return static_cast<Index>(ModesOf(smoothed, execution).size()) > count;
  };
  if (!more(bracket.Least) || more(bracket.Largest))
  {
    return std::nullopt;
  }
  while (bracket.Largest - bracket.Least > bracket.RelativeError * bracket.Largest)
  {
    const double middle = 0.5 * (bracket.Least + bracket.Largest);
    (more(middle) ? bracket.Least : bracket.Largest) = middle;
  }
  return 0.5 * (bracket.Least + bracket.Largest);
}
}
