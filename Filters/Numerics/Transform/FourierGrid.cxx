// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Transform/FourierGrid.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace scorefields
{
namespace
{
constexpr Index Lines = ComplexFft::Lines;

Index Chunks(Index lines)
{
  return (lines + Lines - 1) / Lines;
}

// Transforms the mesh's rows and keeps the first `slots` harmonics of each.
FftBuffer<Complex> TransformRows(
  const MeshAxis& axis, Index slots, const FftBuffer<double>& mesh, const Execution& execution)
{
  const Index rows = mesh.Size() / axis.Size;
  const RealFft fft(axis.Size);
  FftBuffer<Complex> kept(rows * slots);
  const bool nyquist = 2 * (slots - 1) == axis.Size;
  execution.For(rows,
    [&](Index begin, Index end)
    {
      FftBuffer<double> row(axis.Size);
      FftBuffer<Complex> harmonics(axis.Size / 2 + 1);
      for (Index r = begin; r < end; ++r)
      {
        std::copy_n(mesh.Data() + r * axis.Size, axis.Size, row.Data());
        fft.Forward(row, harmonics);
        if (nyquist)
        {
          harmonics[slots - 1] *= 0.5; // half for each sign, as for every other harmonic
        }
        std::copy_n(harmonics.Data(), slots, kept.Data() + r * slots);
      }
    });
  return kept;
}

// Transforms an array of inner x size x outer values along its middle axis and keeps `slots`.
FftBuffer<Complex> TransformAlong(
  const HarmonicAxis& axis, Index inner, FftBuffer<Complex> values, const Execution& execution)
{
  const Index outer = values.Size() / (inner * axis.Size);
  const ComplexFft fft(axis.Size);
  const bool all = axis.Slots == axis.Size;
  FftBuffer<Complex> kept(all ? 0 : inner * axis.Slots * outer);
  Complex* const target = all ? values.Data() : kept.Data();
  execution.For(outer * Chunks(inner),
    [&](Index begin, Index end)
    {
      FftBuffer<Complex> lines(axis.Size * Lines);
      lines.Fill(0.0);
      for (Index task = begin; task < end; ++task)
      {
        const Index plane = task / Chunks(inner);
        const Index first = Lines * (task % Chunks(inner));
        const Index count = std::min(Lines, inner - first);
        const Complex* const source = values.Data() + plane * axis.Size * inner + first;
        for (Index j = 0; j < axis.Size; ++j)
        {
          std::copy_n(source + j * inner, count, lines.Data() + j * Lines);
        }
        fft.Forward(lines);
        for (Index slot = 0; slot < axis.Slots; ++slot)
        {
          const Index harmonic = (axis.Harmonic(slot) + axis.Size) % axis.Size;
          std::copy_n(lines.Data() + harmonic * Lines, count,
            target + (plane * axis.Slots + slot) * inner + first);
        }
      }
    });
  return all ? std::move(values) : std::move(kept);
}
}

FourierGrid::FourierGrid(const MeshPlan& plan, FftBuffer<double> mesh, const Execution& execution)
{
  for (std::size_t a = 0; a < static_cast<std::size_t>(plan.Dimension); ++a)
  {
    const MeshAxis& axis = plan.Axes[a];
    const Index wanted = a == 0 ? axis.Frequencies + 1 : 2 * axis.Frequencies + 1;
    const Index possible = a == 0 ? axis.Size / 2 + 1 : axis.Size;
    this->Axes[a] = HarmonicAxis{ axis.Size, std::min(wanted, possible), a > 0 };
  }
  this->Values = TransformRows(plan.Axes[0], this->Axes[0].Slots, mesh, execution);
  mesh = FftBuffer<double>();
  Index inner = this->Axes[0].Slots;
  for (std::size_t a = 1; a < static_cast<std::size_t>(plan.Dimension); ++a)
  {
    this->Values = TransformAlong(this->Axes[a], inner, std::move(this->Values), execution);
    inner *= this->Axes[a].Slots;
  }
}

template <class Term>
double FourierGrid::Sum(const Factors& factors, const Term& term) const
{
  const Index slots = this->Axes[0].Slots;
  FftBuffer<double> row(slots);
  double sum = 0.0;
  const Complex* value = this->Values.Data();
  for (Index k = 0; k < this->Axes[2].Slots; ++k)
  {
    for (Index j = 0; j < this->Axes[1].Slots; ++j)
    {
      factors(0, slots, j, k, row.Data());
      double rowSum = 0.0;
      for (Index i = 0; i < slots; ++i, ++value)
      {
        rowSum += (i == 0 ? 1.0 : 2.0) * term(*value * row[i]);
      }
      sum += rowSum;
    }
  }
  return sum;
}

double FourierGrid::AbsoluteSum(const Factors& factors) const
{
  return this->Sum(factors, [](const Complex& value) { return std::abs(value); });
}

double FourierGrid::RootMeanSquare(const Factors& factors) const
{
  return std::sqrt(this->Sum(factors, [](const Complex& value) { return std::norm(value); }));
}
}
