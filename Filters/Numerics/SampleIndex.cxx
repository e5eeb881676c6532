// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/SampleIndex.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace scorefields
{
SampleIndex::SampleIndex(
  const Samples& samples, const Axes& axes, const Eigen::Vector3d& lengths, Index leafSize)
  : Dimensions(axes.Count)
  , LeafSize(leafSize)
{
  std::vector<Entry> entries = this->Collect(samples, axes);
  if (!entries.empty())
  {
    std::array<double, 3> units{ { 1.0, 1.0, 1.0 } };
    for (int a = 0; a < axes.Count; ++a)
    {
      units[static_cast<std::size_t>(a)] = lengths[axes.Axis[a]];
    }
    Box root;
    root.End = static_cast<Index>(entries.size());
    this->AllBoxes.push_back(root);
    for (std::size_t box = 0; box < this->AllBoxes.size(); ++box)
    {
      this->Split(static_cast<Index>(box), entries, units);
    }
  }
  this->Store(samples, entries);
  this->BoundWeights();
}

double SampleIndex::Bytes() const
{
  const std::size_t perPoint =
    static_cast<std::size_t>(this->Dimensions + 1) * sizeof(double) + sizeof(Index);
  return static_cast<double>(perPoint * this->Order.size() + sizeof(Box) * this->AllBoxes.size());
}

std::vector<SampleIndex::Entry> SampleIndex::Collect(const Samples& samples, const Axes& axes) const
{
  std::vector<Entry> entries;
  entries.reserve(static_cast<std::size_t>(samples.Count()));
  for (Index i = 0; i < samples.Count(); ++i)
  {
    if (samples.Weight(i) > 0.0)
    {
      Entry entry{ {}, i };
      for (int a = 0; a < axes.Count; ++a)
      {
        entry.Point[static_cast<std::size_t>(a)] = samples.Points(axes.Axis[a], i);
      }
      entries.push_back(entry);
    }
  }
  return entries;
}

void SampleIndex::Bound(Box& box, const std::vector<Entry>& entries) const
{
  for (std::size_t a = 0; a < static_cast<std::size_t>(this->Dimensions); ++a)
  {
    double low = std::numeric_limits<double>::infinity();
    double high = -std::numeric_limits<double>::infinity();
    for (Index k = box.Begin; k < box.End; ++k)
    {
      low = std::min(low, entries[static_cast<std::size_t>(k)].Point[a]);
      high = std::max(high, entries[static_cast<std::size_t>(k)].Point[a]);
    }
    box.Low[a] = low;
    box.High[a] = high;
  }
}

void SampleIndex::Split(
  Index box, std::vector<Entry>& entries, const std::array<double, 3>& lengths)
{
  Box& parent = this->AllBoxes[static_cast<std::size_t>(box)];
  this->Bound(parent, entries);
  if (parent.Count() <= this->LeafSize)
  {
    return;
  }
  std::size_t widest = 0;
  for (std::size_t a = 1; a < static_cast<std::size_t>(this->Dimensions); ++a)
  {
    const double side = (parent.High[a] - parent.Low[a]) / lengths[a];
    widest = side > (parent.High[widest] - parent.Low[widest]) / lengths[widest] ? a : widest;
  }
  const Index middle = parent.Begin + parent.Count() / 2;
  // Equal coordinates are told apart by their number: the tree depends on the data alone.
  const auto less = [widest](const Entry& one, const Entry& two)
  {
    const double x = one.Point[widest];
    const double y = two.Point[widest];
    return x < y || (x == y && one.Number < two.Number);
  };
  std::nth_element(
    entries.begin() + parent.Begin, entries.begin() + middle, entries.begin() + parent.End, less);
  Box left;
  left.Begin = parent.Begin;
  left.End = middle;
  Box right;
  right.Begin = middle;
  right.End = parent.End;
  parent.Child = static_cast<Index>(this->AllBoxes.size());
  this->AllBoxes.push_back(left);
  this->AllBoxes.push_back(right);
}

void SampleIndex::Store(const Samples& samples, const std::vector<Entry>& entries)
{
  for (std::size_t a = 0; a < static_cast<std::size_t>(this->Dimensions); ++a)
  {
    this->Points[a].reserve(entries.size());
    for (const Entry& entry : entries)
    {
      this->Points[a].push_back(entry.Point[a]);
    }
  }
  this->Order.reserve(entries.size());
  this->LogWeight.reserve(entries.size());
  for (const Entry& entry : entries)
  {
    this->Order.push_back(entry.Number);
    this->LogWeight.push_back(
      samples.Weights.size() == 0 ? 0.0 : std::log(samples.Weight(entry.Number)));
  }
}

void SampleIndex::BoundWeights()
{
  for (std::size_t box = this->AllBoxes.size(); box-- > 0;) // children come after their parents
  {
    Box& here = this->AllBoxes[box];
    if (here.Child == 0)
    {
      here.LogWeight =
        *std::max_element(this->LogWeight.begin() + here.Begin, this->LogWeight.begin() + here.End);
      continue;
    }
    const auto child = static_cast<std::size_t>(here.Child);
    here.LogWeight = std::max(this->AllBoxes[child].LogWeight, this->AllBoxes[child + 1].LogWeight);
  }
}
}
