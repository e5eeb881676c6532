// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Cloud/SampleSource.h"

#include "support/RandomPoints.h"

#include <gtest/gtest.h>

namespace scorefields
{
namespace
{
/// Entries of which only those with an even number count; not stored as one matrix.
class EvenSource : public SampleSource
{
public:
  explicit EvenSource(Samples samples)
    : All(std::move(samples))
  {
  }
  Index EntryCount() const override { return this->All.Count(); }
  bool IsWeighted() const override { return this->All.Weights.size() > 0; }
  SampleBatch Read(Index begin, Index end, Storage& storage) const override
  {
    storage.Points.clear();
    storage.Weights.clear();
    for (Index i = begin + begin % 2; i < end; i += 2)
    {
      storage.Points.insert(
        storage.Points.end(), this->All.Points.col(i).data(), this->All.Points.col(i).data() + 3);
      storage.Weights.push_back(this->All.Weight(i));
    }
    SampleBatch batch;
    batch.Points = storage.Points.data();
    batch.Weights = this->IsWeighted() ? storage.Weights.data() : nullptr;
    batch.Count = static_cast<Index>(storage.Weights.size());
    return batch;
  }

private:
  Samples All;
};
}

// Oracle: definition. Batches of stored samples lie in their memory and cover it once, in order.
TEST(SampleSource, StoredSamplesAreReadWhereTheyAre)
{
  const Index n = 2 * SampleSource::BatchLength + 5;
  const Samples samples =
    Samples::Weighted(RandomPoints(n, 3), RandomPoints(n, 4).row(0).array() + 1.0);
  const StoredSamples source(samples);
  SampleSource::Storage storage;
  Index next = 0;
  ForEachBatch(source, 0, n, storage,
    [&](const SampleBatch& batch)
    {
      EXPECT_LE(batch.Count, SampleSource::BatchLength);
      EXPECT_EQ(batch.Points, samples.Points.data() + 3 * next);
      EXPECT_EQ(batch.Weight(0), samples.Weight(next));
      EXPECT_EQ(batch.NotFinite, 0);
      next += batch.Count;
    });
  EXPECT_EQ(next, n);
  Samples unused;
  EXPECT_EQ(&InMemory(source, unused), &samples);
  EXPECT_EQ(source.Stored(), &samples);
}

// Oracle: definition. Samples that are not stored come together in order, with their total weight;
// entries that do not count are left out.
TEST(SampleSource, InMemoryHasWhatCounts)
{
  const Index n = SampleSource::BatchLength + 11;
  for (const bool weighted : { false, true })
  {
    Samples samples = Samples::Unweighted(RandomPoints(n, 5));
    if (weighted)
    {
      samples = Samples::Weighted(samples.Points, Eigen::VectorXd::LinSpaced(n, 1.0, 2.0));
    }
    const EvenSource source(samples);
    Samples storage;
    const Samples& read = InMemory(source, storage);
    EXPECT_EQ(&read, &storage);
    ASSERT_EQ(read.Count(), (n + 1) / 2);
    double total = 0.0;
    for (Index i = 0; i < read.Count(); ++i)
    {
      ASSERT_EQ(Eigen::Vector3d(read.Points.col(i)), Eigen::Vector3d(samples.Points.col(2 * i)));
      ASSERT_EQ(read.Weight(i), samples.Weight(2 * i));
      total += samples.Weight(2 * i);
    }
    EXPECT_NEAR(read.TotalWeight, total, 1e-12 * total); // n roundings
  }
}
}
