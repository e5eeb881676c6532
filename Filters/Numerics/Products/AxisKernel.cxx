// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Products/AxisKernel.h"

#include "Numerics/Base/Types.h"

#include <Eigen/LU>

#include <algorithm>
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

double AxisKernel::AliasShare(int order, double resolution, double x)
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

AxisKernel::AxisKernel(int order, double resolution, double range)
{
  assert(order >= LeastOrder && resolution >= LeastResolution);
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

std::array<double, 3> AxisKernel::At(double x) const
{
  const double v = this->PerSquare * x * x - 1.0;
  double value = this->Polynomial[Degree];
  double slope = 0.0; // with respect to v
  double bend = 0.0;
  for (std::size_t k = Degree; k-- > 0;)
  {
    bend = bend * v + 2.0 * slope;
    slope = slope * v + value;
    value = value * v + this->Polynomial[k];
  }
  const double dv = 2.0 * this->PerSquare * x;
  const double first = slope * dv - x; // of log k~
  const double second = bend * dv * dv + slope * 2.0 * this->PerSquare - 1.0;
  const double kernel = std::exp(value - 0.5 * x * x);
  return { { kernel, kernel * first, kernel * (first * first + second) } };
}

double AxisKernel::ResolutionFor(int order, double x, double share)
{
  double low = LeastResolution;
  double high = std::max(low, 2.0 * x / (2.0 * Pi) * std::pow(share / 2.0, -1.0 / order));
  if (AliasShare(order, low, x) <= share)
  {
    return low;
  }
  while (high - low > 1e-3 * high)
  {
    const double middle = 0.5 * (low + high);
    (AliasShare(order, middle, x) <= share ? high : low) = middle;
  }
  return high;
}
}
