// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Exact/SampleTree.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace scorefields
{
SampleTree::SampleTree(const Samples& samples, const Axes& axes, const Eigen::Vector3d& lengths,
  Index leafSize, const Execution& execution)
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
    for (std::size_t box = 0; box < this->AllBoxes.size();)
    {
      box = this->Split(box, entries, units, execution);
    }
  }
  this->Store(samples, entries, execution);
  this->BoundWeights();
}

double SampleTree::Bytes() const
{
  const std::size_t perPoint =
    static_cast<std::size_t>(this->Dimensions + 1) * sizeof(double) + sizeof(Index);
  return static_cast<double>(perPoint * this->Order.size() + sizeof(Box) * this->AllBoxes.size());
}

std::vector<SampleTree::Entry> SampleTree::Collect(const Samples& samples, const Axes& axes) const
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

void SampleTree::Bound(Box& box, const std::vector<Entry>& entries) const
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

// Bounds the box and moves its points so that the first half of them makes one child.
// Returns how many there are in that half; 0 if the box stays a leaf.
Index SampleTree::Divide(
  Box& box, std::vector<Entry>& entries, const std::array<double, 3>& lengths) const
{
  this->Bound(box, entries);
  if (box.Count() <= this->LeafSize)
  {
    return 0;
  }
  std::size_t widest = 0;
  for (std::size_t a = 1; a < static_cast<std::size_t>(this->Dimensions); ++a)
  {
    const double side = (box.High[a] - box.Low[a]) / lengths[a];
    widest = side > (box.High[widest] - box.Low[widest]) / lengths[widest] ? a : widest;
  }
  // Equal coordinates are told apart by their number: the tree depends on the data alone.
  const auto less = [widest](const Entry& one, const Entry& two)
  {
    const double x = one.Point[widest];
    const double y = two.Point[widest];
    return x < y || (x == y && one.Number < two.Number);
  };
  const Index first = box.Count() / 2;
  const auto begin = entries.begin() + box.Begin;
  std::nth_element(begin, begin + first, entries.begin() + box.End, less);
  return first;
}

// Splits the boxes from firstBox on, one level of the tree; returns where the next one begins.
std::size_t SampleTree::Split(std::size_t firstBox, std::vector<Entry>& entries,
  const std::array<double, 3>& lengths, const Execution& execution)
{
  const std::size_t level = this->AllBoxes.size() - firstBox;
  std::vector<Index> halves(level);
  execution.For(static_cast<Index>(level),
    [&](Index begin, Index end)
    {
      for (Index k = begin; k < end; ++k)
      {
        const auto place = static_cast<std::size_t>(k);
        halves[place] = this->Divide(this->AllBoxes[firstBox + place], entries, lengths);
      }
    });
  for (std::size_t k = 0; k < level; ++k)
  {
    if (halves[k] > 0)
    {
      Box left;
      Box right;
      Box& parent = this->AllBoxes[firstBox + k];
      left.Begin = parent.Begin;
      left.End = parent.Begin + halves[k];
      right.Begin = left.End;
      right.End = parent.End;
      parent.Child = static_cast<Index>(this->AllBoxes.size());
      this->AllBoxes.push_back(left);
      this->AllBoxes.push_back(right);
    }
  }
  return firstBox + level;
}

void SampleTree::Store(
  const Samples& samples, const std::vector<Entry>& entries, const Execution& execution)
{
  for (std::size_t a = 0; a < static_cast<std::size_t>(this->Dimensions); ++a)
  {
    this->Points[a].resize(entries.size());
  }
  this->Order.resize(entries.size());
  this->LogWeight.resize(entries.size());
  execution.For(static_cast<Index>(entries.size()),
    [&](Index begin, Index end)
    {
      for (Index k = begin; k < end; ++k)
      {
        const auto place = static_cast<std::size_t>(k);
        const Entry& entry = entries[place];
        for (std::size_t a = 0; a < static_cast<std::size_t>(this->Dimensions); ++a)
        {
          this->Points[a][place] = entry.Point[a];
        }
        this->Order[place] = entry.Number;
        this->LogWeight[place] =
          samples.Weights.size() == 0 ? 0.0 : std::log(samples.Weight(entry.Number));
      }
    });
}

void SampleTree::BoundWeights()
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
