// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Density/StandardError.h"

#include "Numerics/Base/Random.h"
#include "Numerics/Cloud/ReweightedSource.h"
#include "Numerics/Density/SquaredKernel.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <sstream>
#include <stdexcept>
#include <vector>

namespace scorefields
{
namespace
{
constexpr double NoBand = std::numeric_limits<double>::quiet_NaN();

/// The densities of another cloud, or with another kernel, at the same nodes.
std::vector<double> Densities(const EstimateProblem& problem, const SampleSource& cloud,
  const CloudMoments& moments, const GaussianKernel& kernel, const Execution& execution)
{
  std::vector<double> densities(static_cast<std::size_t>(problem.Block.Dimensions.prod()));
  EngineSettings settings = problem.Settings;
  settings.Reuse = nullptr;
  settings.Mesh = nullptr;
  FieldView fields;
  fields.Density = densities.data();
  EstimateDensity({ cloud, moments, kernel, problem.Nodes, problem.Block, settings, problem.Parts },
    fields, execution);
  return densities;
}

/// The formulas of the header at a node.
class NodeErrors
{
public:
  NodeErrors(
    const EstimateProblem& problem, double squaredWeight, const StandardErrorOptions& options)
    : Count(problem.Moments.EffectiveCount())
    , Unbiased(this->Count > 1.0 ? this->Count / (this->Count - 1.0) : 0.0)
    , Quantile(NormalQuantile(0.5 + 0.5 * options.ConfidenceLevel))
  {
    const double logPeak = problem.Kernel.LogPeak();
    const double total = problem.Moments.TotalWeight;
    this->OfSquares = std::exp(logPeak - 0.5 * problem.Kernel.Dimension() * std::log(2.0)) *
      (squaredWeight / total / total);
    this->LeastDensity = options.MinimumSampleSize * std::exp(logPeak) / problem.Moments.Count;
  }

  /// @param reweighted  the density with squared weights. @param square  that of half the kernel.
  double Error(double density, double reweighted, double square) const
  {
    const double mixed = density * (2.0 * reweighted - density) / this->Count;
    return std::sqrt(std::max(this->Unbiased * (this->OfSquares * square - mixed), 0.0));
  }

  double HalfBand(double density, double error) const
  {
    const bool known = density >= this->LeastDensity && this->Count > 1.0;
    return known ? this->Quantile * error / density : NoBand;
  }

private:
  double Count;
  double Unbiased;
  double Quantile;
  double OfSquares = 0.0; ///< sum of a_i^2 K^2 by the density of half the kernel
  double LeastDensity = 0.0;
};

[[noreturn]] void Refuse(const std::string& message)
{
  throw std::invalid_argument(message);
}
}

void RequireStandardError(const EstimateProblem& problem, const StandardErrorOptions& options)
{
  if (!(options.ConfidenceLevel > 0.0 && options.ConfidenceLevel < 1.0))
  {
    std::ostringstream message;
    message << "ConfidenceLevel is " << options.ConfidenceLevel
            << "; it must be above 0 and below 1";
    Refuse(message.str());
  }
  if (problem.Settings.Profile != KernelProfile::Gaussian)
  {
    Refuse(std::string("ComputeStandardError is on, which needs the Gaussian kernel, but Kernel"
                       " is ") +
      NameOf(problem.Settings.Profile));
  }
  if (problem.Settings.Sharpen)
  {
    Refuse("ComputeStandardError is on, but Sharpen moves the points, whose density has no such"
           " formula; turn one of them off");
  }
  const Domain domain = Domain::Of(problem.Nodes, problem.Settings.Fft.Boundaries);
  SquaredKernelSource(problem.Cloud, problem.Kernel, domain);
}

void EstimateStandardErrors(const EstimateProblem& problem, const double* densities,
  const StandardErrorOptions& options, const StandardErrorView& errors, const Execution& execution)
{
  RequireStandardError(problem, options);
  const CloudMoments& moments = problem.Moments;
  const Domain domain = Domain::Of(problem.Nodes, problem.Settings.Fft.Boundaries);
  const SquaredKernelSource squares(problem.Cloud, problem.Kernel, domain);
  const CloudMoments squared = MomentsOfSquares(squares, moments, domain, problem.Parts);
  const GaussianKernel narrow(problem.Kernel.ActiveAxes(), 0.5 * problem.Kernel.Covariance());
  const std::vector<double> ofSquares =
    Densities(problem, squares, squared, narrow, execution.Part(0.0, 0.6));
  std::vector<double> reweighted;
  if (HasUnequalWeights(moments))
  {
    const ReweightedSource cloud(problem.Cloud, WeightPower::Two, 1.0);
    reweighted =
      Densities(problem, cloud, SquaredMoments(problem.Cloud, moments, 1.0, problem.Parts),
        problem.Kernel, execution.Part(0.6, 0.95));
  }
  const NodeErrors node(problem, squared.TotalWeight, options);
  const double* const others = reweighted.empty() ? densities : reweighted.data();
  execution.Part(0.95, 1.0).For(problem.Block.Dimensions.prod(),
    [&](Index begin, Index end)
    {
      for (Index i = begin; i < end; ++i)
      {
        errors.Error[i] =
          node.Error(densities[i], others[i], ofSquares[static_cast<std::size_t>(i)]);
        const double half = node.HalfBand(densities[i], errors.Error[i]);
        errors.LogLower[i] = std::log(densities[i]) - half;
        errors.LogUpper[i] = std::log(densities[i]) + half;
      }
    });
}
}
