// SPDX-License-Identifier: BSD-3-Clause
#ifndef Difference_JoinedSource_h
#define Difference_JoinedSource_h

#include "Numerics/Cloud/CloudMoments.h"
#include "Numerics/Cloud/ReweightedSource.h"

namespace scorefields
{
/// This process's part of a cloud, and what is known of the whole.
struct CloudPart
{
  const SampleSource& Source;
  CloudMoments Moments;

  /// True if each sample weighs 1.
  bool CountsSamples() const;
};

/// The samples of one cloud, and then those of another.
class JoinedSource : public SampleSource
{
public:
  /// @param first, second  must outlive this object.
  JoinedSource(const SampleSource& first, const SampleSource& second)
    : First(first)
    , Second(second)
  {
  }
  Index EntryCount() const override { return this->First.EntryCount() + this->Second.EntryCount(); }
  bool IsWeighted() const override { return this->First.IsWeighted() || this->Second.IsWeighted(); }
  SampleBatch Read(Index begin, Index end, Storage& storage) const override;

private:
  const SampleSource& First;
  const SampleSource& Second;
};

/// Both clouds as one, in which each counts with its effective number of samples: what a rule for
/// the bandwidth of both works on.
class PooledCloud
{
public:
  /// @param a, b  their sources must outlive this object.
  PooledCloud(const CloudPart& a, const CloudPart& b);
  PooledCloud(const PooledCloud&) = delete;
  void operator=(const PooledCloud&) = delete;

  const SampleSource& Source() const;
  const CloudMoments& Moments() const { return this->All; }

private:
  bool Plain;
  ReweightedSource A;
  ReweightedSource B;
  JoinedSource Scaled;
  JoinedSource Counted;
  CloudMoments All;
};
}

#endif
