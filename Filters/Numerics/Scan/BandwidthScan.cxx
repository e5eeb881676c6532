// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Scan/BandwidthScan.h"

#include "Numerics/Bandwidth/KernelChoice.h"
#include "Numerics/Bandwidth/ScanCriteria.h"
#include "Numerics/Density/DensityEstimate.h"
#include "Numerics/Modes/MixtureModes.h"
#include "Numerics/Scan/EstimateErrors.h"

#include <algorithm>
#include <cmath>
#include <exception>
#include <limits>
#include <sstream>
#include <stdexcept>

namespace scorefields
{
namespace
{
constexpr double NotKnown = std::numeric_limits<double>::quiet_NaN();
constexpr double BelowRule = 8.0;
constexpr double AboveRule = 3.0;
constexpr double BesideMark = 1.25;
/// Where the critical bandwidth is looked for, beside the range itself.
constexpr double BelowRange = 1e-3;
/// Pairs of locations that are summed for each bandwidth, for the criteria.
constexpr double AffordablePairs = 5e8;

std::vector<RuleMark> MarkRules(const Samples& samples, const CloudMoments& moments,
  const Axes& axes, const ScanRequest& request, const Domain& domain, const Execution& execution)
{
  std::vector<RuleMark> marks;
  constexpr auto rules = ValuesOf<BandwidthRule>();
  constexpr double part = 1.0 / (rules.size() - 1); // of the work
  for (const BandwidthRule rule : rules)
  {
    if (rule == BandwidthRule::Manual)
    {
      continue; // chooses nothing
    }
    const double share = part * static_cast<double>(marks.size());
    RuleMark mark;
    mark.Rule = rule;
    KernelRequest choice;
    choice.Rule = rule;
    choice.Shape = request.Shape;
    try
    {
      const KernelChoice found = ChooseKernel(choice, StoredSamples(samples), moments, axes,
        Exchange(), execution.Part(share, share + part), domain);
      mark.Bandwidth = found.Kernel.EquivalentBandwidth();
      mark.Error = found.RelativeError;
    }
    catch (const std::invalid_argument& problem)
    {
      mark.Problem = problem.what();
    }
    marks.push_back(mark);
  }
  return marks;
}

std::vector<double> BandwidthsOf(const ScanRequest& request, const std::vector<RuleMark>& marks,
  const CloudMoments& moments, const Axes& axes)
{
  SweepRequest range = request.Range;
  range.Direction = SweepDirection::Up;
  if (request.DefaultRange)
  {
    const double rule =
      ChooseKernel(BandwidthRule::NormalGradient, request.Shape, moments, axes, 1.0)
        .EquivalentBandwidth();
    range.Minimum = rule / BelowRule;
    range.Maximum = rule * AboveRule;
    for (const RuleMark& mark : marks)
    {
      if (mark.Problem.empty())
      {
        range.Minimum = std::min(range.Minimum, mark.Bandwidth / BesideMark);
        range.Maximum = std::max(range.Maximum, mark.Bandwidth * BesideMark);
      }
    }
  }
  std::vector<double> bandwidths = SweepSchedule::Of(range).Bandwidths;
  std::sort(bandwidths.begin(), bandwidths.end());
  return bandwidths;
}

/// @throws std::invalid_argument naming what does not know the boundaries of a closed box.
void RequireKnownBoundaries(
  const ScanRequest& request, const Domain& domain, const Axes& axes, bool truth)
{
  std::string unknown;
  const auto add = [&unknown](bool wanted, const char* property)
  { unknown += wanted ? (unknown.empty() ? "" : ", ") + std::string(property) : ""; };
  add(request.Stability, "ComputeStability");
  add(request.Modes, "ComputeModes");
  add(request.Entropy, "ComputeEntropy");
  add(request.Errors && truth, "ComputeErrors");
  for (int axis = 0; axis < 3; ++axis)
  {
    const std::string boundary =
      std::string("Boundary is ") + NameOf(domain.At(axis)) + " along " + "xyz"[axis] + ", ";
    if (domain.IsClosed(axis) && !unknown.empty())
    {
      throw std::invalid_argument(
        boundary + "which only ComputeCriteria and MarkRules know; set " + unknown + " to off");
    }
    if (domain.At(axis) == Boundary::Periodic && axes.Count > 1 &&
      request.Shape == BandwidthShape::Covariance)
    {
      throw std::invalid_argument(boundary +
        "where the criteria cannot have BandwidthShape Covariance; set it to Isotropic or Per "
        "axis");
    }
  }
}

/// One scan; the steps are called in the order in which they stand.
class Scan
{
public:
  Scan(const Samples& samples, const Axes& axes, const Mixture* truth, const ScanRequest& request,
    const ScanShare& share)
    : Points(samples)
    , Active(axes)
    , Truth(truth)
    , Request(request)
    , Share(share)
    , Moments(MomentsOf(samples))
    , Box(DomainOf(request.Nodes, request.Boundaries, this->Moments, axes))
    , BoxMoments(
        MomentsIn(this->Box, axes, StoredSamples(samples), this->Moments, Exchange(), Execution()))
  {
  }

