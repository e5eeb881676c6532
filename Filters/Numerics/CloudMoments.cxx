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

namespace
{
/// Sums of w, w^2, w x and the bounds; the weights are divided by `scale` before they are squared,
/// so that the squares of tiny ones do not underflow.
void AddFirstMoments(const Samples& samples, const Eigen::Vector3d& centre, double scale,
  CloudMoments& moments, Eigen::Vector3d& shift)
{
  double total = 0.0;
  double squares = 0.0;
  double x = 0.0;
  double y = 0.0;
  double z = 0.0;
  for (Index i = 0; i < samples.Count(); ++i)
  {
    const double* point = samples.Points.data() + 3 * i;
    const double weight = samples.Weight(i) / scale;
    total += weight;
    squares += weight * weight;
    x += weight * (point[0] - centre[0]);
    y += weight * (point[1] - centre[1]);
    z += weight * (point[2] - centre[2]);
  }
  moments.TotalWeight = scale * total;
  moments.SquaredWeights = scale * (squares * scale);
  shift = total > 0.0 ? Eigen::Vector3d(Eigen::Vector3d(x, y, z) / total) : Eigen::Vector3d::Zero();
}

Eigen::Matrix3d ScatterOf(const Samples& samples, const Eigen::Vector3d& mean)
{
  std::array<double, 6> sums{};
  for (Index i = 0; i < samples.Count(); ++i)
  {
    const double* point = samples.Points.data() + 3 * i;
    const double weight = samples.Weight(i);
    const double x = point[0] - mean[0];
    const double y = point[1] - mean[1];
    const double z = point[2] - mean[2];
    sums[0] += weight * x * x;
    sums[1] += weight * y * y;
    sums[2] += weight * z * z;
    sums[3] += weight * x * y;
    sums[4] += weight * y * z;
    sums[5] += weight * x * z;
  }
  return ToMatrix(Eigen::Map<const SymmetricTensor>(sums.data()));
}

void FindBounds(const Samples& samples, CloudMoments& moments)
{
  double* lower = moments.Lower.data();
  double* upper = moments.Upper.data();
  for (Index i = 0; i < samples.Count(); ++i)
  {
    const double* point = samples.Points.data() + 3 * i;
    for (int axis = 0; axis < 3; ++axis)
    {
      lower[axis] = std::min(lower[axis], point[axis]);
      upper[axis] = std::max(upper[axis], point[axis]);
    }
  }
}
}

CloudMoments MomentsOf(const Samples& samples)
{
  CloudMoments moments;
  if (samples.Count() == 0)
  {
    return moments;
  }
  moments.Count = static_cast<double>(samples.Count());
  FindBounds(samples, moments);
  const Eigen::Vector3d centre = 0.5 * moments.Lower + 0.5 * moments.Upper;
  const double largest = samples.Weights.size() == 0 ? 1.0 : samples.Weights.maxCoeff();
  Eigen::Vector3d shift = Eigen::Vector3d::Zero();
  AddFirstMoments(samples, centre, largest > 0.0 ? largest : 1.0, moments, shift);
  moments.Mean = centre + shift;
  moments.Scatter = ScatterOf(samples, moments.Mean);
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
