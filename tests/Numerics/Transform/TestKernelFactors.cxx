// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Transform/KernelFactors.h"

#include "Numerics/Transform/BSpline.h"
#include "support/Numbers.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <vector>

namespace scorefields
{
namespace
{
struct FactorCase
{
  MeshPlan Plan;
  FourierGrid Harmonics;

  FactorCase()
  {
    this->Plan.Dimension = 2;
    this->Plan.Order = 6;
    this->Plan.Deconvolve = true;
    for (int a = 0; a < 2; ++a)
    {
      MeshAxis& axis = this->Plan.Axes[static_cast<std::size_t>(a)];
      axis.Axis = a;
      axis.Size = axis.Outputs = a == 0 ? 12 : 10;
      axis.Frequencies = axis.Size / 2;
      axis.Period = a == 0 ? 3.0 : 2.5;
      axis.Spacing = axis.Period / static_cast<double>(axis.Size);
      axis.Resolution = 0.4 / axis.Spacing;
    }
    FftBuffer<double> mesh(120);
    mesh.Fill(0.0);
    this->Harmonics = FourierGrid(this->Plan, std::move(mesh), {});
  }

  /// Angular frequency of a slot along an axis, with v spacings of the mesh more.
  double Frequency(int a, Index slot, int v = 0, double sign = 1.0) const
  {
    const MeshAxis& axis = this->Plan.Axes[static_cast<std::size_t>(a)];
    const auto harmonic = static_cast<double>(this->Harmonics.Axis(a).Harmonic(slot));
    return sign * 2.0 * Pi * harmonic / axis.Period + 2.0 * Pi * v / axis.Spacing;
  }
};

GaussianKernel Kernel(bool full)
{
  Eigen::Matrix3d covariance = Eigen::Matrix3d::Zero();
  covariance.topLeftCorner<2, 2>() << 0.16, full ? 0.05 : 0.0, full ? 0.05 : 0.0, 0.09;
  return GaussianKernel(Axes::First(2), covariance);
}

/// (i w)^m exp(-w'Hw / 2) with the imaginary unit of odd orders left out.
double Term(const Eigen::Vector3d& w, const Derivative& m, const GaussianKernel& kernel)
{
  const int times = m[0] + m[1];
  const double powers = std::pow(w[0], m[0]) * std::pow(w[1], m[1]);
  return (times == 2 ? -powers : powers) * std::exp(-0.5 * w.dot(kernel.Covariance() * w));
}

/// The same of a pair of slots, of which a Nyquist frequency stands for plus and minus itself.
double MeanTerm(const FactorCase& made, const Derivative& m, const GaussianKernel& kernel,
  const std::array<Index, 2>& slots, const std::array<int, 2>& alias)
{
  double sum = 0.0;
  for (const double first : { 1.0, made.Harmonics.Axis(0).IsNyquist(slots[0]) ? -1.0 : 1.0 })
  {
    for (const double second : { 1.0, made.Harmonics.Axis(1).IsNyquist(slots[1]) ? -1.0 : 1.0 })
    {
      const Eigen::Vector3d w(made.Frequency(0, slots[0], alias[0], first),
        made.Frequency(1, slots[1], alias[1], second), 0.0);
      sum += 0.25 * Term(w, m, kernel);
    }
  }
  return sum;
}

/// What the header states for one pair of slots, over cell volume * size * total weight.
double Expected(const FactorCase& made, FftSpectrum spectrum, const GaussianKernel& kernel,
  const Derivative& m, Index x, Index y)
{
  double value = 0.0;
  double norm = 0.0;
  const int aliases = spectrum == FftSpectrum::Aliased ? 6 : 0;
  for (int v = -aliases; v <= aliases; ++v)
  {
    for (int u = -aliases; u <= aliases; ++u)
    {
      value += MeanTerm(made, m, kernel, { x, y }, { u, v });
      norm += Term({ made.Frequency(0, 0, u), made.Frequency(1, 0, v), 0.0 }, { 0, 0, 0 }, kernel);
    }
  }
  if (spectrum == FftSpectrum::Deconvolved)
  {
    norm = SplineTransform(6, made.Frequency(0, x) * made.Plan.Axes[0].Spacing) *
      SplineTransform(6, made.Frequency(1, y) * made.Plan.Axes[1].Spacing);
  }
  return value / norm / (3.0 * 2.5 * 7.0);
}
}

// Oracle: the formulas of the header, term by term, for each spectrum, derivative and harmonic, of
// a kernel that is a product and of one that is not. A few eps of the largest term, which is w^2 <
// 700.
TEST(KernelFactors, AreTheFormulas)
{
  const FactorCase made;
  for (const bool full : { false, true })
  {
    const GaussianKernel kernel = Kernel(full);
    for (const FftSpectrum spectrum :
      { FftSpectrum::Deconvolved, FftSpectrum::CharacteristicFunction, FftSpectrum::Aliased })
    {
      const KernelFactors factors(made.Plan, made.Harmonics, kernel, spectrum, 7.0);
      for (const Derivative& m :
        { Derivative{ 0, 0, 0 }, Derivative{ 1, 0, 0 }, Derivative{ 0, 1, 0 },
          Derivative{ 2, 0, 0 }, Derivative{ 0, 2, 0 }, Derivative{ 1, 1, 0 } })
      {
        const FourierGrid::Factors write = factors.Of(m);
        for (Index y = 0; y < made.Harmonics.Axis(1).Slots; ++y)
        {
          std::vector<double> row(static_cast<std::size_t>(made.Harmonics.Axis(0).Slots));
          write(0, made.Harmonics.Axis(0).Slots, y, 0, row.data());
          for (Index x = 0; x < made.Harmonics.Axis(0).Slots; ++x)
          {
            const double expected = Expected(made, spectrum, kernel, m, x, y);
            EXPECT_NEAR(row[static_cast<std::size_t>(x)], expected, 16.0 * Eps * 700.0 / 52.5)
              << full << " " << static_cast<int>(spectrum) << " " << m[0] << m[1] << " " << x << " "
              << y;
          }
        }
      }
    }
  }
}
}
