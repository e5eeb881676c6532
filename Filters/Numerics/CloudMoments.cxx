// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/CloudMoments.h"

#include <algorithm>
#include <array>

namespace scorefields
{
double CloudMoments::EffectiveCount() const
{
  return this->SquaredWeights > 0.0 ? this->TotalWeight * (this->TotalWeight / this->SquaredWeights)
                                    : 0.0;
}

Eigen::Matrix3d CloudMoments::Covariance() const
{
  const double count = this->EffectiveCount();
  if (!(count > 1.0))
  {
    return Eigen::Matrix3d::Zero();
  }
  return this->Scatter / (this->TotalWeight * (1.0 - 1.0 / count));
}

CloudMoments MomentsOf(const Samples& samples)
{
  CloudMoments moments;
  const Index n = samples.Count();
  if (n == 0)
  {
    return moments;
  }
  moments.Count = static_cast<double>(n);
  moments.Lower = samples.Points.rowwise().minCoeff();
  moments.Upper = samples.Points.rowwise().maxCoeff();
  const Eigen::Vector3d centre = 0.5 * moments.Lower + 0.5 * moments.Upper;
  const Eigen::VectorXd weights =
    samples.Weights.size() == 0 ? Eigen::VectorXd::Ones(n) : samples.Weights;
  moments.TotalWeight = weights.sum();
  // Only the ratio matters; the scale keeps the squares of tiny weights from underflowing.
  const double largest = weights.maxCoeff();
  moments.SquaredWeights =
    largest > 0.0 ? largest * ((weights / largest).squaredNorm() * largest) : 0.0;
  if (!(moments.TotalWeight > 0.0))
  {
    moments.Mean = centre;
    return moments;
  }
  Eigen::Vector3d shift = Eigen::Vector3d::Zero();
  for (Index i = 0; i < n; ++i)
  {
    shift += weights[i] / moments.TotalWeight * (samples.Points.col(i) - centre);
  }
  moments.Mean = centre + shift;
  for (Index i = 0; i < n; ++i)
  {
    const Eigen::Vector3d offset = samples.Points.col(i) - moments.Mean;
    moments.Scatter.noalias() += weights[i] * offset * offset.transpose();
  }
  return moments;
}

CloudMoments Merge(const CloudMoments& first, const CloudMoments& second)
{
  CloudMoments merged;
  merged.Count = first.Count + second.Count;
  merged.TotalWeight = first.TotalWeight + second.TotalWeight;
  merged.SquaredWeights = first.SquaredWeights + second.SquaredWeights;
  merged.Lower = first.Lower.cwiseMin(second.Lower);
  merged.Upper = first.Upper.cwiseMax(second.Upper);
  if (!(merged.TotalWeight > 0.0))
  {
    merged.Mean = first.Count > 0.0 ? first.Mean : second.Mean;
    return merged;
  }
  const double share = second.TotalWeight / merged.TotalWeight;
  const Eigen::Vector3d offset = second.Mean - first.Mean;
  merged.Mean =
    first.TotalWeight > 0.0 ? Eigen::Vector3d(first.Mean + share * offset) : second.Mean;
  merged.Scatter =
    first.Scatter + second.Scatter + first.TotalWeight * share * offset * offset.transpose();
  return merged;
}

Axes AxesOf(const CloudMoments& moments, int dimension, const Axes& fallback)
{
  const Eigen::Vector3d extent =
    moments.Count > 0.0 ? Eigen::Vector3d(moments.Upper - moments.Lower) : Eigen::Vector3d::Zero();
  if (dimension == 0)
  {
    const bool anywhere = (extent.array() > 0.0).any();
    return anywhere ? Axes::FromFlags(extent[0] > 0.0, extent[1] > 0.0, extent[2] > 0.0) : fallback;
  }
  std::array<int, 3> order{ { 0, 1, 2 } };
  std::stable_sort(
    order.begin(), order.end(), [&extent](int a, int b) { return extent[a] > extent[b]; });
  std::array<bool, 3> flags{ { false, false, false } };
  for (int a = 0; a < std::min(dimension, 3); ++a)
  {
    flags[static_cast<std::size_t>(order[static_cast<std::size_t>(a)])] = true;
  }
  return Axes::FromFlags(flags[0], flags[1], flags[2]);
}
}
