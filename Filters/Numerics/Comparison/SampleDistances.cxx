// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Comparison/SampleDistances.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace scorefields
{
namespace
{
constexpr Index Bins = 4096;

/// A direction, and its share of the mean over all.
struct Direction
{
  Eigen::Vector3d Unit;
  double Share;
};

/// Nodes and weights of the rule of Gauss and Legendre in [0, 1], by Newton's method.
std::vector<Eigen::Vector2d> GaussLegendre(int count)
{
  std::vector<Eigen::Vector2d> rule;
  for (int i = 0; i < count; ++i)
  {
    double x = std::cos(Pi * (i + 0.75) / (count + 0.5));
    double slope = 1.0;
    for (int round = 0; round < 20; ++round)
    {
      double before = 1.0;
      double value = x;
      for (int k = 2; k <= count; ++k)
      {
        const double next = ((2.0 * k - 1.0) * x * value - (k - 1.0) * before) / k;
        before = value;
        value = next;
      }
      slope = count * (x * value - before) / (x * x - 1.0);
      x -= value / slope;
    }
    rule.emplace_back(0.5 * (1.0 + x), 1.0 / ((1.0 - x * x) * slope * slope));
  }
  return rule;
}

std::vector<Direction> DirectionsOf(const Axes& axes)
{
  const auto along = [&axes](double a, double b, double c)
  {
    Eigen::Vector3d unit = Eigen::Vector3d::Zero();
    const double parts[3] = { a, b, c };
    for (int axis = 0; axis < axes.Count; ++axis)
    {
      unit[axes.Axis[axis]] = parts[axis];
    }
    return unit;
  };
  std::vector<Direction> directions;
  if (axes.Count == 1)
  {
    directions.push_back({ along(1.0, 0.0, 0.0), 1.0 });
  }
  if (axes.Count == 2)
  {
    constexpr int count = 128;
    for (int i = 0; i < count; ++i)
    {
      const double angle = Pi * (i + 0.5) / count;
      directions.push_back({ along(std::cos(angle), std::sin(angle), 0.0), 1.0 / count });
    }
  }
  if (axes.Count == 3)
  {
    constexpr int rings = 8;
    constexpr int around = 32;
    for (const Eigen::Vector2d& node : GaussLegendre(rings))
    {
      const double radius = std::sqrt(1.0 - node[0] * node[0]);
      for (int i = 0; i < around; ++i)
      {
        const double angle = 2.0 * Pi * (i + 0.5) / around;
        directions.push_back(
          { along(radius * std::cos(angle), radius * std::sin(angle), node[0]), node[1] / around });
      }
    }
  }
  return directions;
}

/// Adds the shares of the places, times a factor, to the bins that their projections lie in.
void Deposit(const WeightedPlaces& places, const Eigen::Vector3d& unit, double first, double width,
  double factor, std::vector<double>& bins)
{
  for (Index i = 0; i < places.Points.cols(); ++i)
  {
    const double place = (unit.dot(places.Points.col(i)) - first) / width;
    const auto bin = std::clamp<Index>(static_cast<Index>(place), 0, Bins - 2);
    const double share = factor * places.Shares[i];
    const double right = share * (place - static_cast<double>(bin));
    bins[static_cast<std::size_t>(bin)] += share - right;
    bins[static_cast<std::size_t>(bin) + 1] += right;
  }
}

/// Where the projections of all places lie, from the box around them.
class Range
{
public:
  Range(const WeightedPlaces& one, const WeightedPlaces& other)
  {
    const Eigen::Vector3d lower =
      one.Points.rowwise().minCoeff().cwiseMin(other.Points.rowwise().minCoeff());
    const Eigen::Vector3d upper =
      one.Points.rowwise().maxCoeff().cwiseMax(other.Points.rowwise().maxCoeff());
    this->Centre = 0.5 * (lower + upper);
    this->Half = 0.5 * (upper - lower);
  }
  /// The range along a direction is [-reach, reach] around the centre.
  double Reach(const Eigen::Vector3d& unit) const { return unit.cwiseAbs().dot(this->Half); }
  double Middle(const Eigen::Vector3d& unit) const { return unit.dot(this->Centre); }

private:
  Eigen::Vector3d Centre;
  Eigen::Vector3d Half;
};

/// 2 integral (F - G)^2 of the projections.
double AlongDirection(const WeightedPlaces& one, const WeightedPlaces& other, const Range& range,
  const Eigen::Vector3d& unit)
{
  const double first = range.Middle(unit) - range.Reach(unit);
  const double width = 2.0 * range.Reach(unit) / static_cast<double>(Bins - 1);
  if (!(width > 0.0))
  {
    return 0.0;
  }
  std::vector<double> bins(static_cast<std::size_t>(Bins), 0.0);
  Deposit(one, unit, first, width, 1.0, bins);
  Deposit(other, unit, first, width, -1.0, bins);
  double difference = 0.0;
  double sum = 0.0;
  for (const double bin : bins)
  {
    difference += bin;
    sum += difference * difference;
  }
  return 2.0 * width * sum;
}
}

double EnergyDistance(const WeightedPlaces& one, const WeightedPlaces& other, const Axes& axes,
  const Execution& execution)
{
  const std::vector<Direction> directions = DirectionsOf(axes);
  const Range range(one, other);
  Eigen::VectorXd parts = Eigen::VectorXd::Zero(static_cast<Index>(directions.size()));
  constexpr Index batch = 16;
  execution.ForInBatches(parts.size(), batch,
    [&](Index begin, Index end)
    {
      for (Index i = begin; i < end; ++i)
      {
        const Direction& direction = directions[static_cast<std::size_t>(i)];
        parts[i] = direction.Share * AlongDirection(one, other, range, direction.Unit);
      }
    });
  const double factors[3] = { 1.0, 0.5 * Pi, 2.0 };
  return std::sqrt(factors[axes.Count - 1] * parts.sum());
}

double KernelSteinDiscrepancy(const WeightedPlaces& samples, const Eigen::Matrix3Xd& score,
  double c, int dimension, const Execution& execution)
{
  const Index n = samples.Points.cols();
  const auto term = [&](Index i, Index j)
  {
    const Eigen::Vector3d r = samples.Points.col(i) - samples.Points.col(j);
    const double squared = r.squaredNorm();
    const double inverse = 1.0 / (c * c + squared);
    const double root = std::sqrt(inverse);
    return root *
      (score.col(i).dot(score.col(j)) +
        inverse *
          ((score.col(i) - score.col(j)).dot(r) + static_cast<double>(dimension) -
            3.0 * squared * inverse));
  };
  Eigen::VectorXd rows = Eigen::VectorXd::Zero(n);
  constexpr Index batch = 512;
  execution.ForInBatches(n, batch,
    [&](Index begin, Index end)
    {
      for (Index i = begin; i < end; ++i)
      {
        double sum = 0.5 * samples.Shares[i] * term(i, i);
        for (Index j = 0; j < i; ++j)
        {
          sum += samples.Shares[j] * term(i, j);
        }
        rows[i] = 2.0 * samples.Shares[i] * sum;
      }
    });
  return std::sqrt(std::max(0.0, rows.sum()));
}
}
