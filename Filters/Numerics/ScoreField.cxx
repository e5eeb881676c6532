// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/ScoreField.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <vector>

namespace scorefields
{
namespace
{
constexpr double Infinity = std::numeric_limits<double>::infinity();
constexpr double LogOfTen = 2.302585092994046;
constexpr double NoFloorMargin = 300.0;

/// What is known of one node before it is classified.
struct Node
{
  Eigen::Vector3d Score = Eigen::Vector3d::Zero(); ///< in the frame of the grid's axes
  double LogDensity = 0.0;
  double LeastMargin = Infinity;
  double Error = 0.0; ///< estimated h |ds| of the method itself
  double ImageDensity = 0.0;
  bool Outside = false;
};

class Engine
{
public:
  Engine(const ScoreInput& input, const ErrorModel& errors, const SignificanceTest& test,
    const ScoreOptions& options, const ScoreView& output)
    : Input(input)
    , Errors(errors)
    , Test(test)
    , Options(options)
    , Output(output)
    , Rotated(!input.Rotation.isIdentity(0.0))
  {
  }

  void Rows(Index begin, Index end, const RowDifferences* differences) const;

private:
  Node NodeAt(Index node, Index column, const DifferenceRow& row) const;
  Reliability NumericalClass(const Node& node) const;
  void Write(Index at, const Node& node) const;

