// SPDX-License-Identifier: BSD-3-Clause
#ifndef Cloud_ReweightedSource_h
#define Cloud_ReweightedSource_h

#include "Numerics/Cloud/CloudMoments.h"

namespace scorefields
{
enum class WeightPower
{
  One,
  Two
};

/// A cloud with its weights, or their squares, times a factor.
class ReweightedSource : public SampleSource
{
public:
  /// @param source  must outlive this object.
  ReweightedSource(const SampleSource& source, WeightPower power, double factor)
    : Source(source)
    , Power(power)
    , Factor(factor)
  {
  }
  Index EntryCount() const override { return this->Source.EntryCount(); }
  bool IsWeighted() const override { return true; }
  SampleBatch Read(Index begin, Index end, Storage& storage) const override;

private:
  const SampleSource& Source;
  WeightPower Power;
  double Factor;
};

/// True if the samples do not all weigh the same.
bool HasUnequalWeights(const CloudMoments& moments);

/// The moments of a cloud whose weights are squared and multiplied by a factor. The mean and the
/// covariance stay those of the cloud. Collective over the parts. Cost: one pass.
/// @param source   this part of the cloud. @param moments  of the whole.
CloudMoments SquaredMoments(
  const SampleSource& source, const CloudMoments& moments, double factor, const Exchange& parts);
}

#endif
