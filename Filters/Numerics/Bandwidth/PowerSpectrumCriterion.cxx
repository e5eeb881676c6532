// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Bandwidth/PowerSpectrumCriterion.h"

#include "Numerics/Transform/KernelFactors.h"
#include "Numerics/Transform/Spreading.h"

#include <cmath>
#include <utility>

namespace scorefields
{
namespace
{
constexpr double LargestMesh = 16777216.0;
constexpr double MeshTolerance = 1e-6;

// Nodes a least bandwidth apart, so that the period can be chosen finely.
Grid BoxOf(const Locations& locations, double least)
{
  Grid box;
  Eigen::Vector3d lower = locations.Points.rowwise().minCoeff();
  Eigen::Vector3d extent = locations.Points.rowwise().maxCoeff() - lower;
  for (int a = 0; a < locations.Dimension; ++a)
  {
    if (locations.Box.IsClosed(a))
    {
      lower[a] = locations.Box.Lower[a];
      extent[a] = locations.Box.Length[a];
    }
    box.Origin[a] = lower[a];
    const double cells = std::ceil(extent[a] / least);
    if (cells >= 1.0)
    {
      // Cells beyond the limit are refused later; this keeps the conversion defined.
      box.Dimensions[a] = static_cast<Index>(std::min(cells, 1e8)) + 1;
      box.Spacing[a] = extent[a] / static_cast<double>(box.Dimensions[a] - 1);
    }
  }
  return box;
}

/// What a plan needs to know of the locations.
CloudMoments SummaryOf(const Locations& locations)
{
  CloudMoments cloud;
  cloud.Count = static_cast<double>(locations.Count());
  cloud.TotalWeight = locations.TotalWeight;
  cloud.Lower = locations.Points.rowwise().minCoeff();
  cloud.Upper = locations.Points.rowwise().maxCoeff();
  return cloud;
}
}

PowerSpectrumCriterion::PowerSpectrumCriterion(
  const Locations& locations, double least, double largest)
  : Points(locations)
  , Active(Axes::First(locations.Dimension))
  , Box(BoxOf(locations, least))
{
  // The sum over pairs at h is the square of the density at h / sqrt(2).
  FftOptions options;
  options.Tolerance = MeshTolerance;
  options.Boundaries = locations.Box.Boundaries;
  options.MaximumMeshSize = static_cast<Index>(LargestMesh);
  this->Plan = PlanMesh(this->Box,
    { GaussianKernel::Isotropic(this->Active, least / std::sqrt(2.0)),
      GaussianKernel::Isotropic(this->Active, largest) },
    SummaryOf(locations), options);
}

bool PowerSpectrumCriterion::IsAffordable() const
{
  return this->Plan.Deconvolve && static_cast<double>(this->Plan.Size()) <= LargestMesh &&
    this->Plan.SpreadingError <= MeshTolerance;
}

void PowerSpectrumCriterion::Transform(const Execution& execution)
{
  Samples samples;
  samples.Points = this->Points.Points;
  samples.Weights = this->Points.Weights;
  samples.TotalWeight = this->Points.TotalWeight;
  Mesh mesh = SpreadSamples(this->Plan, this->Box, StoredSamples(samples), execution);
  this->Spectrum = FourierGrid(this->Plan, std::move(mesh.Values), execution);
}

// The sum over all pairs and their images, i = j included: int f^2, or int |grad f|^2, over the
// box.
double PowerSpectrumCriterion::Pairs(bool laplacian, double bandwidth) const
{
  const KernelFactors factors(this->Plan, this->Spectrum,
    GaussianKernel::Isotropic(this->Active, bandwidth / std::sqrt(2.0)), FftSpectrum::Deconvolved,
    1.0);
  double volume = 1.0;
  for (int a = 0; a < this->Plan.Dimension; ++a)
  {
    const MeshAxis& axis = this->Plan.Axes[static_cast<std::size_t>(a)];
    volume *= axis.Mirror ? 0.5 * axis.Period : axis.Period;
  }
  double sum = 0.0;
  for (int a = 0; a < (laplacian ? this->Plan.Dimension : 1); ++a)
  {
    Derivative derivative{ 0, 0, 0 };
    derivative[static_cast<std::size_t>(a)] = laplacian ? 1 : 0;
    const double root = this->Spectrum.RootMeanSquare(factors.Of(derivative));
    sum += root * root * volume;
  }
  return laplacian ? -sum : sum;
}

double PowerSpectrumCriterion::operator()(Criterion criterion, double bandwidth) const
{
  const bool laplacian = criterion == Criterion::LeastSquaresGradient;
  const double d = this->Points.Dimension;
  const auto others = [&](double h)
  {
    const double peak = std::pow(2.0 * Pi * h * h, -0.5 * d);
    const double own = this->Points.SquaredWeights * peak * (laplacian ? -d / (h * h) : 1.0);
    return this->Pairs(laplacian, h) - own;
  };
  const double narrow = others(bandwidth) - SumOverOwnImages(this->Points, bandwidth, laplacian);
  return LeastSquares(
    criterion, this->Points, bandwidth, narrow, others(std::sqrt(2.0) * bandwidth));
}
}
