// SPDX-License-Identifier: BSD-3-Clause
#ifndef Scan_BandwidthScan_h
#define Scan_BandwidthScan_h

#include "Numerics/Bandwidth/Bandwidth.h"
#include "Numerics/Bandwidth/BandwidthSweep.h"
#include "Numerics/Base/Boundary.h"
#include "Numerics/Base/Enumerations.h"
#include "Numerics/Cloud/GridPlacement.h"
#include "Numerics/Mixture/Mixture.h"
#include "Numerics/Modes/ModeTree.h"
#include "Numerics/Scan/StableShares.h"

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace scorefields
{
/// What to find out about a cloud at many bandwidths.
struct ScanRequest
{
  ScanRequest()
  {
    this->Range.Steps = 40;
    this->Range.Prefix = "Scan";
    this->Nodes.Dimensions = Index3(256, 256, 64);
  }

  BandwidthShape Shape = BandwidthShape::Isotropic;
  /// The range follows from the normal scale rule for the gradient, h0: h0 / 8 to 3 h0, widened
  /// where another rule that is marked chooses something outside.
  bool DefaultRange = true;
  SweepRequest Range; ///< Steps and Spacing, and without DefaultRange the minimum and the maximum
  bool MarkRules = true;
  bool Stability = true;
  bool Modes = true;
  bool Entropy = true;
  bool CrossValidation = true;
  bool Errors = true; ///< against the truth, if there is one
  GridRequest Nodes;  ///< the box and nodes of the shares
  /// Beyond the box. The rules and the criteria know closed axes; what else is asked for is
  /// refused.
  std::array<Boundary, 3> Boundaries{ Boundary::Open, Boundary::Open, Boundary::Open };
  StabilityRequest Stable;
};

/// The quantities of a scan, in the order of their columns.
enum class ScanCurve
{
  StableShareExact,
  StableShareFft,
  StableShareClassical,
  SignificantShare,
  SignificantMeasure,         ///< length^d
  ExpectedLogLikelihood,      ///< leave-one-out
  LeastSquares,               ///< PairCriterion.h
  LeastSquaresGradient,       ///< PairCriterion.h
  Hyvarinen,                  ///< PairCriterion.h
  ExpectedLogLikelihoodError, ///< where locations were sampled
  HyvarinenError,             ///< where locations were sampled
  Entropy,
  KullbackLeibler,
  FisherDivergence,
  SquaredError,
  SquaredGradientError,
  Modes,
  TrueModes, ///< of the truth smoothed by the kernel
};

constexpr const char* NameOf(ScanCurve value)
{
  switch (value)
  {
    case ScanCurve::StableShareExact:
      return "StableShareExact";
    case ScanCurve::StableShareFft:
      return "StableShareFFT";
    case ScanCurve::StableShareClassical:
      return "StableShareClassical";
    case ScanCurve::SignificantShare:
      return "SignificantShare";
    case ScanCurve::SignificantMeasure:
      return "SignificantMeasure";
    case ScanCurve::ExpectedLogLikelihood:
      return "ExpectedLogLikelihood";
    case ScanCurve::LeastSquares:
      return "LSCV";
    case ScanCurve::LeastSquaresGradient:
      return "LSCVGradient";
    case ScanCurve::Hyvarinen:
      return "Hyvarinen";
    case ScanCurve::ExpectedLogLikelihoodError:
      return "ExpectedLogLikelihoodError";
    case ScanCurve::HyvarinenError:
      return "HyvarinenError";
    case ScanCurve::Entropy:
      return "Entropy";
    case ScanCurve::KullbackLeibler:
      return "KullbackLeibler";
    case ScanCurve::FisherDivergence:
      return "FisherDivergence";
    case ScanCurve::SquaredError:
      return "SquaredError";
    case ScanCurve::SquaredGradientError:
      return "SquaredGradientError";
    case ScanCurve::Modes:
      return "Modes";
    case ScanCurve::TrueModes:
      return "TrueModes";
  }
  return nullptr;
}

/// One quantity over the bandwidths; NaN where it could not be had.
struct ScanColumn
{
  ScanCurve Curve;
  std::vector<double> Values;
};

/// What a rule chooses.
struct RuleMark
{
  BandwidthRule Rule = BandwidthRule::Manual;
  double Bandwidth = 0.0;
  double Error = 0.0;  ///< relative
  std::string Problem; ///< why there is none; empty if there is
};

struct BandwidthScan
{
  std::vector<double> Bandwidths; ///< ascending
  std::vector<ScanColumn> Columns;
  std::vector<RuleMark> Marks;
  ModeTree Tree;
  /// The bandwidth in the range, or below it, above which the truth smoothed by the kernel has
  /// fewer modes than the truth, to 1e-6. None without TrueModes, and if there is none.
  std::optional<double> CriticalBandwidth;
};

/// How several processes that have the same samples share the steps of a scan: the one of a number
/// takes each step whose rest by Processes is that number.
struct ScanShare
{
  Index Number = 0;
  Index Processes = 1;
  /// Replaces each of n values by its sum over the processes.
  std::function<void(double* values, Index n)> Sum = [](double*, Index) {};

  bool Takes(std::size_t step) const
  {
    return static_cast<Index>(step) % this->Processes == this->Number;
  }
};

/// Everything asked for, at every bandwidth. H = h^2 S with S the shape, det S = 1; criteria are
/// taken in coordinates in which S is the unit matrix.
///
/// There is a column for each ScanCurve that was asked for and can be had: those that compare with
/// the truth, and TrueModes, need one.
/// @param samples  the whole cloud. @param truth  null if unknown.
/// @param share    stable shares, errors and the modes of the truth are shared; the result is the
///                 same on every process, to the bit, for any number of them.
/// @throws std::invalid_argument naming the property at fault, Aborted.
BandwidthScan ScanBandwidths(const Samples& samples, const Axes& axes, const Mixture* truth,
  const ScanRequest& request, const Execution& execution, const ScanShare& share = {});
}

#endif
