// SPDX-License-Identifier: BSD-3-Clause
#ifndef Runs_RegionMass_h
#define Runs_RegionMass_h

#include "Input/RegionDensity.h"
#include "Numerics/Regions/MassCurve.h"
#include "Numerics/Regions/SampleShares.h"
#include "Runs/HighestDensityRun.h"

#include <optional>
#include <sstream>
#include <utility>
#include <vector>

namespace vtkscorefields
{
/// The density of an image, and what its regions hold: of the integral, or of samples. Densities
/// are relative to the largest of the image. All members are collective that read or find.
class RegionMass
{
public:
  RegionMass(const RegionSettings& settings, const Communicator& ranks,
    const scorefields::Execution& execution);

  /// @returns false if the image has no nodes.
  /// @throws std::invalid_argument if the ranks do not have each cell once.
  bool Read(vtkImageData* input);
  /// How the mass of a region follows from its level.
  void FindCurve();
  /// From now on masses are shares of these samples: density and weight of each.
  void CountSamples(const std::vector<std::pair<double, double>>& samples);

  const RegionDensity& Density() const { return this->Image; }
  const scorefields::RegionField& Field() const { return *this->Linear; }
  const scorefields::MassCurve& Curve() const { return *this->Masses; }
  bool CountsSamples() const { return this->Shares.has_value(); }
  /// The share of the mass that is not in the image.
  double Outside() const { return this->Lost; }
  double Inside() const { return 1.0 - this->Lost; }
  /// The mass where the density is lower, and the mass of the region of that density.
  double TailMass(double density) const;
  double Enclosed(double density) const;
  /// The regions of these masses, in their order, without those that the image does not hold.
  /// @param masses  ascending.
  std::vector<scorefields::RegionLevel> Find(const std::vector<double>& masses) const;
  /// What a user should know of the array.
  void Warn(std::ostringstream& text) const;

private:
  void RequireWhole(const scorefields::NodeBlock& owned) const;
  bool IsNormalised() const;
  double CountMissing() const;

  const RegionSettings& Settings;
  const Communicator& Ranks;
  const scorefields::Execution& Execution;
  scorefields::Exchange Parts;
  RegionDensity Image;
  double Missing = 0.0;
  double Integral = 0.0;
  double Lost = 0.0;
  std::optional<scorefields::RegionField> Linear;
  std::optional<scorefields::MassCurve> Masses;
  std::optional<scorefields::SampleShares> Shares;
};
}

#endif
