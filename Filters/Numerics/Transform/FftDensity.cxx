// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Transform/FftDensity.h"

#include "Numerics/Transform/FinishFields.h"
#include "Numerics/Transform/FourierEvaluation.h"
#include "Numerics/Transform/KernelFactors.h"
#include "Numerics/Transform/PlanErrors.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <sstream>
#include <stdexcept>
#include <utility>

// From samples to a density on a grid by Fourier transforms:
//   1. Plan the mesh: its spacing, period and splines (PlanMesh).
//   2. Spread the samples to the mesh (Spread). Ranks add up their meshes after this.
//   3. Transform the mesh to its harmonics, of which the low ones are kept (Transform).
//   Then, for each kernel (Evaluate):
//   4. Find the factors of the harmonics, and from their sum the errors that are claimed.
//   5. Multiply and transform back to the nodes: the density.
//   6. The same with frequencies as further factors: its derivatives.
//   7. From the two the logarithm, the score, the Hessian, and last the clamp (Finish).
namespace scorefields
{
namespace
{
constexpr double LeastNormal = std::numeric_limits<double>::min();

void CheckKernel(const MeshPlan& plan, const GaussianKernel& kernel)
{
  for (int a = 0; a < plan.Dimension; ++a)
  {
    const int axis = plan.Axes[static_cast<std::size_t>(a)].Axis;
    const double widest = kernel.AxisBandwidths()[axis];
    const double narrowest = NarrowLength(kernel, axis);
    constexpr double slack = 1e-9;
    if (kernel.Dimension() != plan.Dimension || widest > plan.Widest[a] * (1.0 + slack) ||
      narrowest < plan.Narrowest[a] * (1.0 - slack))
    {
      std::ostringstream message;
      message << "Bandwidth along axis " << axis << " is " << narrowest << " to " << widest
              << "; the mesh was planned for " << plan.Narrowest[a] << " to " << plan.Widest[a];
      throw std::invalid_argument(message.str());
    }
  }
}

FftReport DescribePlan(const MeshPlan& plan)
{
  FftReport report;
  report.Resolved = plan.Resolved;
  for (int a = 0; a < plan.Dimension; ++a)
  {
    const MeshAxis& axis = plan.Axes[static_cast<std::size_t>(a)];
    report.Period[axis.Axis] = axis.Period;
  }
  return report;
}

Index3 OnMesh(const MeshPlan& plan, const Index3& ofGrid, Index rest)
{
  Index3 ofMesh = Index3::Constant(rest);
  for (int a = 0; a < plan.Dimension; ++a)
  {
    ofMesh[a] = ofGrid[plan.Axes[static_cast<std::size_t>(a)].Axis];
  }
  return ofMesh;
}

// Step 6. Evaluates first and, if wanted, second derivatives of the density.
class Derivatives
{
public:
  Derivatives(const MeshPlan& plan, const KernelFactors& kernel,
    const FourierEvaluation& evaluation, const Execution& execution)
    : Plan(plan)
    , Kernel(kernel)
    , Evaluation(evaluation)
    , Executor(execution)
  {
  }

  void First(double* gradient) const
  {
    for (int a = 0; a < this->Plan.Dimension; ++a)
    {
      Derivative along{ 0, 0, 0 };
      along[static_cast<std::size_t>(a)] = 1;
      this->Evaluation.Evaluate(
        this->Kernel.Of(along), true, gradient + this->Axis(a), 3, this->Executor);
    }
  }

  void Second(double* hessian) const
  {
    for (int a = 0; a < this->Plan.Dimension; ++a)
    {
      for (int b = a; b < this->Plan.Dimension; ++b)
      {
        Derivative along{ 0, 0, 0 };
        ++along[static_cast<std::size_t>(a)];
        ++along[static_cast<std::size_t>(b)];
        this->Evaluation.Evaluate(this->Kernel.Of(along), false,
          hessian + TensorPlace[this->Axis(a)][this->Axis(b)], 6, this->Executor);
      }
    }
  }

private:
  int Axis(int a) const { return this->Plan.Axes[static_cast<std::size_t>(a)].Axis; }