  BandwidthScan Run(const Execution& execution)
  {
    Require(this->Request.Nodes);
    Require(this->Request.Stable);
    RequireKnownBoundaries(this->Request, this->Box, this->Active, this->Truth != nullptr);
    if (this->Request.MarkRules)
    {
      this->Result.Marks = MarkRules(this->Points, this->Moments, this->Active, this->Request,
        this->Box, execution.Part(0.0, 0.2));
    }
    this->Result.Bandwidths =
      BandwidthsOf(this->Request, this->Result.Marks, this->BoxMoments, this->Active);
    this->Shape = this->ShapeKernel();
    this->MeasureShares(execution.Part(0.2, 0.4));
    this->MeasureCriteria(execution.Part(0.4, 0.7));
    this->MeasureErrors(execution.Part(0.7, 0.85));
    this->CountModes(execution.Part(0.85, 1.0));
    return std::move(this->Result);
  }

private:
  GaussianKernel ShapeKernel() const
  {
    if (this->Request.Shape == BandwidthShape::Isotropic)
    {
      return GaussianKernel::Isotropic(this->Active, 1.0);
    }
    return GaussianKernel(
      this->Active, ShapedCovariance(this->Request.Shape, this->BoxMoments, this->Active))
      .WithBandwidth(1.0);
  }

  GaussianKernel Kernel(std::size_t step) const
  {
    return this->Shape.WithBandwidth(this->Result.Bandwidths[step]);
  }

  std::size_t Steps() const { return this->Result.Bandwidths.size(); }

  /// The values of a new column, NaN so far.
  std::vector<double>& Column(ScanCurve curve)
  {
    this->Result.Columns.push_back({ curve, std::vector<double>(this->Steps(), NotKnown) });
    return this->Result.Columns.back().Values;
  }

  /// Puts together what the processes found; others' steps have any value so far.
  void Join(std::vector<double>& column) const
  {
    for (std::size_t step = 0; step < column.size(); ++step)
    {
      column[step] = this->Share.Takes(step) ? column[step] : 0.0;
    }
    this->Share.Sum(column.data(), static_cast<Index>(column.size()));
  }

  Execution StepOf(const Execution& part, std::size_t step) const
  {
    const auto steps = static_cast<double>(this->Steps());
    const double from = static_cast<double>(step) / steps;
    part.Checkpoint(from);
    return part.Part(from, from + 1.0 / steps);
  }

  void MeasureShares(const Execution& part)
  {
    if (!this->Request.Stability)
    {
      return;
    }
    this->Result.Columns.reserve(CountOf<ScanCurve>()); // so that references stay
    std::vector<double>& exact = this->Column(ScanCurve::StableShareExact);
    std::vector<double>& fft = this->Column(ScanCurve::StableShareFft);
    std::vector<double>& classical = this->Column(ScanCurve::StableShareClassical);
    std::vector<double>& significant = this->Column(ScanCurve::SignificantShare);
    std::vector<double>& measure = this->Column(ScanCurve::SignificantMeasure);
    const Eigen::Vector3d margin = this->Kernel(this->Steps() - 1).AxisBandwidths();
    const Grid grid = PlaceGrid(this->Request.Nodes, this->Moments, this->Active, margin);
    double box = 1.0;
    for (int a = 0; a < this->Active.Count; ++a)
    {
      const int axis = this->Active.Axis[a];
      box *=
        grid.Spacing[axis] * static_cast<double>(std::max<Index>(grid.Dimensions[axis] - 1, 1));
    }
    for (std::size_t step = 0; step < this->Steps(); ++step)
    {
      if (!this->Share.Takes(step))
      {
        continue;
      }
      const StableShares shares = MeasureStability(this->Points, this->Moments, this->Kernel(step),
        grid, this->Request.Stable, this->StepOf(part, step));
      exact[step] = shares.Exact;
      fft[step] = shares.Fft;
      classical[step] = shares.Classical;
      significant[step] = shares.Significant;
      measure[step] = shares.Significant * box;
    }
    for (std::vector<double>* column : { &exact, &fft, &classical, &significant, &measure })
    {
      this->Join(*column);
    }
  }

