// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Cloud/ReweightedSource.h"

namespace scorefields
{
SampleBatch ReweightedSource::Read(Index begin, Index end, Storage& storage) const
{
  Storage own;
  SampleBatch batch = this->Source.Read(begin, end, own);
  storage.Points.assign(batch.Points, batch.Points + 3 * batch.Count);
  storage.Weights.resize(static_cast<std::size_t>(batch.Count));
  for (Index i = 0; i < batch.Count; ++i)
  {
    const double weight = batch.Weight(i);
    storage.Weights[static_cast<std::size_t>(i)] =
      this->Factor * (this->Power == WeightPower::Two ? weight * weight : weight);
  }
  batch.Points = storage.Points.data();
  batch.Weights = storage.Weights.data();
  return batch;
}

bool HasUnequalWeights(const CloudMoments& moments)
{
  constexpr double rounding = 1e-12;
  return moments.EffectiveCount() < moments.Count * (1.0 - rounding);
}

CloudMoments SquaredMoments(
  const SampleSource& source, const CloudMoments& moments, double factor, const Exchange& parts)
{
  double fourth = 0.0;
  SampleSource::Storage storage;
  ForEachBatch(source, 0, source.EntryCount(), storage,
    [&](const SampleBatch& batch)
    {
      for (Index i = 0; i < batch.Count; ++i)
      {
        const double square = factor * batch.Weight(i) * batch.Weight(i);
        fourth += square * square;
      }
    });
  parts.Sum(&fourth, 1);
  CloudMoments squared = moments;
  squared.TotalWeight = factor * moments.SquaredWeights;
  squared.SquaredWeights = fourth;
  squared.Scatter *= squared.TotalWeight / moments.TotalWeight;
  return squared;
}
}
