// SPDX-License-Identifier: BSD-3-Clause
#include "Pipeline/SweepCache.h"

#include "Pipeline/Leaves.h"

#include <vtkDataSet.h>
#include <vtkImageData.h>

#include <algorithm>
#include <cstring>
#include <vector>

namespace vtkscorefields
{
namespace
{
constexpr double Kibibyte = 1024.0;

// A bijection of the hash, so one changed value always changes it.
std::uint64_t Mixed(std::uint64_t hash, std::uint64_t bits)
{
  hash = (hash ^ bits) * 0x9e3779b97f4a7c15ULL;
  return hash ^ (hash >> 32);
}

std::uint64_t Hashed(const double* values, scorefields::Index n, std::uint64_t hash)
{
  for (scorefields::Index i = 0; i < n; ++i)
  {
    std::uint64_t bits = 0;
    std::memcpy(&bits, values + i, sizeof bits);
    hash = Mixed(hash, bits);
  }
  return hash;
}
}

std::uint64_t FingerprintOf(
  const scorefields::SampleSource& source, const scorefields::Execution& execution)
{
  using scorefields::Index;
  constexpr Index length = scorefields::SampleSource::BatchLength;
  const Index entries = source.EntryCount();
  std::vector<std::uint64_t> hashes(static_cast<std::size_t>((entries + length - 1) / length));
  execution.For(static_cast<Index>(hashes.size()),
    [&](Index begin, Index end)
    {
      scorefields::SampleSource::Storage storage;
      for (Index piece = begin; piece < end; ++piece)
      {
        const scorefields::SampleBatch run =
          source.Read(piece * length, std::min(entries, (piece + 1) * length), storage);
        const std::uint64_t points = Hashed(run.Points, 3 * run.Count, 1);
        hashes[static_cast<std::size_t>(piece)] =
          run.Weights ? Hashed(run.Weights, run.Count, points) : points;
      }
    });
  std::uint64_t whole = static_cast<std::uint64_t>(entries);
  for (const std::uint64_t hash : hashes)
  {
    whole = Mixed(whole, hash);
  }
  return whole;
}

std::uint64_t StampOf(vtkDataObject* input)
{
  std::uint64_t stamp = 1;
  for (vtkDataSet* leaf : LeavesOf(input))
  {
    const std::uint64_t facts[2] = { reinterpret_cast<std::uintptr_t>(leaf),
      leaf ? leaf->GetMTime() : 0 };
    for (const std::uint64_t fact : facts)
    {
      stamp = Mixed(stamp, fact);
    }
  }
  return stamp;
}

bool SweepCache::IsAt(const State& state) const
{
  return state.Filter == this->Current.Filter && state.Extent == this->Current.Extent &&
    state.Stamp == this->Current.Stamp;
}

bool SweepCache::HasCloudOf(const State& state) const
{
  return state.Filter == this->Current.Filter && state.Extent == this->Current.Extent &&
    state.Cloud == this->Current.Cloud;
}

void SweepCache::Enter(const State& state)
{
  this->Clear();
  this->Current = state;
}

void SweepCache::Clear()
{
  this->Entries.clear();
  this->Bands.clear();
  this->Shape.reset();
  this->Current = State();
}

vtkImageData* SweepCache::Find(std::size_t step)
{
  const auto found = std::find_if(this->Entries.begin(), this->Entries.end(),
    [step](const Entry& entry) { return entry.Step == step; });
  if (found == this->Entries.end())
  {
    return nullptr;
  }
  this->Entries.splice(this->Entries.begin(), this->Entries, found);
  return this->Entries.front().Image;
}

void SweepCache::Keep(std::size_t step, vtkImageData* image, double budget)
{
  this->Entries.remove_if([step](const Entry& entry) { return entry.Step == step; });
  if (this->PreparedBytes() > budget)
  {
    this->Bands.clear();
  }
  const double rest = budget - this->PreparedBytes();
  const double bytes = Kibibyte * static_cast<double>(image->GetActualMemorySize());
  while (!this->Entries.empty() && this->ImageBytes() + bytes > rest)
  {
    this->Entries.pop_back();
  }
  if (bytes <= rest)
  {
    auto copy = vtkSmartPointer<vtkImageData>::New();
    copy->ShallowCopy(image);
    this->Entries.push_front({ step, copy, bytes });
  }
}

scorefields::EstimateReuse& SweepCache::Band(int band)
{
  scorefields::EstimateReuse& here = this->Bands[band];
  for (const auto& other : this->Bands)
  {
    here.Tree = here.Tree ? here.Tree : other.second.Tree;
    here.Stored = here.Stored ? here.Stored : other.second.Stored;
    here.LostWeight = here.LostWeight ? here.LostWeight : other.second.LostWeight;
  }
  return here;
}

double SweepCache::Bytes() const
{
  return this->PreparedBytes() + this->ImageBytes();
}

double SweepCache::PreparedBytes() const
{
  double tree = 0.0; // one for all bands
  double transforms = 0.0;
  for (const auto& band : this->Bands)
  {
    tree = std::max(tree, band.second.TreeBytes());
    transforms += band.second.TransformBytes();
  }
  return tree + transforms;
}

double SweepCache::ImageBytes() const
{
  double sum = 0.0;
  for (const Entry& entry : this->Entries)
  {
    sum += entry.Bytes;
  }
  return sum;
}
}
