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
  for (Index i = 0; i < samples.Count(); ++i)
  {
    if (samples.Weight(i) > 0.0)
    {
      this->Order.push_back(i);
    }
  }
  if (!this->Order.empty())
  {
    Box root;
    root.End = this->Count();
    this->AllBoxes.push_back(root);
    for (Index box = 0; box < static_cast<Index>(this->AllBoxes.size()); ++box)
    {
      this->Split(box, samples, axes, lengths);
    }
  }
  this->CopyInOrder(samples, axes);
}

void SampleIndex::Bound(Box& box, const Samples& samples, const Axes& axes) const
{
  box.Low.fill(std::numeric_limits<double>::infinity());
  box.High.fill(-std::numeric_limits<double>::infinity());
  double weight = 0.0;
  for (Index k = box.Begin; k < box.End; ++k)
  {
    const Index i = this->Order[static_cast<std::size_t>(k)];
    for (int a = 0; a < this->Dimensions; ++a)
    {
      const double x = samples.Points(axes.Axis[a], i);
      const auto entry = static_cast<std::size_t>(a);
      box.Low[entry] = std::min(box.Low[entry], x);
      box.High[entry] = std::max(box.High[entry], x);
    }
    weight = std::max(weight, samples.Weight(i));
  }
  box.LogWeight = std::log(weight);
}

void SampleIndex::Split(
  Index box, const Samples& samples, const Axes& axes, const Eigen::Vector3d& lengths)
{
  Box& parent = this->AllBoxes[static_cast<std::size_t>(box)];
  this->Bound(parent, samples, axes);
  if (parent.Count() <= this->LeafSize)
  {
    return;
  }
  int widest = 0;
  double largest = -1.0;
  for (int a = 0; a < this->Dimensions; ++a)
  {
    const auto entry = static_cast<std::size_t>(a);
    const double side = (parent.High[entry] - parent.Low[entry]) / lengths[axes.Axis[a]];
    if (side > largest)
    {
      largest = side;
      widest = axes.Axis[a];
    }
  }
  const Index middle = parent.Begin + parent.Count() / 2;
  // Equal coordinates are told apart by their number: the tree depends on the data alone.
  const auto less = [&samples, widest](Index i, Index j)
  {
    const double x = samples.Points(widest, i);
    const double y = samples.Points(widest, j);
    return x < y || (x == y && i < j);
  };
  std::nth_element(this->Order.begin() + parent.Begin, this->Order.begin() + middle,
    this->Order.begin() + parent.End, less);
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

void SampleIndex::CopyInOrder(const Samples& samples, const Axes& axes)
{
  for (int a = 0; a < this->Dimensions; ++a)
  {
    std::vector<double>& coordinates = this->Points[static_cast<std::size_t>(a)];
    coordinates.reserve(this->Order.size());
    for (const Index i : this->Order)
    {
      coordinates.push_back(samples.Points(axes.Axis[a], i));
    }
  }
  this->LogWeight.reserve(this->Order.size());
  for (const Index i : this->Order)
  {
    this->LogWeight.push_back(std::log(samples.Weight(i)));
  }
}
}
