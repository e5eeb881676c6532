// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Score/ScoreField.h"

#include "Numerics/Score/RowVerdicts.h"

#include <cassert>
#include <cmath>
#include <limits>
#include <sstream>
#include <stdexcept>
#include <vector>

namespace scorefields
{
namespace
{
constexpr double Infinity = std::numeric_limits<double>::infinity();

void Require(bool holds, const char* name, double value, const char* rule)
{
  if (!holds)
  {
    std::ostringstream message;
    message << name << " is " << value << "; it must be " << rule;
    throw std::invalid_argument(message.str());
  }
}

SpectralInput SpectralInputOf(const ScoreInput& input, const ErrorModel& errors)
{
  SpectralInput spectral;
  spectral.Nodes = input.Nodes;
  spectral.LogDensity = input.LogDensity;
  spectral.First = input.First;
  spectral.Dimensions = input.Dimensions;
  spectral.Ends = input.Ends;
  spectral.Precision = errors.Precision();
  spectral.Scale = errors.Scale();
  return spectral;
}

/// @param magnitudes  what rows write there last may hold something else before; null: none.
void ComputeSpectral(const ScoreInput& input, const ErrorModel& errors, const RowVerdicts& work,
  double* magnitudes, const Execution& execution)
{
  Eigen::VectorXd own(magnitudes ? 0 : input.Dimensions.prod());
  ComputeSpectralScore(
    SpectralInputOf(input, errors), magnitudes ? magnitudes : own.data(),
    [&work](const SpectralRows& rows) { work.Evaluate(rows); }, execution);
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

void Require(double tolerance, const ScoreOptions& options)
{
  const auto isNotNegative = [](double value) { return std::isfinite(value) && value >= 0.0; };
  Require(
    std::isfinite(tolerance) && tolerance > 0.0, "Tolerance", tolerance, "positive and finite");
  Require(isNotNegative(options.MinimumSampleSize), "MinimumSampleSize", options.MinimumSampleSize,
    "0 or more, and finite");
  Require(options.SignificanceLevel > 0.0 && options.SignificanceLevel < 1.0, "SignificanceLevel",
    options.SignificanceLevel, "between 0 and 1");
  Require(isNotNegative(options.RegularizationFloor), "RegularizationFloor",
    options.RegularizationFloor, "0 or more, and finite");
}

void ComputeScoreField(const ScoreInput& input, const ErrorModel& errors,
  const SignificanceTest& test, const ScoreOptions& options, const ScoreView& output,
  const Execution& execution)
{
  assert(options.Method != ScoreMethod::Analytic || input.Score);
  assert(options.Method != ScoreMethod::DensityRatio || input.Density);
  const Index rows = input.Dimensions[1] * input.Dimensions[2];
  if (options.Method == ScoreMethod::Analytic)
  {
    const RowVerdicts work(input, errors, test, options, output, nullptr);
    execution.For(rows, [&](Index begin, Index end) { work.Evaluate(begin, end); });
    return;
  }
  if (options.Method == ScoreMethod::Spectral)
  {
    ComputeSpectral(input, errors, RowVerdicts(input, errors, test, options, output, nullptr),
      output.Magnitude, execution);
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
  const RowVerdicts work(input, errors, test, options, output, &differences);
  execution.For(rows, [&](Index begin, Index end) { work.Evaluate(begin, end); });
}
}
