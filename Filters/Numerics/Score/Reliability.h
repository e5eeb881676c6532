// SPDX-License-Identifier: BSD-3-Clause
#ifndef Score_Reliability_h
#define Score_Reliability_h

#include "Numerics/Base/Enumerations.h"
#include "Numerics/Base/TransformErrors.h"
#include "Numerics/Base/Types.h"
#include "Numerics/Score/DensityFacts.h"
#include "Numerics/Score/DensityScan.h"
#include "Numerics/Score/Differences.h"
#include "Numerics/Score/SpectralLine.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace scorefields
{
/// Why a score can or cannot be believed. The values are those of the array "Reliability".
enum class Reliability : unsigned char
{
  Reliable = 0,
  RoundOff = 1,       ///< the density stands too little above the rounding of a transform
  Truncation = 2,     ///< ... above the ringing of a cut spectrum
  WrapAround = 3,     ///< ... above what a periodic transform carries in from the other side
  TooFewSamples = 4,  ///< effective sample size below the minimum: a statistical statement
  NotSignificant = 5, ///< the score cannot be told from 0: a statistical statement
  NoData = 6,         ///< no density here, or too few neighbours for a difference
  GridTooCoarse = 7   ///< the estimated error of the difference is above the tolerance
};

constexpr const char* NameOf(Reliability value)
{
  switch (value)
  {
    case Reliability::Reliable:
      return "reliable";
    case Reliability::RoundOff:
      return "round-off";
    case Reliability::Truncation:
      return "spectral truncation";
    case Reliability::WrapAround:
      return "wrap-around";
    case Reliability::TooFewSamples:
      return "too few samples";
    case Reliability::NotSignificant:
      return "not significant";
    case Reliability::NoData:
      return "no data or stencil outside";
    case Reliability::GridTooCoarse:
      return "grid too coarse for the difference";
  }
  return nullptr;
}
constexpr std::size_t ReliabilityClasses = CountOf<Reliability>();

/// The errors of a density and what they do to its score; see docs/math/score.md.
///
/// The tolerance tau bounds h |ds|, h the bandwidth along the axis. A difference of log f with
/// density errors e is within tau if at its nodes  f >= e A max_a(h_a / delta_a) / tau, A being the
/// amplification of the stencil (Differences.h). An analytic score (grad f)/f is within tau if
/// f >= (g + h |s| e) / tau, g being the error of the gradient. e and g are what the transform
/// states (TransformErrors.h). What it does not state is computed again by the same functions:
///   round-off:  RoundOffOf, from the largest density of the image;
///   truncation: TruncationOf, for a spectrum cut at the Nyquist frequency of the image;
///   wrap-around without padding, at each node: the density of all periodic images of the samples'
///   bounding box (ImagesAlong).
/// What the engine states of the log density is charged to differences, times A and the root of the
/// sum of (h_a / delta_a)^2; what it states of the score to the score. Where it states a relative
/// and an absolute error of the density, the less of the two is charged.
/// For linear binning the reference is the density of the binned samples.
/// Without a stated source: zeros beside values below 1e-10 of the maximum tell of a transform;
/// without a kernel h is the shortest length over which the log density curves (DensityScan.h).
class ErrorModel
{
public:
  /// @param scan       of the whole grid, all parts joined.
  /// @param curvature  SharpestCurvature of the whole grid; used if facts have no kernel.
  ErrorModel(const Grid& grid, const DensityFacts& facts, const DensityScan& scan,
    const Eigen::Vector3d& curvature, double tolerance);

  /// Lengths h_a and curvature bounds for the differences.
  const DifferenceScale& Scale() const { return this->Differences; }
  double Tolerance() const { return this->Tau; }
  /// e without what varies from node to node; 0: every digit counts.
  double Floor() const
  {
    return this->RoundOff.Density + this->Truncation.Density + this->Padded.Density;
  }
  /// Whether images matter at all; if not, ImageDensity must not be called.
  bool HasWrap() const { return this->Wraps; }
  /// What the statements of the engine take of tau at every node: of its own score, and of a
  /// difference where the density is largest.
  double StatedScoreError() const { return this->ScoreError; }
  double LeastSlopeError() const { return this->StatedSlopeError(this->LogMaximum); }
  /// Bound of the periodic images' density at node (i, j, k).
  double ImageDensity(Index i, Index j, Index k) const;
  /// Differences are within tau, as far as e matters, where the least log f of the stencil, less
  /// log(amplification), is at least this; with wrap-around: the least log(f / e).
  double DifferenceThreshold() const { return this->LogThreshold; }
  /// Whether what is stated of the density matters to differences.
  bool HasStatedSlopeError() const { return this->SlopeError > Negligible * this->Tau; }
  /// What that makes of a difference, h |ds|; leastMargin as in DifferenceRow, of log f.
  double StatedSlopeError(double leastMargin) const
  {
    const double absolute = this->Absolute > 0.0 && !this->Wraps
      ? this->JointWeight * (this->Absolute * std::exp(-leastMargin) + MostAmplified * this->Stored)
      : this->SlopeError;
    return std::min(this->SlopeError, absolute);
  }
  /// h |s| of a score in the frame of the grid's axes: the root of s' H s.
  double InBandwidths(const Eigen::Vector3d& score) const;
  /// Whether an analytic score is within tau at a node with log density, h |s| and wrap share
  /// given.
  bool AnalyticHolds(double logDensity, double scaledScore, double imageDensity) const;
  /// h |ds| of a score (grad f)/f by what errors do to f itself, and by images, at such a node.
  double DensityError(double logDensity, double scaledScore, double imageDensity) const;
  /// h |ds| of a central difference of f over f by what is stated of f; `largest` is the largest
  /// log density of its nodes.
  double RatioError(double logDensity, double largest, double scaledScore) const;
  /// The largest |log f| at which squares of those errors of slopes of f that matter are normal
  /// numbers. Beyond it nothing can be said of a central difference of f.
  double LargestRatioLogDensity() const;
  /// What the density's values are worth to a transform.
  LinePrecision Precision() const;
  /// Differences are within tau, as far as rounding of the stored values matters, where |log f| is
  /// at most this; negative: nowhere.
  double LargestLogDensity() const;
  /// The largest part of e at a node: RoundOff, Truncation or WrapAround.
  Reliability Cause(double imageDensity) const;
  /// What a node with density 0 is: noise cut off, underflow, or no data.
  Reliability CauseOfZero(double imageDensity) const;

private:
  static constexpr double Negligible = 0.01;   ///< share of tau
  static constexpr double MostAmplified = 4.0; ///< A of a one-sided difference

  void SetLengths(const Grid& grid, const DensityFacts& facts, const Eigen::Vector3d& curvature);
  void SetErrors(const Grid& grid, const DensityFacts& facts, const DensityScan& scan);
  void SetClassical(const Grid& grid, const DensityFacts& facts, const ErrorPart& transform);
  void SetStated(const DensityFacts& facts);
  void SetWrap(const Grid& grid, const DensityFacts& facts);
  /// @returns how far an image displaces the mean of the samples along the axis at most.
  double SetWrapAlong(int axis, const Grid& grid, const DensityFacts& facts, double length);

  double Tau;
  DifferenceScale Differences;
  Eigen::Matrix3d Metric = Eigen::Matrix3d::Zero(); ///< H, or the square of LongestLength
  double LongestLength = 1.0;                       ///< max h_a
  double LargestWeight = 1.0;                       ///< max h_a / delta_a
  double JointWeight = 1.0;                         ///< root of the sum of their squares
  ErrorPart RoundOff;
  ErrorPart Truncation;
  ErrorPart Padded;          ///< images that padding left
  double Relative = 0.0;     ///< stated error of the log density, or relative one of the density
  double Absolute = 0.0;     ///< the same, absolute; 0: not stated
  double Stored = 0.0;       ///< relative precision of a stored density
  double ScoreError = 0.0;   ///< stated of the score, in units of 1 / bandwidth
  double SlopeError = 0.0;   ///< the most that Relative and Stored make of a difference
  double LogMaximum = 0.0;   ///< of the density
  double LogPrecision = 0.0; ///< precision relative to the logarithm
  double ScorePrecision = 0.0;
  double LogThreshold = 0.0;
  bool IsKernelDensity = false;
  bool Wraps = false;
  double Peak = 0.0; ///< K_H(0)
  /// How far an image displaces the mean of the samples seen, in bandwidths.
  double Jump = 0.0;
  std::vector<ImageShares> Shares[3]; ///< per axis and index
};
}

#endif