  void MeasureCriteria(const Execution& part)
  {
    if (!this->Request.CrossValidation)
    {
      return;
    }
    const ScanCriteria criteria = EvaluateCriteria(this->Points, this->Active,
      this->Shape.Covariance(), this->Result.Bandwidths, AffordablePairs, part, this->Box);
    this->Column(ScanCurve::ExpectedLogLikelihood) = criteria.LogLikelihood;
    this->Column(ScanCurve::LeastSquares) = criteria.LeastSquares;
    this->Column(ScanCurve::LeastSquaresGradient) = criteria.LeastSquaresGradient;
    this->Column(ScanCurve::Hyvarinen) = criteria.Hyvarinen;
    if (criteria.Sampled)
    {
      this->Column(ScanCurve::ExpectedLogLikelihoodError) = criteria.LogLikelihoodError;
      this->Column(ScanCurve::HyvarinenError) = criteria.HyvarinenError;
    }
  }

  void MeasureErrors(const Execution& part)
  {
    const Mixture* truth = this->Request.Errors ? this->Truth : nullptr;
    if (!truth && !this->Request.Entropy)
    {
      return;
    }
    std::vector<EstimateErrors> errors(this->Steps());
    for (std::size_t step = 0; step < this->Steps(); ++step)
    {
      if (this->Share.Takes(step))
      {
        errors[step] = IntegrateErrors(this->Points, this->Moments, this->Kernel(step), truth,
          EngineSettings().AffordablePairs, this->StepOf(part, step));
      }
    }
    const auto column = [&](ScanCurve curve, double EstimateErrors::*member)
    {
      std::vector<double>& values = this->Column(curve);
      std::transform(errors.begin(), errors.end(), values.begin(),
        [member](const EstimateErrors& error) { return error.*member; });
      this->Join(values);
    };
    if (this->Request.Entropy)
    {
      column(ScanCurve::Entropy, &EstimateErrors::Entropy);
    }
    if (truth)
    {
      column(ScanCurve::KullbackLeibler, &EstimateErrors::KullbackLeibler);
      column(ScanCurve::FisherDivergence, &EstimateErrors::Fisher);
      column(ScanCurve::SquaredError, &EstimateErrors::SquaredError);
      column(ScanCurve::SquaredGradientError, &EstimateErrors::SquaredGradientError);
    }
  }

  void CountModes(const Execution& part)
  {
    if (!this->Request.Modes)
    {
      return;
    }
    this->Result.Tree = FollowModes(
      this->Points, this->Moments, this->Shape, this->Result.Bandwidths, part.Part(0.0, 0.8));
    this->Column(ScanCurve::Modes) = this->Result.Tree.Counts;
    if (!this->Truth || !this->Request.Errors)
    {
      return;
    }
    std::vector<double>& count = this->Column(ScanCurve::TrueModes);
    for (std::size_t step = 0; step < this->Steps(); ++step)
    {
      part.Checkpoint(0.8 + 0.19 * static_cast<double>(step) / static_cast<double>(this->Steps()));
      if (this->Share.Takes(step))
      {
        const Mixture smoothed = this->Truth->Smoothed(this->Kernel(step).Covariance());
        count[step] = static_cast<double>(ModesOf(smoothed, part).size());
      }
    }
    this->Join(count);
    const auto modes = static_cast<Index>(ModesOf(*this->Truth, part).size());
    const double least = BelowRange * this->Result.Bandwidths.front();
    const Execution last = part.Part(0.99, 1.0);
    this->Result.CriticalBandwidth = scorefields::CriticalBandwidth(
      *this->Truth, this->Shape, modes - 1, { least, this->Result.Bandwidths.back(), 1e-9 }, last);
  }

  const Samples& Points;
  const Axes& Active;
  const Mixture* Truth;
  const ScanRequest& Request;
  const ScanShare& Share;
  CloudMoments Moments;
  Domain Box;
  CloudMoments BoxMoments; ///< for the shape of the kernel and the range
  GaussianKernel Shape = GaussianKernel::Isotropic(Axes::First(1), 1.0);
  BandwidthScan Result;
};
}

BandwidthScan ScanBandwidths(const Samples& samples, const Axes& axes, const Mixture* truth,
  const ScanRequest& request, const Execution& execution, const ScanShare& share)
{
  const Index count = (samples.Weights.size() == 0)
    ? samples.Count()
    : static_cast<Index>((samples.Weights.array() > 0.0).count());
  if (count < 2)
  {
    std::ostringstream message;
    message << "Input has " << count << " points with a weight; a scan needs at least two";
    throw std::invalid_argument(message.str());
  }
  return Scan(samples, axes, truth, request, share).Run(execution);
}
}
