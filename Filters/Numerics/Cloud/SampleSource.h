// SPDX-License-Identifier: BSD-3-Clause
#ifndef Cloud_SampleSource_h
#define Cloud_SampleSource_h

#include "Numerics/Base/Execution.h"
#include "Numerics/Base/Types.h"

#include <algorithm>
#include <vector>

namespace scorefields
{
/// A few samples side by side in memory, and what was left out between them.
struct SampleBatch
{
  const double* Points = nullptr;  ///< 3 coordinates each
  const double* Weights = nullptr; ///< null: all 1
  Index Count = 0;
  Index NotFinite = 0; ///< entries left out because a coordinate or their weight is not finite

  double Weight(Index i) const { return this->Weights == nullptr ? 1.0 : this->Weights[i]; }
};

/// A point cloud that is read a batch at a time, in whatever form it is stored: it need not be in
/// memory a second time as one matrix of doubles.
///
/// The cloud is a sequence of entries. Some may not count (repeated, hidden, not finite); a batch
/// has those that do, in their order.
class SampleSource
{
public:
  /// What Read may use to hold a batch; one per thread.
  struct Storage
  {
    std::vector<double> Points;
    std::vector<double> Weights;
  };

  /// Entries that are worth reading at once: a batch of them stays in a core's cache.
  static constexpr Index BatchLength = 4096;

  virtual ~SampleSource() = default;

  virtual Index EntryCount() const = 0;
  virtual bool IsWeighted() const = 0;
  /// The samples among the entries [begin, end), for which Storage is used unless they are in
  /// memory as they are. Threads may read at once.
  virtual SampleBatch Read(Index begin, Index end, Storage& storage) const = 0;
  /// All samples if they are in memory as one matrix, else null.
  virtual const Samples* Stored() const { return nullptr; }
};

/// Samples in memory.
class StoredSamples : public SampleSource
{
public:
  /// @param samples  must outlive this object.
  explicit StoredSamples(const Samples& samples)
    : All(samples)
  {
  }
  Index EntryCount() const override { return this->All.Count(); }
  bool IsWeighted() const override { return this->All.Weights.size() > 0; }
  SampleBatch Read(Index begin, Index end, Storage& storage) const override;
  const Samples* Stored() const override { return &this->All; }

private:
  const Samples& All;
};

/// All samples, in `storage` unless they are stored as one matrix. TotalWeight is the sum of their
/// weights. Cost: one pass.
const Samples& InMemory(const SampleSource& source, Samples& storage);

/// Calls consume(batch) for all batches of the entries [begin, end), in order.
template <class Consumer>
void ForEachBatch(const SampleSource& source, Index begin, Index end,
  SampleSource::Storage& storage, const Consumer& consume)
{
  for (Index first = begin; first < end; first += SampleSource::BatchLength)
  {
    consume(source.Read(first, std::min(end, first + SampleSource::BatchLength), storage));
  }
}
}

#endif
