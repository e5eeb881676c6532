// SPDX-License-Identifier: BSD-3-Clause
#ifndef Scan_BandwidthScan_h
#define Scan_BandwidthScan_h

#include "Numerics/Bandwidth/Bandwidth.h"
#include "Numerics/Bandwidth/BandwidthSweep.h"
#include "Numerics/Cloud/GridPlacement.h"
#include "Numerics/Mixture/Mixture.h"
#include "Numerics/Modes/ModeTree.h"
#include "Numerics/Scan/StableShares.h"

#include <string>
#include <vector>

namespace scorefields
{
/// What to find out about a cloud at many bandwidths.
struct ScanRequest
{
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
  StabilityRequest Stable;
  /// Pairs of locations that are summed for each bandwidth, for the criteria.
  double AffordablePairs = 5e8;
};

/// One quantity over the bandwidths; NaN where it could not be had.
struct ScanColumn
{
  std::string Name;
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
};

/// Everything asked for, at every bandwidth. H = h^2 S with S the shape, det S = 1; criteria are
/// taken in coordinates in which S is the unit matrix.
///
/// Columns: StableShareExact, StableShareFFT, StableShareClassical, SignificantShare,
/// SignificantMeasure (length^d); Modes; Entropy; ExpectedLogLikelihood (leave-one-out), LSCV,
/// LSCVGradient, Hyvarinen; with a truth KullbackLeibler, FisherDivergence, SquaredError,
/// SquaredGradientError, and TrueModes of the truth smoothed by the kernel. Where locations were
/// sampled, also ExpectedLogLikelihoodError and HyvarinenError.
/// @param samples  the whole cloud. @param truth  null if unknown.
/// @throws std::invalid_argument naming the property at fault, Aborted.
BandwidthScan ScanBandwidths(const Samples& samples, const Axes& axes, const Mixture* truth,
  const ScanRequest& request, const Execution& execution);
}

#endif
