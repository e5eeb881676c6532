// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Score/SpectralLine.h"

#include "Numerics/Base/TransformErrors.h"
#include "Numerics/Score/SpectralLoops.h"

#include <algorithm>
#include <cmath>
#include <limits>

// The slope of the log density along one line (Evaluate):
//   1. Take the density relative to the largest one of the line.
//   2. Make the line periodic (Continue): by a smooth continuation, a mirror, or as it is.
//   3. Find what the values are worth: the noise.
//   4. Transform, multiply by the frequency, transform back: the derivative. The same with the
//      highest frequencies alone: the residue, which tells what the grid does not resolve
//      (Differentiate).
//   5. Find the largest derivative and residue near each node, and from the two the ringing; add
//      the errors of open ends (FindEnvelopes, EstimateRinging).
//   6. Divide everything by the density.
namespace scorefields
{
namespace
{
constexpr double Infinity = std::numeric_limits<double>::infinity();
constexpr int DampingPower = 16;
constexpr int SharpPower = 32;         // where next to nothing is left at the top of the spectrum:
constexpr double TopOfBand = 0.8;      // from this share of the Nyquist frequency on
constexpr double NextToNothing = 1e-7; // of the first coefficient
constexpr Index BlockSize = 6;         // of the envelopes
constexpr double RingingFactor = 16.0;
constexpr double UnresolvedFactor = 2000.0;

Index PeriodOf(Index nodes, LineEnds ends)
{
  switch (ends)
  {
    case LineEnds::Periodic:
      return nodes - 1;
    case LineEnds::Wrapped:
      return nodes;
    case LineEnds::Mirrored:
      return 2 * (nodes - 1);
    case LineEnds::Open:
      break;
  }
  return FastFftSize(nodes + LineContinuation::LeastGap);
}

std::size_t Sized(Index n)
{
  return static_cast<std::size_t>(n);
}
}

SpectralLine::SpectralLine(Index nodes, LineEnds ends)
  : Count(nodes)
  , Ends(ends)
  , Period(PeriodOf(nodes, ends))
  , Transform(this->Period)
  , Relative(Sized(nodes))
  , Values(std::max(this->Period, nodes))
  , Derivative(std::max(this->Period, nodes))
  , Residue(this->Period)
  , Spectrum(this->Period / 2 + 1)
  , Damped(this->Period / 2 + 1)
{
  if (ends == LineEnds::Open)
  {
    this->Gap = std::make_unique<LineContinuation>(this->Period - nodes);
    for (Index j = 0; j < nodes; ++j)
    {
      this->Nearness.push_back(1.0 / static_cast<double>(1 + j));
    }
  }
  const Index blocks = (nodes + BlockSize - 1) / BlockSize;
  this->SlopeEnvelope.resize(Sized(blocks));
  this->ResidueEnvelope.resize(Sized(blocks));
  for (Index k = 0; k < this->Period / 2 + 1; ++k)
  {
    const double share = 2.0 * static_cast<double>(k) / static_cast<double>(this->Period);
    // The derivative of the Nyquist frequency, which is its own conjugate, vanishes at the nodes.
    const double frequency =
      2 * k == this->Period ? 0.0 : Pi * share / static_cast<double>(this->Period);
    for (int part = 0; part < 2; ++part)
    {
      this->Frequencies.push_back(part == 0 ? -frequency : frequency);
      this->DampedFrequencies.push_back(this->Frequencies.back() * std::pow(share, DampingPower));
      this->SharpFrequencies.push_back(this->Frequencies.back() * std::pow(share, SharpPower));
    }
  }
}

void SpectralLine::Continue()
{
  std::copy(this->Relative.begin(), this->Relative.end(), this->Values.Data());
  if (this->Gap)
  {
    this->FirstEnd = LineContinuation::Fit(this->Values.Data(), 1);
    this->LastEnd = LineContinuation::Fit(this->Values.Data() + this->Count - 1, -1);
    this->Gap->Fill(this->Values.Data(), this->Count, this->FirstEnd, this->LastEnd);
  }
  for (Index j = this->Count; this->Ends == LineEnds::Mirrored && j < this->Period; ++j)
  {
    this->Values[j] = this->Relative[Sized(this->Period - j)];
  }
}

void SpectralLine::Differentiate()
{
  this->Transform.Forward(this->Values, this->Spectrum);
  const Index count = this->Period / 2 + 1;
  const auto top = static_cast<Index>(TopOfBand * static_cast<double>(count));
  double* const spectrum = reinterpret_cast<double*>(this->Spectrum.Data());
  // Of a density no coefficient is larger than the first one, its sum.
  const bool decayed =
    LargestPart(spectrum, 2 * top, 2 * count) < NextToNothing * std::abs(spectrum[0]);
  TurnBy(this->Frequencies.data(),
    decayed ? this->SharpFrequencies.data() : this->DampedFrequencies.data(), count, spectrum,
    reinterpret_cast<double*>(this->Damped.Data()));
  this->Transform.Backward(this->Spectrum, this->Derivative);
  this->Transform.Backward(this->Damped, this->Residue);
}

void SpectralLine::FindEnvelopes()
{
  const Index known = std::min(this->Count, this->Period);
  for (Index begin = 0; begin < known; begin += BlockSize)
  {
    double slope = 0.0;
    double residue = 0.0;
    for (Index j = begin; j < std::min(begin + BlockSize, known); ++j)
    {
      slope = std::max(slope, std::abs(this->Derivative[j]));
      residue = std::max(residue, std::abs(this->Residue[j]));
    }
    this->SlopeEnvelope[Sized(begin / BlockSize)] = slope;
    this->ResidueEnvelope[Sized(begin / BlockSize)] = residue;
  }
}

void SpectralLine::EstimateRinging(double* ringing) const
{
  const auto blocks = static_cast<Index>(this->SlopeEnvelope.size());
  for (Index block = 0; block < blocks; ++block)
  {
    double slope = 0.0;
    double residue = 0.0;
    for (Index near = std::max<Index>(block - 1, 0); near < std::min(block + 2, blocks); ++near)
    {
      slope = std::max(slope, this->SlopeEnvelope[Sized(near)]);
      residue = std::max(residue, this->ResidueEnvelope[Sized(near)]);
    }
    const double share = slope > 0.0 ? residue / slope : 0.0;
    const double error = RingingFactor * residue * (1.0 + UnresolvedFactor * share);
    const Index end = std::min((block + 1) * BlockSize, this->Count);
    std::fill(ringing + block * BlockSize, ringing + end, error);
  }
  if (this->Gap)
  {
    const double* const nearness = this->Nearness.data();
    AddEnd(this->FirstEnd, nearness, 1, this->Count, ringing);
    AddEnd(this->LastEnd, nearness + this->Count - 1, -1, this->Count, ringing);
  }
}

void SpectralLine::Evaluate(const double* logDensity, double largest,
  const LinePrecision& precision, const LineResult& result)
{
  if (largest == -Infinity)
  {
    std::fill(result.Slope, result.Slope + this->Count, 0.0);
    std::fill(result.Ringing, result.Ringing + this->Count, 0.0);
    std::fill(result.Noise, result.Noise + this->Count, Infinity);
    return;
  }
  // Step 1.
  SetRelative(logDensity, largest, this->Count, this->Relative.data());
  // Step 2.
  this->Continue();
  // Step 3.
  double most = 1.0; // of what is transformed
  for (Index j = this->Count; j < this->Period; ++j)
  {
    most = std::max(most, std::abs(this->Values[j]));
  }
  const double stated = std::min(precision.Relative, std::exp(precision.LogAbsolute - largest));
  const double values =
    stated + precision.Logarithm * (1.0 + std::abs(largest)) + RoundOffOf(1, most).Density;
  const double noise = Pi * (values + std::exp(precision.LogFloor - largest));
  // Step 4.
  this->Differentiate();
  // Step 5.
  this->FindEnvelopes();
  this->EstimateRinging(result.Ringing);
  // Step 6.
  if (this->Ends == LineEnds::Periodic)
  {
    this->Derivative[this->Period] = this->Derivative[0];
  }
  DivideLine(this->Relative.data(), this->Derivative.Data(), noise, this->Count, result);
}
}
