// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Difference/JoinedSource.h"

namespace scorefields
{
namespace
{
void Append(const SampleBatch& batch, bool weighted, SampleSource::Storage& storage)
{
  storage.Points.insert(storage.Points.end(), batch.Points, batch.Points + 3 * batch.Count);
  for (Index i = 0; weighted && i < batch.Count; ++i)
  {
    storage.Weights.push_back(batch.Weight(i));
  }
}

/// What makes the sum of the weights the effective number of samples.
double ScaleOf(const CloudMoments& moments)
{
  return moments.EffectiveCount() / moments.TotalWeight;
}

CloudMoments Scaled(CloudMoments moments)
{
  const double scale = ScaleOf(moments);
  moments.TotalWeight *= scale;
  moments.SquaredWeights *= scale * scale;
  moments.Scatter *= scale;
  return moments;
}
}

bool CloudPart::CountsSamples() const
{
  return this->Moments.TotalWeight == this->Moments.Count && !HasUnequalWeights(this->Moments);
}

SampleBatch JoinedSource::Read(Index begin, Index end, Storage& storage) const
{
  const Index border = this->First.EntryCount();
  if (end <= border && this->First.IsWeighted() == this->IsWeighted())
  {
    return this->First.Read(begin, end, storage);
  }
  if (begin >= border && this->Second.IsWeighted() == this->IsWeighted())
  {
    return this->Second.Read(begin - border, end - border, storage);
  }
  Storage own;
  storage.Points.clear();
  storage.Weights.clear();
  SampleBatch joined;
  const auto append = [&](const SampleSource& source, Index from, Index to)
  {
    if (from < to)
    {
      const SampleBatch batch = source.Read(from, to, own);
      Append(batch, this->IsWeighted(), storage);
      joined.Count += batch.Count;
      joined.NotFinite += batch.NotFinite;
    }
  };
  append(this->First, begin, std::min(end, border));
  append(this->Second, std::max(begin, border) - border, end - border);
  joined.Points = storage.Points.data();
  joined.Weights = this->IsWeighted() ? storage.Weights.data() : nullptr;
  return joined;
}

PooledCloud::PooledCloud(const CloudPart& a, const CloudPart& b)
  : Plain(a.CountsSamples() && b.CountsSamples())
  , A(a.Source, WeightPower::One, ScaleOf(a.Moments))
  , B(b.Source, WeightPower::One, ScaleOf(b.Moments))
  , Scaled(this->A, this->B)
  , Counted(a.Source, b.Source)
  , All(this->Plain ? Merge(a.Moments, b.Moments)
                    : Merge(scorefields::Scaled(a.Moments), scorefields::Scaled(b.Moments)))
{
}

const SampleSource& PooledCloud::Source() const
{
  return this->Plain ? this->Counted : this->Scaled;
}
}
