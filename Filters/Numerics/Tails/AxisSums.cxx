// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Tails/AxisSums.h"

#include "Numerics/Tails/TailFactors.h"
#include "Numerics/Transform/FinishFields.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace scorefields
{
namespace
{
constexpr double LargestExponent = 708.0; ///< of Exponential (Lanes.h)

/// logarithms[i] += references[i] + shift; exponentials[i] = exp(logarithms[i]).
SCOREFIELDS_CLONES
void ShiftLogarithms(
  const double* references, double shift, Index count, double* logarithms, double* exponentials)
{
  for (Index i = 0; i < count; i += LaneCount)
  {
    Lanes& value = *reinterpret_cast<Lanes*>(logarithms + i);
    value += *reinterpret_cast<const Lanes*>(references + i) + shift;
    Lanes clamped = value > -LargestExponent ? value : Lanes{} - LargestExponent;
    clamped = clamped < LargestExponent ? clamped : Lanes{} + LargestExponent;
    Exponential(clamped);
    *reinterpret_cast<Lanes*>(exponentials + i) = clamped;
  }
}

struct NodeRange
{
  Index First;
  Index Count;
};

/// The nodes between two coordinates.
NodeRange NodesIn(const TailMesh::Line& line, double low, double high)
{
  if (!(low <= high))
  {
    return { 0, 0 };
  }
  constexpr double slack = 1e-6;
  const double first = std::ceil((low - line.First) / line.Spacing - slack);
  const double last = std::floor((high - line.First) / line.Spacing + slack);
  const Index begin = std::max<Index>(0, static_cast<Index>(first));
  return { begin, std::min(line.Size - 1, static_cast<Index>(last)) - begin + 1 };
}

constexpr Index RowBlock = 4; ///< rows whose sums stay in registers

/// Left factors: Left[k * KStride + row * RowStride].
struct LeftFactors
{
  const double* Left;
  Index KStride;
  Index RowStride;
};

template <Index Rows>
[[gnu::always_inline]] inline void MultiplyRows(
  const LeftFactors& left, Index count, const Lanes* right, Index groups, Lanes* result)
{
  for (Index g = 0; g < groups; ++g)
  {
    Lanes sum[Rows] = {};
    for (Index k = 0; k < count; ++k)
    {
      const Lanes r = right[k * groups + g];
      for (Index row = 0; row < Rows; ++row)
      {
        sum[row] += r * left.Left[k * left.KStride + row * left.RowStride];
      }
    }
    for (Index row = 0; row < Rows; ++row)
    {
      result[row * groups + g] = sum[row];
    }
  }
}

/// result[row, lane] = sum over k < count of left[k, row] right[k, lane].
SCOREFIELDS_CLONES
void Multiply(
  LeftFactors left, Index rows, Index count, const double* right, Index lanes, double* result)
{
  const Index groups = lanes / LaneCount;
  const auto* source = reinterpret_cast<const Lanes*>(right);
  auto* target = reinterpret_cast<Lanes*>(result);
  Index row = 0;
  for (; row + RowBlock <= rows; row += RowBlock)
  {
    MultiplyRows<RowBlock>(left, count, source, groups, target + row * groups);
    left.Left += RowBlock * left.RowStride;
  }
  for (; row < rows; ++row)
  {
    MultiplyRows<1>(left, count, source, groups, target + row * groups);
    left.Left += left.RowStride;
  }
}
}

double* AxisSums::Buffer::Resize(Index doubles)
{
  const auto eights = static_cast<std::size_t>((doubles + LaneCount - 1) / LaneCount);
  if (this->Values.size() < eights)
  {
    this->Values.resize(eights);
  }
  return this->Values.front().Value;
}

/// The mesh's nodes in the part's box.
void AxisSums::Limit(const TailMesh& mesh, const TailPart& part)
{
  for (std::size_t a = 0; a < 3; ++a)
  {
    const auto axis = static_cast<Index>(a);
    const NodeRange range = NodesIn(mesh.Lines[a], part.Low[axis], part.High[axis]);
    this->Begin[a] = range.First;
    this->Count[a] = range.Count;
  }
}

void AxisSums::SetFactors(
  const TailMesh& mesh, const TailPart& part, const Points& points, std::size_t a, bool derivatives)
{
  const Index padded = points.Kernel ? (points.Count + LaneCount - 1) / LaneCount * LaneCount : 1;
  this->Padded[a] = padded;
  double* const references = this->Reference[a].Resize(padded);
  double* const factors = this->Factors[a][0].Resize(padded * this->Count[a]);
  double* const slopes =
    derivatives ? this->Factors[a][1].Resize(padded * this->Count[a]) : nullptr;
  if (!points.Kernel)
  {
    std::fill_n(factors, this->Count[a], 1.0);
    references[0] = 0.0;
    return;
  }
  double* const places = this->Places.Resize(2 * padded);
  double* const ratios = places + padded;
  const auto axis = static_cast<Index>(a);
  const double middle = points.First + 0.5 * static_cast<double>(points.Count - 1) * points.Spacing;
  const double base = std::clamp(middle, part.Low[axis], part.High[axis]);
  for (Index i = 0; i < padded; ++i)
  {
    // Lanes beyond the last point repeat it.
    const auto number = static_cast<double>(std::min(i, points.Count - 1));
    places[i] = (points.First + number * points.Spacing - base) / points.Bandwidth;
    ratios[i] = points.Kernel->LogRatio(places[i]);
    references[i] = ratios[i] - 0.5 * places[i] * places[i];
  }
  for (Index j = 0; j < this->Count[a]; ++j)
  {
    const double node = mesh.Place(axis, this->Begin[a] + j);
    scorefields::SetFactors(*points.Kernel, (node - base) / points.Bandwidth,
      { places, ratios, padded }, factors + j * padded,
      derivatives ? slopes + j * padded : nullptr);
  }
}

void AxisSums::SumAlongFirst(const TailMesh& mesh, const TailPart& part, std::size_t derivative)
{
  const Index length = this->Padded[0];
  double* const result = this->First[derivative].Resize(this->Count[2] * this->Count[1] * length);
  const double* const factors = this->Factors[0][derivative].Data();
  for (Index k = 0; k < this->Count[2]; ++k)
  {
    for (Index j = 0; j < this->Count[1]; j += RowBlock)
    {
      const Index rows = std::min(RowBlock, this->Count[1] - j);
      double* const target = result + (k * this->Count[1] + j) * length;
      const TailPart::Interval reach = part.Along(
        { mesh.Place(1, this->Begin[1] + j), mesh.Place(1, this->Begin[1] + j + rows - 1) },
        { mesh.Place(2, this->Begin[2] + k), mesh.Place(2, this->Begin[2] + k) });
      const NodeRange range = NodesIn(mesh.Lines[0], reach.Low, reach.High);
      if (range.Count <= 0)
      {
        std::fill_n(target, rows * length, 0.0);
        continue;
      }
      const Index row = (this->Begin[2] + k) * mesh.Lines[1].Size + this->Begin[1] + j;
      const double* values = mesh.Values.Data() + row * mesh.Lines[0].Size + range.First;
      Multiply({ values, 1, mesh.Lines[0].Size }, rows, range.Count,
        factors + (range.First - this->Begin[0]) * length, length, target);
    }
  }
}

void AxisSums::SumAlongSecond(std::size_t result, std::size_t ofFirst, std::size_t ofSecond)
{
  const Index size = this->Padded[1] * this->Padded[0];
  double* const target = this->Second[result].Resize(this->Count[2] * size);
  const double* const source = this->First[ofFirst].Data();
  for (Index k = 0; k < this->Count[2]; ++k)
  {
    Multiply({ this->Factors[1][ofSecond].Data(), this->Padded[1], 1 }, this->Padded[1],
      this->Count[1], source + k * this->Count[1] * this->Padded[0], this->Padded[0],
      target + k * size);
  }
}

void AxisSums::SumAlongThird(std::size_t result, std::size_t ofSecond, std::size_t ofThird)
{
  const Index size = this->Padded[1] * this->Padded[0];
  double* const target = this->Sums[result].Resize(this->Padded[2] * size);
  Multiply({ this->Factors[2][ofThird].Data(), this->Padded[2], 1 }, this->Padded[2],
    this->Count[2], this->Second[ofSecond].Data(), size, target);
}

void AxisSums::Sum(
  const TailMesh& mesh, const TailPart& part, const std::array<Points, 3>& points, bool derivatives)
{
  this->Limit(mesh, part);
  for (std::size_t a = 0; a < 3; ++a)
  {
    this->SetFactors(mesh, part, points[a], a, derivatives);
  }
  const int dimension = derivatives ? mesh.Dimension : 0;
  this->SumAlongFirst(mesh, part, 0);
  this->SumAlongSecond(0, 0, 0);
  this->SumAlongThird(0, 0, 0);
  if (dimension > 0)
  {
    this->SumAlongFirst(mesh, part, 1);
    this->SumAlongSecond(1, 1, 0);
    this->SumAlongThird(1, 1, 0);
  }
  if (dimension > 1)
  {
    this->SumAlongSecond(2, 0, 1);
    this->SumAlongThird(2, 2, 0);
  }
  if (dimension > 2)
  {
    this->SumAlongThird(3, 0, 1);
  }
}

AxisSums::LogRow AxisSums::LogarithmsOf(Index j, Index k, double shift)
{
  const Index count = this->Padded[0];
  double* const logarithms = this->RowValues.Resize(2 * count);
  double* const exponentials = logarithms + count;
  LogOfAtLeast(
    this->Row(0, j, k), std::numeric_limits<double>::min(), logarithms, count, Execution());
  const double whole = shift + this->Reference[1].Data()[j] + this->Reference[2].Data()[k];
  ShiftLogarithms(this->Reference[0].Data(), whole, count, logarithms, exponentials);
  for (Index i = 0; i < count; ++i)
  {
    if (!(std::abs(logarithms[i]) < LargestExponent))
    {
      exponentials[i] = std::exp(logarithms[i]);
    }
  }
  return { logarithms, exponentials };
}
}
