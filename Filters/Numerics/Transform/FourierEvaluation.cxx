// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Transform/FourierEvaluation.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace scorefields
{
namespace
{
constexpr Index LineCount = ComplexFft::Lines;

Index Chunks(Index lines)
{
  return (lines + LineCount - 1) / LineCount;
}

Index Modulo(Index value, Index size)
{
  const Index rest = value % size;
  return rest < 0 ? rest + size : rest;
}

void Multiply(const Complex* source, const double* factors, bool odd, Index count, Complex* target)
{
  for (Index l = 0; l < count; ++l)
  {
    const Complex value = source[l] * factors[l];
    target[l] = odd ? Complex(-value.imag(), value.real()) : value;
  }
}

std::vector<Complex> MakeWaves(
  const HarmonicAxis& harmonics, const MeshAxis& axis, double spacing, Index first, Index count)
{
  std::vector<Complex> waves;
  for (Index node = first; node < first + count; ++node)
  {
    for (Index slot = 0; slot < harmonics.Slots; ++slot)
    {
      const auto harmonic = static_cast<double>(harmonics.Harmonic(slot));
      const double angle =
        2.0 * Pi * harmonic * static_cast<double>(node) * (spacing / axis.Period);
      waves.push_back(
        harmonics.IsNyquist(slot) ? Complex(std::cos(angle)) : std::polar(1.0, angle));
    }
  }
  return waves;
}
}

FourierEvaluation::FourierEvaluation(
  const FourierGrid& harmonics, const MeshPlan& plan, const Index3& first, const Index3& dimensions)
  : Harmonics(harmonics)
  , Dimension(plan.Dimension)
  , First(first)
  , Count(dimensions)
  , Outputs(plan.Axes[0].Outputs, plan.Axes[1].Outputs, plan.Axes[2].Outputs)
  , RowFft(plan.Axes[0].Outputs)
{
  for (int a = 0; a < this->Dimension; ++a)
  {
    const auto i = static_cast<std::size_t>(a);
    const MeshAxis& axis = plan.Axes[i];
    if (axis.Direct)
    {
      this->Waves[i] =
        MakeWaves(harmonics.Axis(a), axis, axis.NodeSpacing, first[a], dimensions[a]);
    }
    if (a > 0)
    {
      this->LineFfts.emplace_back(this->Outputs[a]);
    }
  }
}

FftBuffer<Complex> FourierEvaluation::Lines(int axis) const
{
  return FftBuffer<Complex>(std::max(this->Outputs[axis], this->Count[axis]) * LineCount);
}

// Adds one harmonic of eight lines along an axis to where it appears on the output's nodes.
void FourierEvaluation::Add(
  int axis, Index slot, const Complex* values, FftBuffer<Complex>& lines) const
{
  const HarmonicAxis& harmonics = this->Harmonics.Axis(axis);
  const std::vector<Complex>& waves = this->Waves[static_cast<std::size_t>(axis)];
  for (Index node = 0; !waves.empty() && node < this->Count[axis]; ++node)
  {
    const Complex wave = waves[static_cast<std::size_t>(node * harmonics.Slots + slot)];
    for (Index l = 0; l < LineCount; ++l)
    {
      lines[node * LineCount + l] += wave * values[l];
    }
  }
  if (!waves.empty())
  {
    return;
  }
  const Index harmonic = harmonics.Harmonic(slot);
  const bool nyquist = harmonics.IsNyquist(slot);
  const double share = nyquist ? 0.5 : 1.0;
  Complex* const plus = lines.Data() + LineCount * Modulo(harmonic, this->Outputs[axis]);
  Complex* const minus = lines.Data() + LineCount * Modulo(-harmonic, this->Outputs[axis]);
  for (Index l = 0; l < LineCount; ++l)
  {
    plus[l] += share * values[l];
  }
  for (Index l = 0; nyquist && l < LineCount; ++l)
  {
    minus[l] += share * values[l];
  }
}

void FourierEvaluation::Finish(int axis, FftBuffer<Complex>& lines) const
{
  if (this->Waves[static_cast<std::size_t>(axis)].empty())
  {
    this->LineFfts[static_cast<std::size_t>(axis - 1)].Backward(lines);
  }
}

const Complex* FourierEvaluation::At(int axis, Index node, const FftBuffer<Complex>& lines) const
{
  const bool direct = !this->Waves[static_cast<std::size_t>(axis)].empty();
  // The last node of a periodic axis is its first.
  const Index at = direct ? node : (this->First[axis] + node) % this->Outputs[axis];
  return lines.Data() + at * LineCount;
}

// The lines along the outermost axis at inner harmonics (first + l, j), l < LineCount.
void FourierEvaluation::LoadOutermost(const FourierGrid::Factors& factors, bool odd, Index j,
  Index first, FftBuffer<Complex>& lines) const
{
  const int axis = this->Dimension - 1;
  const Index count = std::min(LineCount, this->Harmonics.Axis(0).Slots - first);
  std::array<double, LineCount> factor{};
  std::array<Complex, LineCount> product{};
  lines.Fill(0.0);
  for (Index slot = 0; slot < this->Harmonics.Axis(axis).Slots; ++slot)
  {
    const Index inner = axis == 2 ? j : slot;
    const Index outer = axis == 2 ? slot : 0;
    factors(first, count, inner, outer, factor.data());
    Multiply(this->Harmonics.Row(inner, outer) + first, factor.data(), odd, count, product.data());
    this->Add(axis, slot, product.data(), lines);
  }
}

// The transform along the outermost axis: inner harmonics by outermost node of the block.
FftBuffer<Complex> FourierEvaluation::Outermost(
  const FourierGrid::Factors& factors, bool odd, const Execution& execution) const
{
  const int axis = this->Dimension - 1;
  const Index slots = this->Harmonics.Axis(0).Slots;
  const Index middle = axis == 2 ? this->Harmonics.Axis(1).Slots : 1;
  FftBuffer<Complex> result(slots * middle * (axis == 0 ? 1 : this->Count[axis]));
  if (axis == 0)
  {
    FftBuffer<double> row(slots);
    factors(0, slots, 0, 0, row.Data());
    Multiply(this->Harmonics.Row(0, 0), row.Data(), odd, slots, result.Data());
    return result;
  }
  execution.For(middle * Chunks(slots),
    [&](Index begin, Index end)
    {
      FftBuffer<Complex> lines = this->Lines(axis);
      for (Index task = begin; task < end; ++task)
      {
        const Index j = task / Chunks(slots);
        const Index first = LineCount * (task % Chunks(slots));
        const Index count = std::min(LineCount, slots - first);
        this->LoadOutermost(factors, odd, j, first, lines);
        this->Finish(axis, lines);
        for (Index node = 0; node < this->Count[axis]; ++node)
        {
          std::copy_n(this->At(axis, node, lines), count,
            result.Data() + (node * middle + j) * slots + first);
        }
      }
    });
  return result;
}

void FourierEvaluation::SumRow(const Complex* harmonics, double* values, Index stride) const
{
  const Index slots = this->Harmonics.Axis(0).Slots;
  const Complex* wave = this->Waves[0].data();
  for (Index i = 0; i < this->Count[0]; ++i, wave += slots)
  {
    double sum = harmonics[0].real();
    for (Index k = 1; k < slots; ++k)
    {
      sum += 2.0 * (harmonics[k].real() * wave[k].real() - harmonics[k].imag() * wave[k].imag());
    }
    values[i * stride] = sum;
  }
}

// A row of nodes from its harmonics k >= 0; those of -k are their conjugates.
void FourierEvaluation::RowOfNodes(const Complex* harmonics, FftBuffer<Complex>& folded,
  FftBuffer<double>& row, double* values, Index stride) const
{
  if (!this->Waves[0].empty())
  {
    this->SumRow(harmonics, values, stride);
    return;
  }
  const Index size = this->Outputs[0];
  folded.Fill(0.0);
  for (Index k = 0; k < this->Harmonics.Axis(0).Slots; ++k)
  {
    const Index place = k % size;
    if (2 * place == size || (place == 0 && k > 0))
    {
      folded[place] += 2.0 * harmonics[k].real();
    }
    else if (2 * place > size)
    {
      folded[size - place] += std::conj(harmonics[k]);
    }
    else
    {
      folded[place] += harmonics[k];
    }
  }
  this->RowFft.Backward(folded, row);
  for (Index i = 0; i < this->Count[0]; ++i)
  {
    const Index at = this->First[0] + i;
    values[i * stride] = row[at < size ? at : at - size];
  }
}

// A plane of nodes from its harmonics along both axes.
void FourierEvaluation::PlaneOfNodes(const Complex* harmonics, double* values, Index stride) const
{
  const Index slots = this->Harmonics.Axis(0).Slots;
  FftBuffer<Complex> lines = this->Lines(1);
  FftBuffer<Complex> plane(slots * this->Count[1]);
  std::array<Complex, LineCount> some{};
  for (Index first = 0; first < slots; first += LineCount)
  {
    const Index count = std::min(LineCount, slots - first);
    lines.Fill(0.0);
    for (Index slot = 0; slot < this->Harmonics.Axis(1).Slots; ++slot)
    {
      std::copy_n(harmonics + slot * slots + first, count, some.data());
      this->Add(1, slot, some.data(), lines);
    }
    this->Finish(1, lines);
    for (Index node = 0; node < this->Count[1]; ++node)
    {
      std::copy_n(this->At(1, node, lines), count, plane.Data() + node * slots + first);
    }
  }
  FftBuffer<Complex> folded(this->Outputs[0] / 2 + 1);
  FftBuffer<double> row(this->Outputs[0]);
  for (Index node = 0; node < this->Count[1]; ++node)
  {
    this->RowOfNodes(
      plane.Data() + node * slots, folded, row, values + node * this->Count[0] * stride, stride);
  }
}

void FourierEvaluation::Evaluate(const FourierGrid::Factors& factors, bool odd, double* values,
  Index stride, const Execution& execution) const
{
  const FftBuffer<Complex> outermost = this->Outermost(factors, odd, execution);
  const Index slots = this->Harmonics.Axis(0).Slots;
  if (this->Dimension == 3)
  {
    const Index plane = slots * this->Harmonics.Axis(1).Slots;
    execution.For(this->Count[2],
      [&](Index begin, Index end)
      {
        for (Index node = begin; node < end; ++node)
        {
          this->PlaneOfNodes(outermost.Data() + node * plane,
            values + node * this->Count[0] * this->Count[1] * stride, stride);
        }
      });
    return;
  }
  execution.For(this->Dimension == 1 ? 1 : this->Count[1],
    [&](Index begin, Index end)
    {
      FftBuffer<Complex> folded(this->Outputs[0] / 2 + 1);
      FftBuffer<double> row(this->Outputs[0]);
      for (Index node = begin; node < end; ++node)
      {
        this->RowOfNodes(outermost.Data() + node * slots, folded, row,
          values + node * this->Count[0] * stride, stride);
      }
    });
}
}
