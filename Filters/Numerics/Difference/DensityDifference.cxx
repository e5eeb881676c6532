// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Difference/DensityDifference.h"

#include "Numerics/Difference/NodeVerdicts.h"

#include <algorithm>
#include <cmath>
#include <sstream>
#include <stdexcept>
#include <vector>

// The difference (EstimateDifference):
//   1. The densities of A and B (SumCloud).
//   2. For clouds with unequal weights, the densities with squared weights (SumSquares).
//   3. For Pooled, the density of both clouds with half the kernel's covariance (SumNarrow).
//   4. The test at each node (TestNodes).
// Arrays of results hold the logarithms until step 4.
namespace scorefields
{
namespace
{
/// Relative, of the densities that only a variance needs: it moves Z by half of it.
constexpr double VarianceTolerance = 1e-3;

/// Steps 1 to 3 of one problem.
class Sums
{
public:
  Sums(const DifferenceProblem& problem, const Execution& execution)
    : Problem(problem)
    , Execution(execution)
  {
    this->Settings.Fft.Boundaries = problem.Boundaries;
  }

  EstimateReport Sum(
    const CloudPart& cloud, double* density, double* logDensity, double from, double to) const
  {
    const double tolerance = ToleranceOf(this->Problem.A, this->Problem.B);
    return this->Sum(
      cloud, this->Problem.Kernel, tolerance, density, logDensity, this->Execution.Part(from, to));
  }

  EstimateReport Sum(const CloudPart& cloud, const GaussianKernel& kernel, double tolerance,
    double* density, double* logDensity, const scorefields::Execution& execution) const
  {
    FieldView fields;
    fields.Density = density;
    fields.LogDensity = logDensity;
    EstimateProblem problem{ cloud.Source, cloud.Moments, kernel, this->Problem.Nodes,
      this->Problem.Block, this->Settings, this->Problem.Parts };
    problem.Settings.RelativeTolerance = tolerance;
    return EstimateDensity(problem, fields, execution);
  }

  /// Empty if all samples weigh the same.
  std::vector<double> SumSquares(
    const CloudPart& cloud, double* scratch, double from, double to) const
  {
    std::vector<double> logarithms;
    if (HasUnequalWeights(cloud.Moments))
    {
      logarithms.resize(static_cast<std::size_t>(this->Problem.Block.Dimensions.prod()));
      const ReweightedSource squares(cloud.Source, WeightPower::Two, 1.0);
      this->Sum({ squares, this->Squared(cloud, 1.0) }, this->Problem.Kernel, VarianceTolerance,
        scratch, logarithms.data(), this->Execution.Part(from, to));
    }
    return logarithms;
  }

  void SumNarrow(double* scratch, double* logDensity, double from, double to) const
  {
    const CloudPart& a = this->Problem.A;
    const CloudPart& b = this->Problem.B;
    const GaussianKernel& kernel = this->Problem.Kernel;
    const GaussianKernel narrow(kernel.ActiveAxes(), 0.5 * kernel.Covariance());
    if (a.CountsSamples() && b.CountsSamples())
    {
      const PooledCloud both(a, b);
      this->Sum({ both.Source(), both.Moments() }, narrow, VarianceTolerance, scratch, logDensity,
        this->Execution.Part(from, to));
      return;
    }
    const ReweightedSource squaresA(a.Source, WeightPower::Two, FactorOf(a));
    const ReweightedSource squaresB(b.Source, WeightPower::Two, FactorOf(b));
    const JoinedSource both(squaresA, squaresB);
    const CloudMoments moments =
      Merge(this->Squared(a, FactorOf(a)), this->Squared(b, FactorOf(b)));
    this->Sum({ both, moments }, narrow, VarianceTolerance, scratch, logDensity,
      this->Execution.Part(from, to));
  }

private:
  /// What makes a squared weight a^2 / (sum a^2)^2.
  static double FactorOf(const CloudPart& cloud)
  {
    return cloud.Moments.EffectiveCount() / cloud.Moments.SquaredWeights;
  }

  CloudMoments Squared(const CloudPart& cloud, double factor) const
  {
    return SquaredMoments(cloud.Source, cloud.Moments, factor, this->Problem.Parts);
  }

  const DifferenceProblem& Problem;
  const scorefields::Execution& Execution;
  EngineSettings Settings;
};

/// ImageOverlap at the nodes of a block along one axis.
std::vector<double> OverlapsAlong(const DifferenceProblem& problem, int axis)
{
  const Domain domain = Domain::Of(problem.Nodes, problem.Boundaries);
  const double bandwidth = problem.Kernel.AxisBandwidths()[axis];
  std::vector<double> overlaps;
  for (Index i = 0; i < problem.Block.Dimensions[axis]; ++i)
  {
    const auto node = static_cast<double>(problem.Block.First[axis] + i);
    const double x = problem.Nodes.Origin[axis] + node * problem.Nodes.Spacing[axis];
    overlaps.push_back(ImageOverlap(domain, axis, bandwidth, x));
  }
  return overlaps;
}

/// Step 4.
class NodeTests
{
public:
  NodeTests(const DifferenceProblem& problem, const DifferenceOptions& options,
    const DifferenceView& fields)
    : Options(options)
    , Fields(fields)
    , Dimensions(problem.Block.Dimensions)
    , Test(problem.Kernel, problem.A.Moments, problem.B.Moments, options.Statistic)
    , Overlaps{ OverlapsAlong(problem, 0), OverlapsAlong(problem, 1), OverlapsAlong(problem, 2) }
  {
  }

