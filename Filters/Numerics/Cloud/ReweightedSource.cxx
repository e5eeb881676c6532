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
}
