// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Score/RowVerdicts.h"

#include <algorithm>
#include <cmath>

namespace scorefields
{
namespace
{
constexpr double Infinity = std::numeric_limits<double>::infinity();
constexpr double LogOfTen = 2.302585092994046;
constexpr double Largest = std::numeric_limits<double>::max();
constexpr double MostDigits = 300.0; // written where there is no error, or no bound of it
}

RowVerdicts::RowVerdicts(const ScoreInput& input, const ErrorModel& errors,
  const SignificanceTest& test, const ScoreOptions& options, const ScoreView& output,
  const RowDifferences* differences)
  : Input(input)
  , Errors(errors)
  , Test(test)
  , Options(options)
  , Output(output)
  , Differences(differences)
  , Spectral(options.Method == ScoreMethod::Spectral)
  , Kept(MaskTable(options.Mask))
{
  const bool counts = options.CountDifferenceError || this->Spectral;
  const double tau = errors.Tolerance();
  this->Limits.LeastMargin = differences ? errors.DifferenceThreshold() : 0.0;
  this->Limits.SquaredError = counts ? tau * tau : Infinity;
  this->Limits.LogDensity = differences ? errors.LargestLogDensity() : Largest;
  if (options.Method == ScoreMethod::DensityRatio)
  {
    this->Limits.LogDensity = std::min(this->Limits.LogDensity, errors.LargestRatioLogDensity());
  }
}

void RowVerdicts::Evaluate(Index begin, Index end) const
{
  DifferenceRow row(this->Input.Nodes.Dimensions[0]);
  for (Index r = begin; r < end; ++r)
  {
    const RowPlace place = this->PlaceOf(r); // steps 1 a and b
    if (this->Differences)
    {
      this->Differences->Evaluate(place.J, place.K, row);
    }
    else
    {
      this->FillAnalytic(place, row);
    }
    if (this->Options.Method == ScoreMethod::DensityRatio)
    {
      this->BendRatio(place, row);
    }
    else if (this->Differences && this->Errors.HasStatedSlopeError())
    {
      this->ChargeStated(row);
    }
    this->Finish(place, row);
  }
}

void RowVerdicts::Evaluate(const SpectralRows& rows) const
{
  DifferenceRow row(this->Input.Nodes.Dimensions[0]);
  for (Index r = rows.Begin; r < rows.End; ++r)
  {
    const RowPlace place = this->PlaceOf(r); // step 1 c
    this->FillSpectral(place, rows, (r - rows.Begin) * this->Input.Dimensions[0], row);
    this->Finish(place, row);
  }
}

void RowVerdicts::Finish(const RowPlace& place, DifferenceRow& row) const
{
  this->Classify(place, row); // step 2
  if (this->Test.Dimension > 0)
  {
    this->TestRow(place, row); // step 3
  }
  this->WriteDiagnostics(place, row); // step 4
  this->WriteScores(place, row);
}

// Step 1 b. The given score as if it were a row of differences; LeastMargin says whether it holds.
void RowVerdicts::FillAnalytic(const RowPlace& place, DifferenceRow& row) const
{
  const bool rotated = !this->Input.Rotation.isIdentity(0.0);
  for (Index i = 0; i < this->Input.Dimensions[0]; ++i)
  {
    const std::size_t at = this->Column(i);
    Eigen::Vector3d score =
      Eigen::Map<const Eigen::Vector3d>(this->Input.Score + 3 * (place.Node + i));
    const bool finite = score.allFinite();
    if (!finite)
    {
      score.setZero();
    }
    else if (rotated)
    {
      score = (this->Input.Rotation.transpose() * score).eval();
    }
    for (int axis = 0; axis < 3; ++axis)
    {
      row.Slope[axis][at] = score[axis];
    }
    const bool holds = this->Errors.AnalyticHolds(this->Input.LogDensity[place.Node + i],
      this->Errors.InBandwidths(score), this->Images(place, i));
    row.SquaredError[at] = 0.0;
    row.LeastMargin[at] = holds ? Infinity : -Infinity;
    row.Outside[at] = finite ? 0 : 1;
  }
}

// Step 1 c. The score by transforms as if it were a row of differences. LeastMargin says whether
// the errors of the density leave it standing.
void RowVerdicts::FillSpectral(
  const RowPlace& place, const SpectralRows& rows, Index from, DifferenceRow& row) const
{
  const double tau = this->Errors.Tolerance();
  const Index count = this->Input.Dimensions[0];
  for (std::size_t axis = 0; axis < 3; ++axis)
  {
    std::copy_n(rows.Slope[axis] + from, count, row.Slope[axis].data() + this->Input.First[0]);
  }
  for (Index i = 0; i < count; ++i)
  {
    const std::size_t at = this->Column(i);
    const double ringing = rows.Ringing[from + i];
    const double density = this->Errors.DensityError(this->Input.LogDensity[place.Node + i],
      this->Errors.InBandwidths(this->ScoreAt(row, i)), this->Images(place, i));
    const double noise = rows.Noise[from + i] + density;
    const double error = ringing + noise;
    row.SquaredError[at] = error * error;
    row.LeastMargin[at] = noise <= tau && (error <= tau || noise < ringing) ? Infinity : -Infinity;
    row.Outside[at] = ringing > Largest ? 1 : 0;
  }
}

// What the engine states of the density, as errors of differences.
void RowVerdicts::ChargeStated(DifferenceRow& row) const
{
  for (Index i = 0; i < this->Input.Dimensions[0]; ++i)
  {
    const std::size_t at = this->Column(i);
    const double stated = this->Errors.StatedSlopeError(row.LeastMargin[at]);
    const double error = std::sqrt(row.SquaredError[at]) + stated;
    row.SquaredError[at] = error * error;
    if (2.0 * stated > this->Errors.Tolerance())
    {
      row.LeastMargin[at] = -Infinity; // no finer grid would help
    }
  }
}

// The largest log density of a node that a central or one-sided difference may look at.
double RowVerdicts::LargestNear(const RowPlace& place, Index i) const
{
  constexpr Index reach = 2;
  const Index3& count = this->Input.Nodes.Dimensions;
  const Index at[3] = { this->Input.First[0] + i, place.J, place.K };
  const double* const here = this->Input.LogDensity + place.Node + i;
  double largest = *here;
  Index stride = 1;
  for (int axis = 0; axis < 3; ++axis)
  {
    const Index end = std::min(reach, count[axis] - 1 - at[axis]);
    for (Index step = -std::min(reach, at[axis]); step <= end; ++step)
    {
      const double value = here[step * stride];
      largest = value > largest ? value : largest;
    }
    stride *= count[axis];
  }
  return largest;
}

// Step 1 a. Slopes of f become (grad f) / max(f, floor). What that takes away counts as an error.
void RowVerdicts::BendRatio(const RowPlace& place, DifferenceRow& row) const
{
  for (Index i = 0; i < this->Input.Dimensions[0]; ++i)
  {
    const std::size_t at = this->Column(i);
    const double density = this->Input.Density[place.Node + i];
    const double divisor = std::max(density, this->Options.RegularizationFloor);
    const double inverse = divisor > 0.0 ? 1.0 / divisor : 0.0;
    for (auto& slope : row.Slope)
    {
      slope[at] *= inverse;
    }
    const double bias = density > 0.0 ? divisor / density - 1.0 : 0.0;
    const double scaled = this->Errors.InBandwidths(this->ScoreAt(row, i));
    const double error = std::sqrt(row.SquaredError[at]) * inverse + bias * scaled +
      this->Errors.RatioError(
        this->Input.LogDensity[place.Node + i], this->LargestNear(place, i), scaled);
    row.SquaredError[at] = error * error;
    if (!this->Errors.HasWrap())
    {
      row.LeastMargin[at] = std::min(row.LeastMargin[at], this->Input.LogDensity[place.Node + i]);
    }
  }
}

/// Step 2, for a node that does not meet the limits.
Reliability RowVerdicts::ClassOf(const RowPlace& place, Index i, const DifferenceRow& row) const
{
  const std::size_t at = this->Column(i);
  const double logDensity = this->Input.LogDensity[place.Node + i];
  if (std::isnan(logDensity))
  {
    return Reliability::NoData;
  }
  if (logDensity == -Infinity)
  {
    return this->Errors.CauseOfZero(this->Images(place, i));
  }
  if (this->Spectral && row.Outside[at])
  {
    return Reliability::NoData;
  }
  if (row.LeastMargin[at] < this->Limits.LeastMargin)
  {
    return this->Errors.Cause(this->Images(place, i));
  }
  if (row.Outside[at])
  {
    // A node of noise among zeros has no stencil because of the noise.
    const double images = this->Images(place, i);
    const double error = this->Errors.HasWrap() ? this->Errors.Floor() + images : 1.0;
    return logDensity - std::log(error) < this->Limits.LeastMargin ? this->Errors.Cause(images)
                                                                   : Reliability::NoData;
  }
  if (this->Spectral)
  {
    return Reliability::Truncation;
  }
  return std::abs(logDensity) > this->Limits.LogDensity ? Reliability::RoundOff
                                                        : Reliability::GridTooCoarse;
}

void RowVerdicts::Classify(const RowPlace& place, const DifferenceRow& row) const
{
  const Index count = this->Input.Dimensions[0];
  unsigned char* classes = this->Output.Classes + place.At;
  // For a moment the array of the classes says which nodes are sound: 1.
  FindSound(
    row, this->Input.First[0], count, this->Input.LogDensity + place.Node, this->Limits, classes);
  for (Index i = 0; i < count; ++i)
  {
    const Reliability reliability =
      classes[i] ? Reliability::Reliable : this->ClassOf(place, i, row);
    classes[i] = static_cast<unsigned char>(reliability);
  }
  for (Index i = 0; this->Output.Mask && i < count; ++i)
  {
    this->Output.Mask[place.At + i] = this->Kept[classes[i]];
  }
}

void RowVerdicts::TestRow(const RowPlace& place, const DifferenceRow& row) const
{
  for (Index i = 0; i < this->Input.Dimensions[0]; ++i)
  {
    const Index at = place.At + i;
    const double logDensity = this->Input.LogDensity[place.Node + i];
    const double size =
      std::isnan(logDensity) ? 0.0 : std::exp(logDensity + this->Test.LogSizeFactor);
    double pValue = 1.0;
    unsigned char& reliability = this->Output.Classes[at];
    if (reliability == static_cast<unsigned char>(Reliability::Reliable))
    {
      pValue = this->Test.PValue(size, this->ScoreAt(row, i));
      const Reliability tested = size < this->Options.MinimumSampleSize ? Reliability::TooFewSamples
        : pValue > this->Options.SignificanceLevel ? Reliability::NotSignificant
                                                   : Reliability::Reliable;
      reliability = static_cast<unsigned char>(tested);
      if (this->Output.Mask)
      {
        this->Output.Mask[at] = this->Kept[reliability];
      }
    }
    if (this->Output.PValue)
    {
      this->Output.PValue[at] = pValue;
    }
    if (this->Output.SampleSize)
    {
      this->Output.SampleSize[at] = size;
    }
    if (this->Output.StandardError)
    {
      this->Output.StandardError[at] = size > 0.0 ? this->Test.StandardError(size) : 0.0;
    }
  }
}

void RowVerdicts::WriteScores(const RowPlace& place, DifferenceRow& row) const
{
  const Index count = this->Input.Dimensions[0];
  double* slopes[3];
  for (int axis = 0; axis < 3; ++axis)
  {
    slopes[axis] = row.Slope[axis].data() + this->Input.First[0];
  }
  for (Index i = 0; !this->Input.Rotation.isIdentity(0.0) && i < count; ++i)
  {
    const Eigen::Vector3d score = this->Input.Rotation * this->ScoreAt(row, i);
    for (int axis = 0; axis < 3; ++axis)
    {
      slopes[axis][i] = score[axis];
    }
  }
  if (this->Output.Magnitude)
  {
    Magnitudes(slopes[0], slopes[1], slopes[2], count, this->Output.Magnitude + place.At);
  }
  if (this->Output.Score)
  {
    Interleave(slopes[0], slopes[1], slopes[2], count, this->Output.Score + 3 * place.At);
  }
}

void RowVerdicts::WriteDiagnostics(const RowPlace& place, const DifferenceRow& row) const
{
  for (Index i = 0; this->Output.FloorMargin && i < this->Input.Dimensions[0]; ++i)
  {
    const double logDensity = this->Input.LogDensity[place.Node + i];
    const double error = this->Errors.Floor() + this->Images(place, i);
    const double margin = (logDensity - std::log(error)) / LogOfTen;
    this->Output.FloorMargin[place.At + i] =
      std::isnan(margin) ? 0.0 : std::clamp(margin, -MostDigits, MostDigits);
  }
  for (Index i = 0; this->Output.DifferenceError && i < this->Input.Dimensions[0]; ++i)
  {
    const double error = std::sqrt(row.SquaredError[this->Column(i)]);
    this->Output.DifferenceError[place.At + i] = std::isfinite(error) ? error : MostDigits;
  }
}
}
