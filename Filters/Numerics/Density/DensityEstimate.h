// SPDX-License-Identifier: BSD-3-Clause
#ifndef Density_DensityEstimate_h
#define Density_DensityEstimate_h

#include "Numerics/Base/Enumerations.h"
#include "Numerics/Base/ErrorClaims.h"
#include "Numerics/Base/Execution.h"
#include "Numerics/Base/GaussianKernel.h"
#include "Numerics/Cloud/CloudMoments.h"
#include "Numerics/Exact/CompactKernel.h"
#include "Numerics/Transform/FftOptions.h"

namespace scorefields
{
enum class Engine
{
  /// The exact sums if there are few pairs of node and sample; else sums over a mesh
  /// (ProductEstimate.h), for kernels with correlation the transform and exact sums
  /// (TransformEstimate.h): right to RelativeTolerance everywhere, tails included.
  Auto,
  Exact, ///< ExactSum.h
  Fft,   ///< FftDensity.h
};

constexpr const char* NameOf(Engine value)
{
  switch (value)
  {
    case Engine::Auto:
      return "Auto";
    case Engine::Exact:
      return "Exact";
    case Engine::Fft:
      return "FFT";
  }
  return nullptr;
}

struct EstimateReuse;
struct MeshKeeper;

/// Below it the rounding of the sums would not let Auto keep its word.
constexpr double LeastRelativeTolerance = 1e-12;

struct EngineSettings
{
  scorefields::Engine Engine = scorefields::Engine::Auto;
  /// For the transform; Tolerance also bounds the exact sums, and Boundaries hold for every engine.
  FftOptions Fft;
  /// Of Auto, at every node: relative error of the density, absolute error of its logarithm, and
  /// error of the score in units of 1 / bandwidth (ErrorClaims.h). The report says what is claimed
  /// of each, which for density and logarithm is less where there is a score. At least
  /// LeastRelativeTolerance, at most 0.1.
  double RelativeTolerance = 1e-4;
  /// Of Auto: pairs of node and sample up to which exact sums may do everything. They do where they
  /// take a moment, or less time than a mesh (SumCost.h).
  double AffordablePairs = 4e9;
  /// Others than the Gaussian are summed directly, whatever Engine says, and give no score.
  KernelProfile Profile = KernelProfile::Gaussian;
  bool Sharpen = false; ///< move the samples uphill first, see Sharpen.h
  /// Null: every estimate makes its own. Not used with Sharpen, whose samples follow the bandwidth.
  EstimateReuse* Reuse = nullptr;
  /// Where Auto keeps the mesh of these very samples for other bandwidths and grids, and takes it
  /// from (ProductSum.h). Null: the mesh is made and given up. Not used with Sharpen.
  MeshKeeper* Mesh = nullptr;
};

/// What is to be estimated: the density of a cloud, with a kernel, at the nodes of a grid. The
/// cloud and the grid may be distributed; then every process has its own Cloud and Block.
struct EstimateProblem
{
  const SampleSource& Cloud; ///< this process's part of the samples
  CloudMoments Moments;      ///< of the whole cloud
  GaussianKernel Kernel;
  Grid Nodes; ///< the whole grid
  NodeBlock Block = NodeBlock::Whole(this->Nodes);
  EngineSettings Settings = {};
  Exchange Parts = {}; ///< how the processes' parts come together

  Grid BlockNodes() const { return this->Nodes.Block(this->Block.First, this->Block.Dimensions); }
};

/// What an estimate says about itself.
struct EstimateReport
{
  /// What was used; Auto if a mesh or a transform did it, alone or with sums at some nodes.
  scorefields::Engine Engine = scorefields::Engine::Exact;
  /// Of Fft: absolute error claimed for the density, 1 / length^d, below which its values, their
  /// logarithms and the score mean nothing; 0 for the other engines.
  double DensityFloor = 0.0;
  ErrorClaims Claims;      ///< of Exact and Auto; 0 where the floor says all
  double LostWeight = 0.0; ///< weight of the samples outside the box along open axes
  double ExactShare = 1.0; ///< share of the grid's nodes that the exact sums computed
  double MeshShare = 0.0;  ///< share of the nodes that sums over the mesh computed
  FftReport Fft;           ///< if the transform was used
};

/// @throws std::invalid_argument for settings that cannot work, or not with these fields.
void Require(const EngineSettings& settings, const FieldView& fields);

/// What stands for the logarithm of a density of 0: that of the smallest normal double, about -708.
double LowestLogDensity();

/// The kernel density estimate at the nodes of a block: f(x) = (1/W) sum_i w_i K_H(x - x_i).
///
/// LogDensity is finite everywhere; where the engine has no value (no samples, or a density of 0
/// in a classical mode) it is LowestLogDensity().
/// @param fields  one entry per node of the block, x fastest; Density must not be null.
/// @throws std::invalid_argument for settings that cannot work (a score of a kernel that is not
///         Gaussian, sharpening with one), Aborted if asked to stop.
EstimateReport EstimateDensity(
  const EstimateProblem& problem, const FieldView& fields, const Execution& execution);

/// The same of samples in memory at all nodes of a grid, on the calling thread.
EstimateReport EstimateDensity(const Samples& samples, const GaussianKernel& kernel,
  const Grid& grid, const FieldView& fields, const EngineSettings& settings = {});
}

#endif
