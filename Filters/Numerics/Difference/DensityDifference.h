// SPDX-License-Identifier: BSD-3-Clause
#ifndef Difference_DensityDifference_h
#define Difference_DensityDifference_h

#include "Numerics/Cloud/Domain.h"
#include "Numerics/Density/DensityEstimate.h"
#include "Numerics/Difference/DifferenceTest.h"
#include "Numerics/Difference/JoinedSource.h"
#include "Numerics/Score/Significance.h"

namespace scorefields
{
struct DifferenceOptions
{
  DifferenceStatistic Statistic = DifferenceStatistic::Pooled;
  double SignificanceLevel = 0.05;
  MultipleTesting Correction = MultipleTesting::Hochberg;
  /// Where both clouds have fewer effective samples than this, nothing is said.
  double MinimumSampleSize = 5.0;
};

/// @throws std::invalid_argument naming SignificanceLevel or MinimumSampleSize, the value and the
///         range.
void Require(const DifferenceOptions& options);

/// Two clouds, one kernel, one grid. All may be distributed, as in EstimateProblem.
struct DifferenceProblem
{
  CloudPart A;
  CloudPart B;
  GaussianKernel Kernel;
  Grid Nodes;
  NodeBlock Block = NodeBlock::Whole(this->Nodes);
  std::array<Boundary, 3> Boundaries = { Boundary::Open, Boundary::Open, Boundary::Open };
  Exchange Parts = {};
};

/// Where the results go, one entry per node of the block, x fastest; none may be null.
struct DifferenceView
{
  double* DensityA = nullptr;
  double* DensityB = nullptr;
  double* Difference = nullptr;   ///< A - B
  double* LogRatio = nullptr;     ///< log A - log B, finite everywhere
  double* Standardised = nullptr; ///< DifferenceTest.h
  double* PValue = nullptr;       ///< of this node alone
  unsigned char* Class = nullptr; ///< TooFewSamples, or NoDifference until DecideClasses
};

struct DifferenceReport
{
  EstimateReport A;
  EstimateReport B;
};

/// The largest part of Z that the engine's errors may be, see ToleranceOf.
constexpr double StandardisedError = 0.02;

/// The relative error of a density that moves Z by StandardisedError at most: with N effective
/// samples in all, Z moves by the relative error times sqrt(N) at most. 1e-4 at most.
double ToleranceOf(const CloudPart& a, const CloudPart& b);

/// ImageOverlap(x) = sum over the images of a sample, itself included, of exp(-o^2 / (4 h^2)) along
/// one axis, o being how far the image lies from the sample at x: 2 at a reflecting wall, 1 far
/// from it. It is by how much integral (sum of images)^2 exceeds that of the squares alone, to
/// leading order. 1 along open axes.
double ImageOverlap(const Domain& domain, int axis, double bandwidth, double x);

/// Both densities, their difference, and its test at each node. Pooled sums three times, Separate
/// twice; two times more if a cloud has unequal weights.
/// @throws like EstimateDensity; std::invalid_argument like Require.
DifferenceReport EstimateDifference(const DifferenceProblem& problem,
  const DifferenceOptions& options, const DifferenceView& fields, const Execution& execution);

/// The threshold of the tests of all parts, see SignificanceThreshold.
struct DifferenceTests;
double ThresholdOf(const DifferenceOptions& options, DifferenceTests& tests);
}

#endif
