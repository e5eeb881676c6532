// SPDX-License-Identifier: BSD-3-Clause
#ifndef support_RidgeCases_h
#define support_RidgeCases_h

#include "Numerics/Flow/KernelFamily.h"
#include "Numerics/Flow/MixtureFamily.h"
#include "Numerics/Ridges/FindRidges.h"
#include "Numerics/Ridges/RidgeProjection.h"

#include <cmath>
#include <memory>

/// Densities whose ridges are known, for the tests of ridges.
namespace scorefields
{
namespace ridges
{
/// n points at equal distances on a circle of radius 1.
inline Eigen::Matrix3Xd Circle(Index n)
{
  Eigen::Matrix3Xd points(3, n);
  for (Index i = 0; i < n; ++i)
  {
    const double angle = 2.0 * Pi * static_cast<double>(i) / static_cast<double>(n);
    points.col(i) << std::cos(angle), std::sin(angle), 0.0;
  }
  return points;
}

/// The radius of the ridge of a circle of radius 1 smoothed by a Gaussian of variance v. With
/// p(r) ~ exp(-(r^2 + 1) / (2 v)) I0(r / v), p' = 0 where r = I1(r / v) / I0(r / v).
inline double RadiusOfRing(double variance)
{
  double low = 0.5;
  double high = 1.0;
  for (int i = 0; i < 60; ++i)
  {
    const double r = 0.5 * (low + high);
    const double slope =
      std::cyl_bessel_i(1.0, r / variance) / std::cyl_bessel_i(0.0, r / variance) - r;
    (slope > 0.0 ? low : high) = r;
  }
  return low;
}

/// A helix of radius 1 that climbs 2 pi `rise` a turn.
inline Eigen::Vector3d OnHelix(double angle, double rise, double radius = 1.0)
{
  return { radius * std::cos(angle), radius * std::sin(angle), rise * angle };
}

/// The radius of the ridge of that helix smoothed by a Gaussian of variance v. Turned by half about
/// the x axis the helix is itself, so that on this axis the gradient lies along it and vanishes on
/// the ridge: integral (cos t - r) exp(-((r - cos t)^2 + sin^2 t + rise^2 t^2) / (2 v)) dt = 0, by
/// the trapezoidal rule, whose error is beyond all digits for such an integrand.
inline double RadiusOfHelix(double variance, double rise)
{
  double low = 0.5;
  double high = 1.0;
  for (int i = 0; i < 60; ++i)
  {
    const double r = 0.5 * (low + high);
    double slope = 0.0;
    const double last = 10.0 * std::sqrt(variance) / rise;
    constexpr int steps = 20000;
    for (int k = -steps; k <= steps; ++k)
    {
      const double t = last * k / steps;
      slope += (std::cos(t) - r) *
        std::exp(
          -0.5 * ((OnHelix(t, rise) - Eigen::Vector3d(r, 0.0, 0.0)).squaredNorm()) / variance);
    }
    (slope > 0.0 ? low : high) = r;
  }
  return low;
}

/// A kernel density, the unit of its ridges and what is followed of them.
struct Case
{
  std::shared_ptr<const Samples> Cloud;
  GaussianKernel Kernel;
  Domain Box;
  std::shared_ptr<const KernelFamily> Family;
  std::shared_ptr<const SmoothDensity> Source;
  RidgeCriteria Criteria;

  Case(
    Samples samples, const GaussianKernel& kernel, const Domain& box = {}, double tolerance = 1e-9)
    : Cloud(std::make_shared<const Samples>(std::move(samples)))
    , Kernel(kernel)
    , Box(box)
  {
    ScoreAccuracy accuracy;
    accuracy.Tolerance = tolerance;
    accuracy.TailTolerance = tolerance;
    accuracy.Evaluations = 500.0 * static_cast<double>(this->Cloud->Count());
    this->Family = std::make_shared<const KernelFamily>(this->Cloud, kernel, accuracy, box);
    this->Source = this->Family->At(kernel.EquivalentBandwidth(), Execution());
    this->Criteria.LeastStrength = 0.02;
  }

  TraceProblem Problem() const
  {
    return { *this->Source, RidgeUnit::Of(this->Kernel), this->Criteria, 0.25, this->Box };
  }
  std::vector<RidgePoint> Projected(const Execution& execution = Execution()) const
  {
    return ProjectToRidge(*this->Source, RidgeUnit::Of(this->Kernel), this->Cloud->Points,
      ProjectionOptions(), execution);
  }
  std::vector<Filament> Filaments(const Execution& execution = Execution()) const
  {
    return FindRidges(this->Problem(), RidgeRequest(), this->Projected(execution), execution);
  }
};
}
}

#endif
