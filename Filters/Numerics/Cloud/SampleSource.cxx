// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Cloud/SampleSource.h"

namespace scorefields
{
SampleBatch StoredSamples::Read(Index begin, Index end, Storage& /*storage*/) const
{
  SampleBatch run;
  run.Points = this->All.Points.data() + 3 * begin;
  run.Weights = this->IsWeighted() ? this->All.Weights.data() + begin : nullptr;
  run.Count = end - begin;
  return run;
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
    [&samples, &count](const SampleBatch& run)
    {
      std::copy(run.Points, run.Points + 3 * run.Count, samples.Points.data() + 3 * count);
      if (run.Weights != nullptr)
      {
        std::copy(run.Weights, run.Weights + run.Count, samples.Weights.data() + count);
      }
      count += run.Count;
    });
  samples.Points.conservativeResize(3, count);
  samples.Weights.conservativeResize(source.IsWeighted() ? count : 0);
  samples.TotalWeight = source.IsWeighted() ? samples.Weights.sum() : static_cast<double>(count);
  return samples;
}
}
