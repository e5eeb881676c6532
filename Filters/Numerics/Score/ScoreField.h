// SPDX-License-Identifier: BSD-3-Clause
#ifndef Score_ScoreField_h
#define Score_ScoreField_h

#include "Numerics/Base/Execution.h"
#include "Numerics/Base/Types.h"
#include "Numerics/Score/Reliability.h"
#include "Numerics/Score/ReliabilityMask.h"
#include "Numerics/Score/Significance.h"
#include "Numerics/Score/SpectralLine.h"

#include <array>

namespace scorefields
{
/// How the score is had.
enum class ScoreMethod
{
  Analytic,          ///< it is given
  CentralDifference, ///< of the log density, second order
  FourthOrder,       ///< of the log density
  DensityRatio,      ///< grad f / max(f, RegularizationFloor), central differences of f
  Spectral           ///< grad f / f, by Fourier transforms of f along the axes
};

constexpr const char* NameOf(ScoreMethod value)
{
  switch (value)
  {
    case ScoreMethod::Analytic:
      return "Analytic";
    case ScoreMethod::CentralDifference:
      return "Central difference";
    case ScoreMethod::FourthOrder:
      return "Fourth order";
    case ScoreMethod::DensityRatio:
      return "Density ratio";
    case ScoreMethod::Spectral:
      return "Spectral";
  }
  return nullptr;
}

struct ScoreOptions
{
  ScoreMethod Method = ScoreMethod::FourthOrder;
  double MinimumSampleSize = 5.0;
  double SignificanceLevel = 0.05;
  MaskRule Mask = MaskRule::Numerical;
  /// Density below which DensityRatio bends the score towards 0; 0 for none.
  double RegularizationFloor = 0.0;
  /// Whether the discretisation error of differences counts; if not, the central difference is
  /// taken for what it exactly is, the mean of the score over two cells. For Spectral it counts.
  bool CountDifferenceError = true;
};

/// @param tolerance  of the error model, allowed in h |ds|.
/// @throws std::invalid_argument naming Tolerance, MinimumSampleSize, SignificanceLevel or
///         RegularizationFloor, the value and the range.
void Require(double tolerance, const ScoreOptions& options);

/// A density on a grid, with neighbours beyond the block that is asked for where they exist. For
/// Spectral the grid is the whole one, however small the block.
struct ScoreInput
{
  Grid Nodes;
  /// One per node: finite, -infinity where the density is not positive, NaN without a value.
  const double* LogDensity = nullptr;
  const double* Density = nullptr; ///< one per node; needed for DensityRatio, only there
  const double* Score = nullptr;   ///< three per node; needed for Analytic, only there
  /// How the grid continues beyond its borders, per axis; for Spectral only.
  std::array<LineEnds, 3> Ends{ LineEnds::Open, LineEnds::Open, LineEnds::Open };
  /// From the frame of the grid's axes to that of the scores.
  Eigen::Matrix3d Rotation = Eigen::Matrix3d::Identity();
  Index3 First = Index3::Zero();      ///< the block asked for
  Index3 Dimensions = Index3::Ones(); ///< of the block
};

/// Where the results go, one entry per node of the block; null: not wanted.
struct ScoreView
{
  double* Score = nullptr;          ///< 3; always finite, 0 where there is none
  double* Magnitude = nullptr;      ///< length of the score
  unsigned char* Classes = nullptr; ///< Reliability; required
  unsigned char* Mask = nullptr;    ///< 1: use it
  double* PValue = nullptr;         ///< of "the score is 0"; 1 where it is not numerically sound
  double* StandardError = nullptr;  ///< of the score, 1 / length
  double* SampleSize = nullptr;     ///< ESS, see Significance.h
  double* FloorMargin = nullptr;    ///< log10(f / e); 300 where e is 0
  /// Estimated h |ds| of the difference, or of the transform; 0 for Analytic.
  double* DifferenceError = nullptr;
};

/// Score and reliability of every node of the block. NotSignificant is decided pointwise.
/// @param test  Dimension 0 if no test is possible; then no node is TooFewSamples or
///              NotSignificant, and PValue must be null.
/// Cost: one pass over the arrays, for Spectral also three transforms per line and axis. The result
/// does not depend on the number of threads.
void ComputeScoreField(const ScoreInput& input, const ErrorModel& errors,
  const SignificanceTest& test, const ScoreOptions& options, const ScoreView& output,
  const Execution& execution);
}

#endif