  const MeshPlan& Plan;
  const KernelFactors& Kernel;
  const FourierEvaluation& Evaluation;
  const Execution& Executor;
};
}

// Step 1.
FftDensity::FftDensity(const Grid& grid, const std::vector<GaussianKernel>& kernels,
  const CloudMoments& cloud, const FftOptions& options)
  : Nodes(grid)
  , Options(options)
  , Cloud(cloud)
  , Layout(PlanMesh(grid, kernels, cloud, options))
{
}

// Step 2.
Mesh FftDensity::Spread(const SampleSource& source, const Execution& execution) const
{
  return SpreadSamples(this->Layout, this->Nodes, source, execution);
}

// Step 3.
void FftDensity::Transform(Mesh mesh, const Execution& execution)
{
  this->Totals = mesh.Totals;
  this->Spectrum = FourierGrid(this->Layout, std::move(mesh.Values), execution);
}

FftReport FftDensity::Evaluate(
  const GaussianKernel& kernel, const FieldView& fields, const Execution& execution) const
{
  return this->Evaluate(kernel, Index3::Zero(), this->Nodes.Dimensions, fields, execution);
}

FftReport FftDensity::Evaluate(const GaussianKernel& kernel, const Index3& first,
  const Index3& dimensions, const FieldView& fields, const Execution& execution) const
{
  CheckKernel(this->Layout, kernel);
  if (fields.KishSampleSize != nullptr)
  {
    throw std::invalid_argument("the FFT engine does not provide KishSampleSize");
  }
  FftReport report = DescribePlan(this->Layout);
  const Index n = dimensions.prod();
  if (n == 0)
  {
    return report;
  }
  // Step 4.
  const double total = this->Cloud.TotalWeight > 0.0 ? this->Cloud.TotalWeight : 1.0;
  const KernelFactors factors(this->Layout, this->Spectrum, kernel, this->Options.Spectrum, total);
  const double supremum = this->Spectrum.AbsoluteSum(factors.Of(Derivative{ 0, 0, 0 }));
  report.LostWeight = this->Totals[0] / total;
  report.DroppedWeight = this->Totals[1] / total;
  report.Errors =
    ErrorsOf(this->Layout, this->Options, this->Cloud, kernel, supremum, report.DroppedWeight);

  // Step 5.
  const FourierEvaluation evaluation(this->Spectrum, this->Layout, OnMesh(this->Layout, first, 0),
    OnMesh(this->Layout, dimensions, 1));
  FftBuffer<double> ownDensity(fields.Density == nullptr ? n : 0);
  double* const density = fields.Density == nullptr ? ownDensity.Data() : fields.Density;
  evaluation.Evaluate(factors.Of(Derivative{ 0, 0, 0 }), false, density, 1, execution);
  const Extremes extremes = FindExtremes(density, n, execution);
  report.Minimum = extremes.Minimum;
  report.Maximum = extremes.Maximum;
  this->Finish(kernel, factors, evaluation, report, density, n, fields, execution);
  return report;
}

// Steps 6 and 7. What follows from the density: its logarithm, their derivatives, the clamp.
void FftDensity::Finish(const GaussianKernel& kernel, const KernelFactors& factors,
  const FourierEvaluation& evaluation, const FftReport& report, double* density, Index n,
  const FieldView& fields, const Execution& execution) const
{
  const bool deconvolved = this->Options.Spectrum == FftSpectrum::Deconvolved;
  const double least = deconvolved ? std::max(report.Floor(), LeastNormal) : LeastNormal;
  if (fields.LogDensity != nullptr)
  {
    LogOfAtLeast(density, least, fields.LogDensity, n, execution);
  }
  if (fields.Score != nullptr || fields.Hessian != nullptr)
  {
    FftBuffer<double> ownScore(fields.Score == nullptr ? 3 * n : 0);
    double* const score = fields.Score == nullptr ? ownScore.Data() : fields.Score;
    std::fill_n(score, 3 * n, 0.0);
    const Derivatives derivatives(this->Layout, factors, evaluation, execution);
    derivatives.First(score);
    if (fields.Hessian != nullptr)
    {
      std::fill_n(fields.Hessian, 6 * n, 0.0);
      derivatives.Second(fields.Hessian);
    }
    DerivativesOfLog(density, least, score, fields.Hessian, n, execution);
  }
  const bool clamp = this->Options.ClampNegative;
  const double share = this->Cloud.Count * std::exp(-kernel.LogPeak());
  double* const sampleSize = fields.EffectiveSampleSize;
  execution.For(n,
    [&](Index begin, Index end)
    {
      for (Index i = begin; i < end; ++i)
      {
        density[i] = clamp && !(density[i] > 0.0) ? 0.0 : density[i];
        if (sampleSize != nullptr)
        {
          sampleSize[i] = density[i] * share;
        }
      }
    });
}

FftReport ComputeFftDensity(const Grid& grid, const Samples& samples, const GaussianKernel& kernel,
  const FftOptions& options, const FieldView& fields, const Execution& execution)
{
  CloudMoments cloud = MomentsOf(samples, execution);
  cloud.TotalWeight = samples.TotalWeight;
  FftDensity engine(grid, { kernel }, cloud, options);
  engine.Transform(engine.Spread(StoredSamples(samples), execution), execution);
  return engine.Evaluate(kernel, fields, execution);
}
}
