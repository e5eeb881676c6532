// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Scan/EstimateErrors.h"

#include "Numerics/Base/FieldStorage.h"
#include "Numerics/Density/DensityEstimate.h"
#include "Numerics/Mixture/MixtureField.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace scorefields
{
namespace
{
constexpr double Reach = 7.0;         // standard deviations beyond the centres: 1e-11 is outside
constexpr double FineSpacing = 0.6;   // in shortest standard deviations
constexpr double CoarseSpacing = 1.2; // ... beyond which no integral is worth having
constexpr double FloorFactor = 100.0;
constexpr double MostMassLeftOut = 1e-4;
constexpr Index PieceSize = 4096;

struct IntegrationGrid
{
  Grid Nodes;
  bool Resolved = true;
};

double MostNodes(int dimension)
{
  return dimension == 1 ? 65536.0 : dimension == 2 ? 1048576.0 : 2097152.0;
}

IntegrationGrid IntegrationGridFor(
  const CloudMoments& moments, const GaussianKernel& kernel, const Mixture* truth)
{
  const Axes& axes = kernel.ActiveAxes();
  Eigen::Vector3d lower = moments.Lower - Reach * kernel.AxisBandwidths();
  Eigen::Vector3d upper = moments.Upper + Reach * kernel.AxisBandwidths();
  Eigen::Vector3d length = kernel.Precision().diagonal().cwiseSqrt().cwiseInverse();
  for (Index k = 0; truth && k < truth->Count(); ++k)
  {
    const Eigen::Vector3d reach = Reach * truth->Component(k).Covariance.diagonal().cwiseSqrt();
    lower = lower.cwiseMin(truth->Component(k).Mean - reach);
    upper = upper.cwiseMax(truth->Component(k).Mean + reach);
    // 1 / sqrt((C^-1)_aa): the standard deviation of a cut along the axis.
    const Eigen::Matrix3d& whitening = truth->Whitening(k);
    const Eigen::Vector3d own = whitening.colwise().norm().transpose().cwiseInverse();
    length = length.cwiseMin(own);
  }
  double cells = 1.0;
  for (int a = 0; a < axes.Count; ++a)
  {
    const int axis = axes.Axis[a];
    cells *= (upper[axis] - lower[axis]) / (FineSpacing * length[axis]);
  }
  const double coarser = std::max(1.0, std::pow(cells / MostNodes(axes.Count), 1.0 / axes.Count));
  IntegrationGrid chosen;
  chosen.Resolved = FineSpacing * coarser <= CoarseSpacing;
  chosen.Nodes.Origin = lower;
  for (int axis = 0; axis < 3 && chosen.Resolved; ++axis)
  {
    if (axes.IsActive(axis))
    {
      const double extent = upper[axis] - lower[axis];
      const double count = std::ceil(extent / (FineSpacing * coarser * length[axis]));
      chosen.Nodes.Dimensions[axis] = static_cast<Index>(count) + 1;
      chosen.Nodes.Spacing[axis] = extent / count;
    }
  }
  return chosen;
}

/// The integrals in the order of EstimateErrors, then the mass of f and of p at sound nodes, and of
/// both at all nodes.
using Sums = std::array<double, 9>;
constexpr std::size_t SoundMass = 5;
constexpr std::size_t WholeMass = 7;

/// What one node adds to the integrals, in the order of EstimateErrors.
Sums TermsOf(const FieldStorage& estimate, const FieldStorage* truth, Index node, double floor)
{
  const double f = estimate.Density[node];
  const bool sound = f >= floor;
  const double logF = estimate.LogDensity[node];
  Sums terms{};
  terms[0] = f > 0.0 && sound ? -f * logF : 0.0;
  terms[SoundMass] = sound ? f : 0.0;
  terms[WholeMass] = f;
  if (truth)
  {
    const double p = truth->Density[node];
    const Eigen::Vector3d ofP = truth->Score.col(node);
    const Eigen::Vector3d ofF = estimate.Score.col(node);
    terms[1] = sound && p > 0.0 ? p * (truth->LogDensity[node] - logF) : 0.0;
    terms[2] = sound ? p * (ofP - ofF).squaredNorm() : 0.0;
    terms[3] = (f - p) * (f - p);
    terms[4] = (f * ofF - p * ofP).squaredNorm();
    terms[SoundMass + 1] = sound ? p : 0.0;
    terms[WholeMass + 1] = p;
  }
  return terms;
}

/// Pieces of a size that depends on nothing, summed in order.
Sums SumOver(
  const FieldStorage& estimate, const FieldStorage* truth, double floor, const Execution& execution)
{
  const Index n = estimate.Density.size();
  std::vector<Sums> pieces(static_cast<std::size_t>((n + PieceSize - 1) / PieceSize));
  execution.For(static_cast<Index>(pieces.size()),
    [&](Index begin, Index end)
    {
      for (Index piece = begin; piece < end; ++piece)
      {
        Sums sum{};
        const Index last = std::min(n, (piece + 1) * PieceSize);
        for (Index node = piece * PieceSize; node < last; ++node)
        {
          const Sums terms = TermsOf(estimate, truth, node, floor);
          std::transform(sum.begin(), sum.end(), terms.begin(), sum.begin(), std::plus<>());
        }
        pieces[static_cast<std::size_t>(piece)] = sum;
      }
    });
  Sums total{};
  for (const Sums& piece : pieces)
  {
    std::transform(total.begin(), total.end(), piece.begin(), total.begin(), std::plus<>());
  }
  return total;
}

/// The integrals, as far as the sums tell them: without those whose mass was left out.
EstimateErrors FromSums(const Sums& sums, double cell, bool truth)
{
  const auto covers = [&sums](std::size_t density)
  { return sums[SoundMass + density] >= (1.0 - MostMassLeftOut) * sums[WholeMass + density]; };
  EstimateErrors errors;
  if (!covers(0))
  {
    return errors; // the transform could not carry so narrow a kernel
  }
  errors.Entropy = cell * sums[0];
  if (truth && covers(1))
  {
    errors.KullbackLeibler = cell * sums[1];
    errors.Fisher = cell * sums[2];
  }
  if (truth)
  {
    errors.SquaredError = cell * sums[3];
    errors.SquaredGradientError = cell * sums[4];
  }
  return errors;
}
}

EstimateErrors IntegrateErrors(const Samples& samples, const CloudMoments& moments,
  const GaussianKernel& kernel, const Mixture* truth, double affordablePairs,
  const Execution& execution)
{
  const IntegrationGrid chosen = IntegrationGridFor(moments, kernel, truth);
  if (!chosen.Resolved)
  {
    return EstimateErrors();
  }
  const Grid& grid = chosen.Nodes;
  FieldChoice wanted;
  wanted.Density = wanted.LogDensity = wanted.Score = true;
  FieldStorage estimate(grid.Size(), wanted);
  const StoredSamples cloud(samples);
  EstimateProblem problem{ cloud, moments, kernel, grid };
  problem.Settings.Fft.Tolerance = 1e-12;
  const bool few = moments.Count * static_cast<double>(grid.Size()) <= affordablePairs;
  problem.Settings.Engine = few ? Engine::Exact : Engine::Fft;
  const EstimateReport report = EstimateDensity(problem, estimate.View(), execution);
  FieldStorage known(truth ? grid.Size() : 0, wanted);
  if (truth)
  {
    EvaluateMixture(*truth, grid, known.View(), execution);
  }
  const Sums sums =
    SumOver(estimate, truth ? &known : nullptr, FloorFactor * report.DensityFloor, execution);
  double cell = 1.0;
  for (int a = 0; a < kernel.Dimension(); ++a)
  {
    cell *= grid.Spacing[kernel.ActiveAxes().Axis[a]];
  }
  return report.Fft.Resolved ? FromSums(sums, cell, truth != nullptr) : EstimateErrors();
}
}