  void Run(const std::vector<double>& squaresA, const std::vector<double>& squaresB,
    const Execution& execution) const
  {
    constexpr Index batch = Index(1) << 18;
    execution.ForInBatches(this->Dimensions.prod(), batch,
      [&](Index begin, Index end)
      {
        for (Index i = begin; i < end; ++i)
        {
          const auto entry = static_cast<std::size_t>(i);
          NodeSums sums{ this->Fields.LogRatio[i], this->Fields.Standardised[i],
            this->Fields.LogRatio[i], this->Fields.Standardised[i], this->Fields.PValue[i] };
          sums.SquaresA = squaresA.empty() ? sums.A : squaresA[entry];
          sums.SquaresB = squaresB.empty() ? sums.B : squaresB[entry];
          sums.Overlap = this->OverlapAt(i);
          this->Write(i, sums);
        }
      });
  }

private:
  double OverlapAt(Index i) const
  {
    const Index row = i / this->Dimensions[0];
    return this->Overlaps[0][static_cast<std::size_t>(i % this->Dimensions[0])] *
      this->Overlaps[1][static_cast<std::size_t>(row % this->Dimensions[1])] *
      this->Overlaps[2][static_cast<std::size_t>(row / this->Dimensions[1])];
  }

  void Write(Index i, const NodeSums& sums) const
  {
    const NodeTest test = this->Test.At(sums);
    const double least = this->Options.MinimumSampleSize;
    const bool tooFew = test.SampleSizeA < least && test.SampleSizeB < least;
    this->Fields.Difference[i] = this->Fields.DensityA[i] - this->Fields.DensityB[i];
    this->Fields.LogRatio[i] = sums.A - sums.B;
    this->Fields.Standardised[i] = test.Standardised;
    this->Fields.PValue[i] = DifferencePValue(test.Standardised, this->Options.Statistic);
    this->Fields.Class[i] = static_cast<unsigned char>(
      tooFew ? DifferenceClass::TooFewSamples : DifferenceClass::NoDifference);
  }

  const DifferenceOptions& Options;
  const DifferenceView& Fields;
  Index3 Dimensions;
  DifferenceTest Test;
  std::array<std::vector<double>, 3> Overlaps;
};

[[noreturn]] void Refuse(const char* property, double value, const char* range)
{
  std::ostringstream message;
  message << property << " is " << value << "; it must be " << range;
  throw std::invalid_argument(message.str());
}
}

void Require(const DifferenceOptions& options)
{
  if (!(options.SignificanceLevel > 0.0 && options.SignificanceLevel < 1.0))
  {
    Refuse("SignificanceLevel", options.SignificanceLevel, "above 0 and below 1");
  }
  if (!(options.MinimumSampleSize >= 0.0 && std::isfinite(options.MinimumSampleSize)))
  {
    Refuse("MinimumSampleSize", options.MinimumSampleSize, "0 or more, and finite");
  }
}

double ToleranceOf(const CloudPart& a, const CloudPart& b)
{
  const double count = a.Moments.EffectiveCount() + b.Moments.EffectiveCount();
  return std::clamp(StandardisedError / std::sqrt(count), LeastRelativeTolerance, 1e-4);
}

double ImageOverlap(const Domain& domain, int axis, double bandwidth, double x)
{
  if (!domain.IsClosed(axis) || !(bandwidth > 0.0))
  {
    return 1.0;
  }
  const auto term = [bandwidth](double offset)
  { return std::exp(-0.25 * offset * offset / (bandwidth * bandwidth)); };
  const bool mirrors = domain.At(axis) == Boundary::Reflecting;
  const double period = (mirrors ? 2.0 : 1.0) * domain.Length[axis];
  const double toMirror = 2.0 * (x - domain.Lower[axis]);
  // Terms beyond 12 bandwidths are below 1e-15.
  const auto most = static_cast<int>(std::min(12.0 * bandwidth / period, 100.0)) + 1;
  double sum = 0.0;
  for (int m = -most; m <= most; ++m)
  {
    sum += term(m * period) + (mirrors ? term(toMirror + m * period) : 0.0);
  }
  return sum;
}

DifferenceReport EstimateDifference(const DifferenceProblem& problem,
  const DifferenceOptions& options, const DifferenceView& fields, const Execution& execution)
{
  Require(options);
  const Sums sums(problem, execution);
  DifferenceReport report;
  report.A = sums.Sum(problem.A, fields.DensityA, fields.LogRatio, 0.0, 0.25);
  report.B = sums.Sum(problem.B, fields.DensityB, fields.Standardised, 0.25, 0.5);
  double* const scratch = fields.Difference;
  const std::vector<double> squaresA = sums.SumSquares(problem.A, scratch, 0.5, 0.6);
  const std::vector<double> squaresB = sums.SumSquares(problem.B, scratch, 0.6, 0.7);
  if (options.Statistic == DifferenceStatistic::Pooled)
  {
    sums.SumNarrow(scratch, fields.PValue, 0.7, 0.95);
  }
  NodeTests(problem, options, fields).Run(squaresA, squaresB, execution.Part(0.95, 1.0));
  return report;
}

double ThresholdOf(const DifferenceOptions& options, DifferenceTests& tests)
{
  return SignificanceThreshold(
    options.Correction, options.SignificanceLevel, tests.Small, tests.Count);
}
}
