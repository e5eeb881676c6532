// SPDX-License-Identifier: BSD-3-Clause
#include "Input/InputCloud.h"

#include "Pipeline/Adaptor.h"
#include "Pipeline/ArrayNames.h"
#include "Pipeline/FieldNames.h"
#include "Pipeline/Leaves.h"

#include <vtkAOSDataArrayTemplate.h>
#include <vtkDataArray.h>
#include <vtkDataSet.h>
#include <vtkDataSetAttributes.h>
#include <vtkPointData.h>
#include <vtkPointSet.h>
#include <vtkPoints.h>
#include <vtkUnsignedCharArray.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <sstream>
#include <stdexcept>

namespace vtkscorefields
{
namespace
{
constexpr unsigned char Skipped =
  vtkDataSetAttributes::DUPLICATEPOINT | vtkDataSetAttributes::HIDDENPOINT;

vtkDataArray* WeightsOf(vtkDataSet* leaf, const std::string& name)
{
  vtkDataArray* weights = leaf->GetPointData()->GetArray(name.c_str());
  std::ostringstream message;
  if (!weights)
  {
    message << "WeightArray is \"" << name << "\", which is no numeric point array of the input"
            << " (it has: " << NamesOfArrays(leaf->GetPointData()) << ")";
    throw std::invalid_argument(message.str());
  }
  if (weights->GetNumberOfComponents() != 1)
  {
    message << "WeightArray \"" << name << "\" has " << weights->GetNumberOfComponents()
            << " components; weights have one";
    throw std::invalid_argument(message.str());
  }
  return weights;
}

/// The values if they are doubles side by side, else null.
const double* DoublesOf(vtkDataArray* array)
{
  auto* plain = vtkAOSDataArrayTemplate<double>::FastDownCast(array);
  return plain ? plain->GetPointer(0) : nullptr;
}

/// Looks at the exponents' bits, which the compiler does for many at once.
bool AllFinite(const double* values, scorefields::Index n)
{
  constexpr std::uint64_t exponent = 0x7ff0000000000000ULL;
  std::uint64_t broken = 0;
  for (scorefields::Index i = 0; i < n; ++i)
  {
    std::uint64_t bits = 0;
    std::memcpy(&bits, values + i, sizeof bits);
    broken |= static_cast<std::uint64_t>((bits & exponent) == exponent);
  }
  return broken == 0;
}
}

InputCloud::InputCloud(vtkDataObject* input, const std::string& weightArray)
  : Weighted(!IsNoArray(weightArray))
{
  for (vtkDataSet* leaf : LeavesOf(input))
  {
    if (leaf && leaf->GetNumberOfPoints() > 0)
    {
      this->AddLeaf(leaf, weightArray);
    }
  }
}

void InputCloud::AddLeaf(vtkDataSet* data, const std::string& weightArray)
{
  Leaf leaf;
  leaf.First = this->Entries;
  leaf.Count = data->GetNumberOfPoints();
  leaf.Data = data;
  leaf.Ghosts = vtkUnsignedCharArray::SafeDownCast(
    data->GetPointData()->GetArray(vtkDataSetAttributes::GhostArrayName()));
  double first[3];
  data->GetPoint(0, first); // only then may threads ask for points at once
  if (auto* pointSet = vtkPointSet::SafeDownCast(data))
  {
    leaf.Doubles = DoublesOf(pointSet->GetPoints()->GetData());
  }
  if (this->Weighted)
  {
    leaf.Weights = WeightsOf(data, weightArray);
    leaf.WeightDoubles = DoublesOf(leaf.Weights);
  }
  this->Entries += leaf.Count;
  this->Leaves.push_back(leaf);
}

bool InputCloud::IsFinite(const double* values, Index n) const
{
  return this->Trusted || AllFinite(values, n);
}

bool InputCloud::IsHidden(const Leaf& leaf, Index point)
{
  return leaf.Ghosts && (leaf.Ghosts->GetValue(point) & Skipped);
}

// Appends the entries that count; returns how many are not finite.
scorefields::Index InputCloud::AppendCounted(
  const Leaf& leaf, Index begin, Index end, Storage& storage) const
{
  const std::size_t before = storage.Points.size() / 3;
  const std::size_t all = before + static_cast<std::size_t>(end - begin);
  storage.Points.resize(3 * all);
  storage.Weights.resize(this->Weighted ? all : 0);
  double* const points = storage.Points.data() + 3 * before;
  double* const weights = this->Weighted ? storage.Weights.data() + before : nullptr;
  ReadPoints(leaf.Data, begin, end, points);
  if (weights)
  {
    ReadValues(leaf.Weights, begin, end, weights);
  }
  if (!leaf.Ghosts && this->IsFinite(points, 3 * (end - begin)) &&
    (!weights || this->IsFinite(weights, end - begin)))
  {
    return 0;
  }
  Index notFinite = 0;
  Index kept = 0;
  for (Index i = 0; i < end - begin; ++i)
  {
    const bool hidden = IsHidden(leaf, begin + i);
    const bool finite = AllFinite(points + 3 * i, 3) && (!weights || std::isfinite(weights[i]));
    notFinite += hidden || finite ? 0 : 1;
    if (!hidden && finite)
    {
      std::copy(points + 3 * i, points + 3 * i + 3, points + 3 * kept);
      if (weights)
      {
        weights[kept] = weights[i];
      }
      ++kept;
    }
  }
  storage.Points.resize(3 * (before + static_cast<std::size_t>(kept)));
  storage.Weights.resize(weights ? before + static_cast<std::size_t>(kept) : 0);
  return notFinite;
}

scorefields::SampleBatch InputCloud::Read(Index begin, Index end, Storage& storage) const
{
  scorefields::SampleBatch run;
  const auto after = std::upper_bound(this->Leaves.begin(), this->Leaves.end(), begin,
    [](Index entry, const Leaf& leaf) { return entry < leaf.First; });
  if (begin >= end || after == this->Leaves.begin())
  {
    return run;
  }
  const Leaf& first = *(after - 1);
  const Index from = begin - first.First;
  const bool inPlace = first.Doubles && !first.Ghosts && end <= first.First + first.Count &&
    (!this->Weighted || first.WeightDoubles);
  if (inPlace && this->IsFinite(first.Doubles + 3 * from, 3 * (end - begin)) &&
    (!this->Weighted || this->IsFinite(first.WeightDoubles + from, end - begin)))
  {
    run.Points = first.Doubles + 3 * from;
    run.Weights = this->Weighted ? first.WeightDoubles + from : nullptr;
    run.Count = end - begin;
    return run;
  }
  storage.Points.clear();
  storage.Weights.clear();
  for (auto leaf = after - 1; leaf != this->Leaves.end() && leaf->First < end; ++leaf)
  {
    run.NotFinite += this->AppendCounted(*leaf, std::max(begin, leaf->First) - leaf->First,
      std::min(end, leaf->First + leaf->Count) - leaf->First, storage);
  }
  run.Points = storage.Points.data();
  run.Weights = this->Weighted ? storage.Weights.data() : nullptr;
  run.Count = static_cast<Index>(storage.Points.size() / 3);
  return run;
}
}
