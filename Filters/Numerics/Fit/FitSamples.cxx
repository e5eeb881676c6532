// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Fit/FitSamples.h"

#include "Numerics/Base/Random.h"

#include <algorithm>
#include <cmath>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace scorefields
{
namespace
{
/// Steps of the random streams, so that the draws of one seed differ.
constexpr std::uint32_t ThinningStep = 0xffffff00U;

std::vector<Index> Weighted(const Samples& samples)
{
  std::vector<Index> numbers;
  for (Index i = 0; i < samples.Count(); ++i)
  {
    if (samples.Weight(i) > 0.0)
    {
      numbers.push_back(i);
    }
  }
  return numbers;
}

void Thin(std::vector<Index>& numbers, Index most, std::uint64_t seed)
{
  const auto count = static_cast<Index>(numbers.size());
  if (count <= most)
  {
    return;
  }
  std::vector<Index> order = RandomOrder(count, seed, ThinningStep);
  order.resize(static_cast<std::size_t>(most));
  std::sort(order.begin(), order.end());
  std::transform(order.begin(), order.end(), order.begin(),
    [&](Index place) { return numbers[static_cast<std::size_t>(place)]; });
  numbers = std::move(order);
}

FitFrame FrameOf(const Samples& samples, const Axes& axes, bool axisScale)
{
  const CloudMoments moments = MomentsOf(samples);
  const Eigen::VectorXd variances = axes.PartOf(moments.Scatter).diagonal() / moments.TotalWeight;
  FitFrame frame;
  frame.Active = axes;
  frame.Rest = moments.Mean;
  frame.Origin.resize(axes.Count);
  for (int a = 0; a < axes.Count; ++a)
  {
    frame.Origin[a] = moments.Mean[axes.Axis[a]];
  }
  frame.Scale = axisScale ? variances.cwiseSqrt().eval()
                          : Eigen::VectorXd::Constant(axes.Count, std::sqrt(variances.mean()));
  if (!(frame.Scale.minCoeff() > 0.0))
  {
    throw std::invalid_argument("Input has " + std::to_string(samples.Count()) +
      " points that do not differ along an axis of the fit; set Dimension to the number of axes "
      "along which they do");
  }
  return frame;
}
}

Eigen::MatrixXd FitFrame::Enter(const Eigen::Matrix3Xd& points) const
{
  Eigen::MatrixXd inside(this->Active.Count, points.cols());
  for (int a = 0; a < this->Active.Count; ++a)
  {
    inside.row(a) = (points.row(this->Active.Axis[a]).array() - this->Origin[a]) / this->Scale[a];
  }
  return inside;
}

Eigen::Matrix3Xd FitFrame::LeaveScore(const Eigen::MatrixXd& score) const
{
  Eigen::Matrix3Xd outside = Eigen::Matrix3Xd::Zero(3, score.cols());
  for (int a = 0; a < this->Active.Count; ++a)
  {
    outside.row(this->Active.Axis[a]) = score.row(a) / this->Scale[a];
  }
  return outside;
}

Eigen::Matrix3Xd WithThreeRows(const Eigen::MatrixXd& points)
{
  Eigen::Matrix3Xd all = Eigen::Matrix3Xd::Zero(3, points.cols());
  all.topRows(points.rows()) = points;
  return all;
}

FitSamples FitSamples::Subset(const std::vector<Index>& numbers) const
{
  FitSamples subset{ this->Frame, Eigen::MatrixXd(this->Dimension(), numbers.size()),
    Eigen::VectorXd(numbers.size()), this->Noise };
  for (std::size_t i = 0; i < numbers.size(); ++i)
  {
    subset.Points.col(static_cast<Index>(i)) = this->Points.col(numbers[i]);
    subset.Shares[static_cast<Index>(i)] = this->Shares[numbers[i]];
  }
  subset.Shares /= subset.Shares.sum();
  return subset;
}

FitSamples MakeFitSamples(const Samples& samples, const Axes& axes, double noise, bool axisScale,
  Index most, std::uint64_t seed)
{
  std::vector<Index> numbers = Weighted(samples);
  if (numbers.size() < 2)
  {
    std::ostringstream message;
    message << "Input has " << numbers.size()
            << " points with a weight; a model is fitted to two or more";
    throw std::invalid_argument(message.str());
  }
  Thin(numbers, most, seed);
  Eigen::Matrix3Xd points(3, numbers.size());
  Eigen::VectorXd weights(numbers.size());
  for (std::size_t i = 0; i < numbers.size(); ++i)
  {
    points.col(static_cast<Index>(i)) = samples.Points.col(numbers[i]);
    weights[static_cast<Index>(i)] = samples.Weight(numbers[i]);
  }
  FitSamples result;
  result.Frame = FrameOf(Samples::Weighted(points, weights), axes, axisScale);
  result.Points = result.Frame.Enter(points);
  result.Shares = weights / weights.sum();
  result.Noise = noise * result.Frame.Scale.cwiseInverse();
  return result;
}

std::vector<Index> RandomOrder(Index n, std::uint64_t seed, std::uint32_t step)
{
  std::vector<std::pair<double, Index>> keys;
  keys.reserve(static_cast<std::size_t>(n));
  for (Index i = 0; i < n; ++i)
  {
    keys.emplace_back(RandomStream(seed, static_cast<std::uint64_t>(i), step).Uniform(), i);
  }
  std::sort(keys.begin(), keys.end());
  std::vector<Index> order;
  order.reserve(keys.size());
  for (const auto& key : keys)
  {
    order.push_back(key.second);
  }
  return order;
}
}
