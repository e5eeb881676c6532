// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/FourierEvaluation.h"

#include <algorithm>
#include <array>

namespace scorefields
{
namespace
{
constexpr Index Lines = ComplexFft::Lines;

Index Chunks(Index lines)
{
  return (lines + Lines - 1) / Lines;
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
  for (int a = 1; a < this->Dimension; ++a)
  {
    this->LineFfts.emplace_back(this->Outputs[a]);
  }
}

// Adds one harmonic of eight lines along an axis to where it appears on the output's nodes.
void FourierEvaluation::Fold(
  int axis, Index slot, const Complex* values, FftBuffer<Complex>& lines) const
{
  const HarmonicAxis& harmonics = this->Harmonics.Axis(axis);
  const Index harmonic = harmonics.Harmonic(slot);
  const bool nyquist = harmonics.IsNyquist(slot);
  const double share = nyquist ? 0.5 : 1.0;
  Complex* const plus = lines.Data() + Lines * Modulo(harmonic, this->Outputs[axis]);
  Complex* const minus = lines.Data() + Lines * Modulo(-harmonic, this->Outputs[axis]);
  for (Index l = 0; l < Lines; ++l)
  {
    plus[l] += share * values[l];
  }
  for (Index l = 0; nyquist && l < Lines; ++l)
  {
    minus[l] += share * values[l];
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
  const ComplexFft& fft = this->LineFfts[static_cast<std::size_t>(axis - 1)];
  execution.For(middle * Chunks(slots),
    [&](Index begin, Index end)
    {
      FftBuffer<Complex> lines(fft.Size() * Lines);
      std::array<double, Lines> factor{};
      std::array<Complex, Lines> product{};
      for (Index task = begin; task < end; ++task)
      {
        const Index j = task / Chunks(slots);
        const Index first = Lines * (task % Chunks(slots));
        const Index count = std::min(Lines, slots - first);
        lines.Fill(0.0);
        for (Index slot = 0; slot < this->Harmonics.Axis(axis).Slots; ++slot)
        {
          const Index inner = axis == 2 ? j : slot;
          const Index outer = axis == 2 ? slot : 0;
          factors(first, count, inner, outer, factor.data());
          Multiply(
            this->Harmonics.Row(inner, outer) + first, factor.data(), odd, count, product.data());
          this->Fold(axis, slot, product.data(), lines);
        }
        fft.Backward(lines);
        for (Index node = 0; node < this->Count[axis]; ++node)
        {
          std::copy_n(lines.Data() + (this->First[axis] + node) * Lines, count,
            result.Data() + (node * middle + j) * slots + first);
        }
      }
    });
  return result;
}

// A row of nodes from its harmonics k >= 0; those of -k are their conjugates.
void FourierEvaluation::RowOfNodes(const Complex* harmonics, FftBuffer<Complex>& folded,
  FftBuffer<double>& row, double* values, Index stride) const
{
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
    values[i * stride] = row[this->First[0] + i];
  }
}

// A plane of nodes from its harmonics along both axes.
void FourierEvaluation::PlaneOfNodes(const Complex* harmonics, double* values, Index stride) const
{
  const Index slots = this->Harmonics.Axis(0).Slots;
  const ComplexFft& fft = this->LineFfts[0];
  FftBuffer<Complex> lines(fft.Size() * Lines);
  FftBuffer<Complex> plane(slots * this->Count[1]);
  std::array<Complex, Lines> some{};
  for (Index first = 0; first < slots; first += Lines)
  {
    const Index count = std::min(Lines, slots - first);
    lines.Fill(0.0);
    for (Index slot = 0; slot < this->Harmonics.Axis(1).Slots; ++slot)
    {
      std::copy_n(harmonics + slot * slots + first, count, some.data());
      this->Fold(1, slot, some.data(), lines);
    }
    fft.Backward(lines);
    for (Index node = 0; node < this->Count[1]; ++node)
    {
      std::copy_n(
        lines.Data() + (this->First[1] + node) * Lines, count, plane.Data() + node * slots + first);
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
