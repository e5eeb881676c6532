// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Transform/KernelFactors.h"

#include "Numerics/Transform/BSpline.h"

#include <algorithm>
#include <cmath>

namespace scorefields
{
namespace
{
// A kernel narrower than this many spacings is 0 at all nodes but its own, to the last bit.
constexpr double OneNodeResolution = 0.1;

double Frequency(const HarmonicAxis& slots, const MeshAxis& mesh, Index slot)
{
  return 2.0 * Pi * static_cast<double>(slots.Harmonic(slot)) / mesh.Period;
}

int AliasesFor(double resolution)
{
  return static_cast<int>(std::ceil(0.5 + 9.0 / (2.0 * Pi * resolution)));
}

// The signs of i^2 = -1, with a lone i left out.
double Power(double frequency, int order)
{
  return order == 0 ? 1.0 : (order == 1 ? frequency : -frequency * frequency);
}
}

KernelFactors::KernelFactors(const MeshPlan& plan, const FourierGrid& harmonics,
  const GaussianKernel& kernel, FftSpectrum spectrum, double totalWeight)
  : Dimension(plan.Dimension)
  , Separable(kernel.IsDiagonal())
  , Scale(1.0 / totalWeight)
  , Mesh(plan.Axes)
{
  for (int a = 0; a < 3; ++a)
  {
    const auto i = static_cast<std::size_t>(a);
    this->Slots[i] = harmonics.Axis(a);
    for (auto& table : this->Tables[i])
    {
      table.assign(static_cast<std::size_t>(this->Slots[i].Slots), 1.0);
    }
  }
  const FftSpectrum used =
    spectrum == FftSpectrum::Deconvolved && !plan.Deconvolve ? FftSpectrum::Aliased : spectrum;
  for (int a = 0; a < this->Dimension; ++a)
  {
    const auto i = static_cast<std::size_t>(a);
    for (int b = 0; b < this->Dimension; ++b)
    {
      this->H(a, b) =
        kernel.Covariance()(this->Mesh[i].Axis, this->Mesh[static_cast<std::size_t>(b)].Axis);
    }
    this->Scale /= this->Mesh[i].Period;
    this->Tables[i] = this->AxisTable(a, plan.Order, used);
    if (used == FftSpectrum::Aliased && !this->Separable)
    {
      this->Aliases = std::max(this->Aliases, std::min(AliasesFor(plan.Axes[i].Resolution), 4));
    }
  }
  if (this->Aliases > 0)
  {
    this->Scale /= this->Joint(Eigen::Vector3d::Zero(), Derivative{ 0, 0, 0 });
  }
}

// For a separable kernel all of the axis' factor; else only the deconvolution.
KernelFactors::Table KernelFactors::AxisTable(int a, int order, FftSpectrum spectrum) const
{
  const auto i = static_cast<std::size_t>(a);
  const HarmonicAxis& slots = this->Slots[i];
  const MeshAxis& mesh = this->Mesh[i];
  const double bandwidth = std::max(std::sqrt(this->H(a, a)),
    spectrum == FftSpectrum::Aliased ? OneNodeResolution * mesh.Spacing : 0.0);
  const int aliases = spectrum == FftSpectrum::Aliased ? AliasesFor(bandwidth / mesh.Spacing) : 0;
  const auto sum = [&](double frequency, int m)
  {
    double total = 0.0;
    for (int v = -aliases; v <= aliases; ++v)
    {
      const double w = frequency + 2.0 * Pi * v / mesh.Spacing;
      total += Power(w, m) * std::exp(-0.5 * bandwidth * bandwidth * w * w);
    }
    return total;
  };
  const double norm = sum(0.0, 0);
  Table table;
  for (int m = 0; m < 3; ++m)
  {
    for (Index slot = 0; slot < slots.Slots; ++slot)
    {
      const double w = Frequency(slots, mesh, slot);
      const double spline =
        spectrum == FftSpectrum::Deconvolved ? SplineTransform(order, w * mesh.Spacing) : 1.0;
      const double gauss = this->Separable ? sum(w, m) / norm : 1.0;
      const bool none = this->Separable && m == 1 && slots.IsNyquist(slot);
      table[static_cast<std::size_t>(m)].push_back(none ? 0.0 : gauss / spline);
    }
  }
  return table;
}

// A kernel that is not separable, at one frequency, with its aliases.
double KernelFactors::Joint(const Eigen::Vector3d& frequency, const Derivative& derivative) const
{
  const int along = this->Aliases;
  const int second = this->Dimension > 1 ? along : 0;
  const int third = this->Dimension > 2 ? along : 0;
  double total = 0.0;
  for (int z = -third; z <= third; ++z)
  {
    for (int y = -second; y <= second; ++y)
    {
      for (int x = -along; x <= along; ++x)
      {
        const Eigen::Vector3d w = frequency +
          2.0 * Pi *
            Eigen::Vector3d(
              x / this->Mesh[0].Spacing, y / this->Mesh[1].Spacing, z / this->Mesh[2].Spacing);
        double term = std::exp(-0.5 * w.dot(this->H * w));
        int times = 0;
        for (std::size_t a = 0; a < 3; ++a)
        {
          term *= std::pow(w[static_cast<Index>(a)], derivative[a]);
          times += derivative[a];
        }
        total += times == 2 ? -term : term;
      }
    }
  }
  return total;
}

// The same at a harmonic, which may stand for several frequencies.
double KernelFactors::JointAt(const std::array<Index, 3>& slots, const Derivative& derivative) const
{
  std::array<Eigen::Vector3d, 8> frequencies;
  frequencies[0].setZero();
  std::size_t count = 1;
  for (std::size_t a = 0; a < static_cast<std::size_t>(this->Dimension); ++a)
  {
    const double w = Frequency(this->Slots[a], this->Mesh[a], slots[a]);
    const bool both = this->Slots[a].IsNyquist(slots[a]);
    for (std::size_t i = 0; i < count; ++i)
    {
      frequencies[i][static_cast<Index>(a)] = w;
      if (both)
      {
        frequencies[count + i] = frequencies[i];
        frequencies[count + i][static_cast<Index>(a)] = -w;
      }
    }
    count = both ? 2 * count : count;
  }
  double total = 0.0;
  for (std::size_t i = 0; i < count; ++i)
  {
    total += this->Joint(frequencies[i], derivative);
  }
  return total / static_cast<double>(count);
}

FourierGrid::Factors KernelFactors::Of(const Derivative& derivative) const
{
  const auto table = [this](std::size_t a, int m) -> const std::vector<double>&
  { return this->Tables[a][static_cast<std::size_t>(m)]; };
  const auto at = [](const std::vector<double>& values, Index slot)
  { return values[static_cast<std::size_t>(slot)]; };
  const int times = derivative[0] + derivative[1] + derivative[2];
  // Two first derivatives carry i twice, which the tables left out.
  const bool mixed = times == 2 && *std::max_element(derivative.begin(), derivative.end()) == 1;
  const double scale = this->Separable && mixed ? -this->Scale : this->Scale;
  return [=](Index first, Index count, Index j, Index k, double* factors)
  {
    const double row = scale * at(table(1, derivative[1]), j) * at(table(2, derivative[2]), k);
    const double* const along = table(0, derivative[0]).data() + first;
    for (Index s = 0; s < count; ++s)
    {
      factors[s] = row * along[s];
    }
    if (this->Separable)
    {
      return;
    }
    for (Index s = 0; s < count; ++s)
    {
      factors[s] *= this->JointAt({ { first + s, j, k } }, derivative);
    }
  };
}
}
