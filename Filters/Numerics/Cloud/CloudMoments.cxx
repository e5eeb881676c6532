// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Cloud/CloudMoments.h"

#include <algorithm>
#include <array>
#include <vector>

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
/// Batches whose moments one thread merges before it goes on.
constexpr Index PieceBatches = 4;

/// Sums of w, w^2, w x; the weights are divided by `scale` before they are squared, so that the
/// squares of tiny ones do not underflow.
void AddFirstMoments(const SampleBatch& batch, const Eigen::Vector3d& centre, double scale,
  CloudMoments& moments, Eigen::Vector3d& shift)
{
  double total = 0.0;
  double squares = 0.0;
  double x = 0.0;
  double y = 0.0;
  double z = 0.0;
  for (Index i = 0; i < batch.Count; ++i)
  {
    const double* point = batch.Points + 3 * i;
    const double weight = batch.Weight(i) / scale;
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

Eigen::Matrix3d ScatterOf(const SampleBatch& batch, const Eigen::Vector3d& mean)
{
  std::array<double, 6> sums{};
  for (Index i = 0; i < batch.Count; ++i)
  {
    const double* point = batch.Points + 3 * i;
    const double weight = batch.Weight(i);
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

void FindBounds(const SampleBatch& batch, CloudMoments& moments)
{
  std::array<double, 3> lower{ { moments.Lower[0], moments.Lower[1], moments.Lower[2] } };
  std::array<double, 3> upper{ { moments.Upper[0], moments.Upper[1], moments.Upper[2] } };
  for (Index i = 0; i < batch.Count; ++i)
  {
    const double* point = batch.Points + 3 * i;
    for (std::size_t axis = 0; axis < 3; ++axis)
    {
      lower[axis] = std::min(lower[axis], point[axis]);
      upper[axis] = std::max(upper[axis], point[axis]);
    }
  }
  moments.Lower = Eigen::Map<const Eigen::Vector3d>(lower.data());
  moments.Upper = Eigen::Map<const Eigen::Vector3d>(upper.data());
}

double PositiveWeights(const SampleBatch& batch)
{
  const auto positive = [](double weight) { return weight > 0.0; };
  const double* const weights = batch.Weights;
  return static_cast<double>(
    weights ? std::count_if(weights, weights + batch.Count, positive) : batch.Count);
}

CloudSurvey SurveyOf(const SampleBatch& batch)
{
  CloudSurvey survey;
  survey.NotFinite = static_cast<double>(batch.NotFinite);
  if (batch.Count == 0)
  {
    return survey;
  }
  double largest = 1.0;
  survey.LeastWeight = 1.0;
  if (batch.Weights != nullptr)
  {
    const auto ends = std::minmax_element(batch.Weights, batch.Weights + batch.Count);
    survey.LeastWeight = *ends.first;
    largest = *ends.second > 0.0 ? *ends.second : 1.0;
  }
  CloudMoments& moments = survey.Moments;
  moments.Count = PositiveWeights(batch);
  FindBounds(batch, moments);
  const Eigen::Vector3d centre = 0.5 * moments.Lower + 0.5 * moments.Upper;
  Eigen::Vector3d shift = Eigen::Vector3d::Zero();
  AddFirstMoments(batch, centre, largest, moments, shift);
  moments.Mean = centre + shift;
  moments.Scatter = ScatterOf(batch, moments.Mean);
  return survey;
}

void Add(const CloudSurvey& part, CloudSurvey& whole)
{
  whole.Moments = Merge(whole.Moments, part.Moments);
  whole.NotFinite += part.NotFinite;
  whole.LeastWeight = std::min(whole.LeastWeight, part.LeastWeight);
}
}

CloudSurvey Survey(const SampleSource& source, const Execution& execution)
{
  constexpr Index pieceLength = PieceBatches * SampleSource::BatchLength;
  const Index entries = source.EntryCount();
  std::vector<CloudSurvey> pieces(
    static_cast<std::size_t>((entries + pieceLength - 1) / pieceLength));
  execution.For(static_cast<Index>(pieces.size()),
    [&](Index begin, Index end)
    {
      SampleSource::Storage storage;
      for (Index piece = begin; piece < end; ++piece)
      {
        const Index last = std::min(entries, (piece + 1) * pieceLength);
        ForEachBatch(source, piece * pieceLength, last, storage,
          [&](const SampleBatch& batch)
          { Add(SurveyOf(batch), pieces[static_cast<std::size_t>(piece)]); });
      }
    });
  CloudSurvey survey;
  for (const CloudSurvey& piece : pieces)
  {
    Add(piece, survey);
  }
  return survey;
}

CloudMoments MomentsOf(const Samples& samples, const Execution& execution)
{
  return Survey(StoredSamples(samples), execution).Moments;
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
