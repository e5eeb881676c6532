// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Tails/TailKernel.h"

#include "Numerics/Base/Types.h"

#include <Eigen/LU>

#include <cassert>
#include <cmath>
#include <complex>

namespace scorefields
{
namespace
{
using Complex = std::complex<double>;

// Trapezoidal rule for means over a standard normal w: error exp(-2 pi^2 / Step^2).
constexpr double Step = 0.5;
constexpr int Steps = 18; // up to 9

/// The mean of function(w) + function(-w) over a standard normal w, halved.
template <class Function>
double MeanOverNormal(const Function& function)
{
  double sum = 0.5 * function(0.0);
  for (int i = 1; i <= Steps; ++i)
  {
    const double w = Step * i;
    sum += std::exp(-0.5 * w * w) * function(w);
  }
  return sum * 2.0 * Step / std::sqrt(2.0 * Pi);
}

/// The distance up to which the aliases' share stays within the tolerance.
double FarthestFor(int order, double resolution, double tolerance)
{
  double low = 0.0;
  double high = Pi * resolution; // where even splines of order 16 leave a hundred-thousandth
  while (high - low > 0.01 * high)
  {
    const double middle = 0.5 * (low + high);
    (TailKernel::AliasShare(order, resolution, middle) <= tolerance ? low : high) = middle;
  }
  return low;
}

double LogRatioAt(int order, double resolution, double x)
{
  const double mean = MeanOverNormal(
    [order, resolution, x](double w)
    {
      const Complex z = Complex(w, x) * (0.5 / resolution);
      const Complex inverse = std::abs(z) < 1e-9 ? Complex(1.0) : z / std::sin(z);
      return std::pow(inverse, order).real();
    });
  return std::log(mean);
}
}

double TailKernel::AliasShare(int order, double resolution, double x)
{
  constexpr int aliases = 2; // the rest adds less than a hundredth
  return 1.01 *
    MeanOverNormal(
      [order, resolution, x](double w)
      {
        const Complex z = Complex(w, x) * (0.5 / resolution);
        double sum = 0.0;
        for (int m = 1; m <= aliases; ++m)
        {
          sum += std::pow(std::norm(z / (z + Pi * m)), 0.5 * order) +
            std::pow(std::norm(z / (z - Pi * m)), 0.5 * order);
        }
        return sum;
      });
}

TailKernel::TailKernel(int order, double resolution, double tolerance)
{
  assert(order >= LeastOrder && resolution >= LeastResolution);
  this->NearDistance = FarthestFor(order, resolution, 0.5 * tolerance);
  this->FarDistance = FarthestFor(order, resolution, 0.5 * tolerance / FarShare);
  const double range = this->FarDistance + 0.5 * (order + 2) / resolution;
  this->PerSquare = 2.0 / (range * range);
  constexpr int count = Degree + 1;
  Eigen::Matrix<double, count, count> powers;
  Eigen::Matrix<double, count, 1> values;
  for (int i = 0; i < count; ++i)
  {
    const double v = std::cos(Pi * (i + 0.5) / count);
    values[i] = LogRatioAt(order, resolution, std::sqrt((v + 1.0) / this->PerSquare));
    powers(i, 0) = 1.0;
    for (int k = 1; k < count; ++k)
    {
      powers(i, k) = powers(i, k - 1) * v;
    }
  }
  Eigen::Map<Eigen::Matrix<double, count, 1>>(this->Polynomial.data()) =
    powers.fullPivLu().solve(values);
}

double TailKernel::LogRatio(double x) const
{
  const double v = this->PerSquare * x * x - 1.0;
  double value = this->Polynomial[Degree];
  for (std::size_t k = Degree; k-- > 0;)
  {
    value = value * v + this->Polynomial[k];
  }
  return value;
}
}