  const ScoreInput& Input;
  const ErrorModel& Errors;
  const SignificanceTest& Test;
  const ScoreOptions& Options;
  const ScoreView& Output;
  bool Rotated;
};

void Engine::Rows(Index begin, Index end, const RowDifferences* differences) const
{
  const Index3& first = this->Input.First;
  const Index3& block = this->Input.Dimensions;
  const Index3& grid = this->Input.Nodes.Dimensions;
  DifferenceRow row(grid[0]);
  for (Index r = begin; r < end; ++r)
  {
    const Index j = first[1] + r % block[1];
    const Index k = first[2] + r / block[1];
    if (differences)
    {
      differences->Evaluate(j, k, row);
    }
    const Index start = grid[0] * (j + grid[1] * k);
    for (Index i = 0; i < block[0]; ++i)
    {
      const Index column = first[0] + i;
      Node node = this->NodeAt(start + column, column, row);
      if (this->Errors.HasWrap())
      {
        node.ImageDensity = this->Errors.ImageDensity(column, j, k);
      }
      this->Write(r * block[0] + i, node);
    }
  }
}

Node Engine::NodeAt(Index index, Index column, const DifferenceRow& row) const
{
  Node node;
  node.LogDensity = this->Input.LogDensity[index];
  if (this->Options.Method == ScoreMethod::Analytic)
  {
    const Eigen::Map<const Eigen::Vector3d> given(this->Input.Score + 3 * index);
    node.Score = this->Rotated ? Eigen::Vector3d(this->Input.Rotation.transpose() * given) : given;
    return node;
  }
  const auto at = static_cast<std::size_t>(column);
  node.Score << row.Slope[0][at], row.Slope[1][at], row.Slope[2][at];
  node.Error = std::sqrt(row.SquaredError[at]);
  node.LeastMargin = row.LeastMargin[at];
  node.Outside = row.Outside[at] != 0;
  if (this->Options.Method == ScoreMethod::DensityRatio)
  {
    // (grad f) / max(f, floor); what the floor takes away counts as an error.
    const double density = this->Input.Density[index];
    const double divisor = std::max(density, this->Options.RegularizationFloor);
    const double inverse = divisor > 0.0 ? 1.0 / divisor : 0.0;
    node.Score *= inverse;
    const double bias = density > 0.0 ? divisor / density - 1.0 : 0.0;
    const double length = this->Errors.Scale().Length.maxCoeff();
    node.Error = node.Error * inverse + bias * length * node.Score.norm();
  }
  return node;
}

Reliability Engine::NumericalClass(const Node& node) const
{
  if (std::isnan(node.LogDensity) || !node.Score.allFinite())
  {
    return Reliability::NoData;
  }
  if (node.LogDensity == -Infinity)
  {
    return this->Errors.CauseOfZero(node.ImageDensity);
  }
  if (this->Options.Method == ScoreMethod::Analytic)
  {
    const bool holds =
      this->Errors.AnalyticHolds(node.LogDensity, node.Score.norm(), node.ImageDensity);
    return holds ? Reliability::Reliable : this->Errors.Cause(node.ImageDensity);
  }
  if (node.LeastMargin < this->Errors.DifferenceThreshold())
  {
    return this->Errors.Cause(node.ImageDensity);
  }
  if (node.Outside)
  {
    return Reliability::NoData;
  }
  if (!this->Errors.RoundingHolds(node.LogDensity))
  {
    return Reliability::RoundOff;
  }
  const bool fine = !this->Options.CountDifferenceError || node.Error <= this->Errors.Tolerance();
  return fine ? Reliability::Reliable : Reliability::GridTooCoarse;
}

void Engine::Write(Index at, const Node& node) const
{
  Reliability reliability = this->NumericalClass(node);
  double sampleSize = 0.0;
  double pValue = 1.0;
  if (this->Test.Dimension > 0)
  {
    sampleSize = std::exp(node.LogDensity + this->Test.LogSizeFactor);
    sampleSize = std::isnan(sampleSize) ? 0.0 : sampleSize;
    if (reliability == Reliability::Reliable)
    {
      pValue = this->Test.PValue(sampleSize, node.Score);
      const bool few = sampleSize < this->Options.MinimumSampleSize;
      const bool flat = pValue > this->Options.SignificanceLevel;
      reliability = few ? Reliability::TooFewSamples
        : flat          ? Reliability::NotSignificant
                        : Reliability::Reliable;
    }
  }
  const ScoreView& out = this->Output;
  out.Classes[at] = static_cast<unsigned char>(reliability);
  const bool usable = node.Score.allFinite();
  Eigen::Vector3d score = usable ? node.Score : Eigen::Vector3d(Eigen::Vector3d::Zero());
  if (this->Rotated)
  {
    score = (this->Input.Rotation * score).eval();
  }
  if (out.Mask)
  {
    out.Mask[at] = MaskOf(reliability, this->Options.Mask);
  }
  if (out.Score)
  {
    Eigen::Map<Eigen::Vector3d>(out.Score + 3 * at) = score;
  }
  if (out.Magnitude)
  {
    out.Magnitude[at] = score.norm();
  }
  if (out.PValue)
  {
    out.PValue[at] = pValue;
  }
  if (out.SampleSize)
  {
    out.SampleSize[at] = sampleSize;
  }
  if (out.StandardError)
  {
    out.StandardError[at] = sampleSize > 0.0 ? this->Test.StandardError(sampleSize) : 0.0;
  }
  if (out.FloorMargin)
  {
    const double error = this->Errors.Floor() + node.ImageDensity;
    const double margin = (node.LogDensity - std::log(error)) / LogOfTen;
    out.FloorMargin[at] =
      std::isnan(margin) ? 0.0 : std::clamp(margin, -NoFloorMargin, NoFloorMargin);
  }
  if (out.DifferenceError)
  {
    out.DifferenceError[at] = std::isfinite(node.Error) ? node.Error : NoFloorMargin;
  }
}

void RequireArrays(const ScoreInput& input, const ScoreOptions& options)
{
  if (options.Method == ScoreMethod::Analytic && !input.Score)
  {
    throw std::invalid_argument("Method needs the array Score, which the input does not have; "
                                "choose a difference instead");
  }
  if (options.Method == ScoreMethod::DensityRatio && !input.Density)
  {
    throw std::invalid_argument("Method \"Density ratio\" needs the density itself");
  }
}

/// log(f / e) at every node, where e varies from node to node.
std::vector<double> WrapMargins(
  const ScoreInput& input, const ErrorModel& errors, const Execution& execution)
{
  const Index3& n = input.Nodes.Dimensions;
  std::vector<double> margins(static_cast<std::size_t>(input.Nodes.Size()));
  execution.For(n[1] * n[2],
    [&](Index begin, Index end)
    {
      for (Index row = begin; row < end; ++row)
      {
        for (Index i = 0; i < n[0]; ++i)
        {
          const Index node = row * n[0] + i;
          const double images = errors.ImageDensity(i, row % n[1], row / n[1]);
          margins[static_cast<std::size_t>(node)] =
            input.LogDensity[node] - std::log(errors.Floor() + images);
        }
      }
    });
  return margins;
}
}

void ComputeScoreField(const ScoreInput& input, const ErrorModel& errors,
  const SignificanceTest& test, const ScoreOptions& options, const ScoreView& output,
  const Execution& execution)
{
  RequireArrays(input, options);
  const Engine engine(input, errors, test, options, output);
  const Index rows = input.Dimensions[1] * input.Dimensions[2];
  if (options.Method == ScoreMethod::Analytic)
  {
    execution.For(rows, [&](Index begin, Index end) { engine.Rows(begin, end, nullptr); });
    return;
  }
  std::vector<double> margins;
  if (errors.HasWrap())
  {
    margins = WrapMargins(input, errors, execution);
  }
  const bool ratio = options.Method == ScoreMethod::DensityRatio;
  DifferenceScale scale = errors.Scale();
  if (ratio)
  {
    scale.Curvature.setConstant(Infinity); // the bound is one of the logarithm
  }
  const RowDifferences differences(input.Nodes, ratio ? input.Density : input.LogDensity,
    errors.HasWrap() ? margins.data() : input.LogDensity,
    options.Method == ScoreMethod::FourthOrder ? DifferenceOrder::Fourth : DifferenceOrder::Second,
    scale);
  execution.For(rows, [&](Index begin, Index end) { engine.Rows(begin, end, &differences); });
}
}
