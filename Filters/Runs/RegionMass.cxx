// SPDX-License-Identifier: BSD-3-Clause
#include "Runs/RegionMass.h"

#include "Pipeline/Adaptor.h"
#include "Pipeline/Communicator.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace vtkscorefields
{
namespace
{
using scorefields::Index;

/// An integral may be above 1 by this before the array is taken for something else than a density.
constexpr double IntegralTolerance = 0.01;
}

RegionMass::RegionMass(const RegionSettings& settings, const Communicator& ranks,
  const scorefields::Execution& execution)
  : Settings(settings)
  , Ranks(ranks)
  , Execution(execution)
  , Parts(ranks.MakeExchange())
{
}

bool RegionMass::Read(vtkImageData* input)
{
  ReadRegionDensity(
    input, this->Settings.Density, this->Settings.Kind, this->Ranks, this->Execution, this->Image);
  if (this->Image.IsEmpty())
  {
    return false;
  }
  this->Linear.emplace(this->Image.Nodes, this->Image.LogLargest, this->Execution);
  this->RequireWhole(this->Image.Nodes.Owned);
  this->Execution.Checkpoint(0.1);
  return true;
}

bool RegionMass::IsNormalised() const
{
  switch (this->Settings.Whole)
  {
    case WholeMass::Everywhere:
      return true;
    case WholeMass::InImage:
      return false;
    case WholeMass::FromInput:
      break;
  }
  return this->Image.Normalised;
}

void RegionMass::RequireWhole(const scorefields::NodeBlock& owned) const
{
  const scorefields::Axes& axes = this->Linear->ActiveAxes();
  double wanted = 1.0;
  double cells = owned.Dimensions.prod() > 0 ? 1.0 : 0.0;
  for (int a = 0; a < axes.Count; ++a)
  {
    wanted *= static_cast<double>(this->Image.Place.Nodes.Dimensions[axes.Axis[a]] - 1);
    cells *= static_cast<double>(this->Linear->CellsAlong(axes.Axis[a]));
  }
  const double found = this->Ranks.Sum(cells);
  if (found != wanted)
  {
    std::ostringstream message;
    message << "Highest Density Regions needs the whole image, each cell on one rank; of its "
            << wanted << " cells the ranks have " << found;
    throw std::invalid_argument(message.str());
  }
}

double RegionMass::CountMissing() const
{
  const scorefields::NodeBlock counted = this->Linear->Counted();
  const scorefields::Index3& known = this->Linear->Nodes().Known.First;
  const std::vector<double>& density = this->Linear->Density();
  double missing = 0.0;
  for (std::size_t node = 0; node < density.size(); ++node)
  {
    const scorefields::Index3 place =
      this->Linear->PlaceOf(static_cast<Index>(node)) - known - counted.First;
    const bool counts = place.minCoeff() >= 0 && (counted.Dimensions - place).minCoeff() > 0;
    missing += counts && std::isnan(density[node]) ? 1.0 : 0.0;
  }
  return missing;
}

void RegionMass::FindCurve()
{
  this->Missing = this->Ranks.Sum(this->CountMissing());
  this->Masses.emplace(*this->Linear, this->Parts, this->Execution);
  this->Integral = this->Masses->Total() * std::exp(this->Image.LogLargest);
  this->Lost = this->IsNormalised() ? std::max(1.0 - this->Integral, 0.0) : 0.0;
  this->Execution.Checkpoint(0.4);
}

double RegionMass::TailMass(double density) const
{
  if (this->Shares)
  {
    return 1.0 - this->Shares->ShareAbove(density);
  }
  return this->Lost + (1.0 - this->Lost) * this->Masses->ShareBelow(density);
}

double RegionMass::Enclosed(double density) const
{
  if (this->Shares)
  {
    return this->Shares->ShareAbove(density);
  }
  // A density of 0 belongs to no region: also where all of the mass lies in the image.
  return density > 0.0 ? (1.0 - this->Lost) * this->Masses->ShareAbove(density) : 1.0;
}

void RegionMass::CountSamples(const std::vector<std::pair<double, double>>& samples)
{
  this->Shares.emplace(samples);
}

std::vector<scorefields::RegionLevel> RegionMass::Find(const std::vector<double>& masses) const
{
  std::vector<double> reached;
  for (const double mass : masses)
  {
    if (this->Shares)
    {
      reached.push_back(this->Shares->LevelOf(mass));
    }
    else if (mass < this->Inside())
    {
      reached.push_back(mass / this->Inside());
    }
  }
  return this->Shares ? this->Masses->At(reached) : this->Masses->Find(reached);
}

void RegionMass::Warn(std::ostringstream& text) const
{
  if (this->Image.MostNegative < 0.0)
  {
    text << "The array " << this->Image.Values.Name << " has negative densities, down to "
         << this->Image.MostNegative << "; they count as 0. ";
  }
  if (this->Missing > 0.0)
  {
    text << this->Missing << " nodes have no value; cells at them hold no mass. ";
  }
  if (this->IsNormalised() && this->Integral > 1.0 + IntegralTolerance)
  {
    text << "The integral of " << this->Image.Values.Name << " over the image is " << this->Integral
         << ", where a density has 1 at most: the nodes lie too far apart, or it "
         << "is no density. Masses are shares of this integral. ";
  }
}
}
