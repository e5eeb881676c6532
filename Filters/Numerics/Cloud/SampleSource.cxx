// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Cloud/SampleSource.h"

namespace scorefields
{
SampleBatch StoredSamples::Read(Index begin, Index end, Storage& /*storage*/) const
{
  SampleBatch batch;
  batch.Points = this->All.Points.data() + 3 * begin;
  batch.Weights = this->IsWeighted() ? this->All.Weights.data() + begin : nullptr;
  batch.Count = end - begin;
  return batch;
}

const Samples& InMemory(const SampleSource& source, Samples& samples)
{
  if (const Samples* stored = source.Stored())
  {
    return *stored;
  }
  const Index entries = source.EntryCount();
  samples.Points.resize(3, entries);
  samples.Weights.resize(source.IsWeighted() ? entries : 0);
  SampleSource::Storage storage;
  Index count = 0;
  ForEachBatch(source, 0, entries, storage,
    [&samples, &count](const SampleBatch& batch)
    {
      std::copy(batch.Points, batch.Points + 3 * batch.Count, samples.Points.data() + 3 * count);
      if (batch.Weights != nullptr)
      {
        std::copy(batch.Weights, batch.Weights + batch.Count, samples.Weights.data() + count);
      }
      count += batch.Count;
    });
  samples.Points.conservativeResize(3, count);
  samples.Weights.conservativeResize(source.IsWeighted() ? count : 0);
  samples.TotalWeight = source.IsWeighted() ? samples.Weights.sum() : static_cast<double>(count);
  return samples;
}
}
