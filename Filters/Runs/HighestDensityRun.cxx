// SPDX-License-Identifier: BSD-3-Clause
#include "Runs/HighestDensityRun.h"

#include "Input/RegionDensity.h"
#include "Output/RegionOutput.h"
#include "Pipeline/Adaptor.h"
#include "Pipeline/Communicator.h"
#include "Pipeline/FieldNames.h"
#include "Pipeline/Leaves.h"
#include "Runs/RegionContours.h"
#include "Runs/RegionSamples.h"

#include "Numerics/Regions/MassCurve.h"
#include "Numerics/Regions/RegionIslands.h"
#include "Numerics/Regions/SampleShares.h"

#include <vtkAlgorithm.h>
#include <vtkDoubleArray.h>
#include <vtkFieldData.h>
#include <vtkImageData.h>
#include <vtkNew.h>
#include <vtkPointData.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <sstream>
#include <stdexcept>

namespace vtkscorefields
{
namespace
{
using scorefields::Index;

/// An integral may be above 1 by this before the array is taken for something else than a density.
constexpr double IntegralTolerance = 0.01;
/// A region may hold so much more than it should before that is told.
constexpr double PlateauTolerance = 1e-3;
/// Of the samples, islands may be so large a share before the bandwidth is called small, and so
/// many anyway.
constexpr double IslandsPerSample = 0.5;
constexpr double FewIslands = 10.0;

/// Ascending, each once.
std::vector<double> SortedMasses(std::vector<double> masses)
{
  for (const double mass : masses)
  {
    if (!(mass > 0.0 && mass < 1.0))
    {
      std::ostringstream message;
      message << "RegionMasses has " << mass
              << "; each mass must be above 0 and below 1, such as 0.5 for the 50 % region";
      throw std::invalid_argument(message.str());
    }
  }
  std::sort(masses.begin(), masses.end());
  masses.erase(std::unique(masses.begin(), masses.end()), masses.end());
  return masses;
}

/// One execution of the filter; the steps are called in the order in which they stand.
class Run
{
public:
  Run(vtkAlgorithm* algorithm, const Communicator& ranks, const RegionSettings& settings)
    : Settings(settings)
    , Ranks(ranks)
    , Execution(MakeExecution(algorithm, { "Finding regions", 0.0, 1.0, 1 }))
    , Parts(ranks.MakeExchange())
    , Masses(SortedMasses(settings.Masses))
  {
  }

  /// @returns false if the image has no nodes.
  bool Read(vtkImageData* input);
  void FindCurve();
  void ReadSamples(vtkDataObject* samples, vtkDataObject* output);
  void FindRegions();
  void FindIslands();
  void WriteImage(vtkImageData* input, vtkInformation* request, vtkImageData* output);
  void WriteRest(vtkImageData* input, const RegionOutputs& outputs);
  std::string Warning() const;

private:
  void RequireWhole(const scorefields::NodeBlock& owned) const;
  bool IsNormalised() const;
  double CountMissing() const;
  /// The mass where the density is lower, and the mass of the region of that density.
  double TailMass(double density) const;
  double Enclosed(double density) const;
  void AddRegion(double listed, const scorefields::RegionLevel* level);
  void WarnOfDensity(std::ostringstream& text) const;
  void WarnOfRegions(std::ostringstream& text) const;
  void WarnOfIslands(double samples, std::ostringstream& text) const;
  SampleRow RowOf(double density) const;

  const RegionSettings& Settings;
  const Communicator& Ranks;
  scorefields::Execution Execution;
  scorefields::Exchange Parts;
  std::vector<double> Masses;
  RegionDensity Density;
  double Missing = 0.0;
  double Integral = 0.0;
  double Outside = 0.0; ///< share of the mass that is not in the image
  std::optional<scorefields::RegionField> Field;
  std::optional<scorefields::MassCurve> Curve;
  std::optional<SampleDensities> OfSamples;
  std::optional<scorefields::SampleShares> Shares;
  std::vector<RegionRow> Regions;
};

bool Run::Read(vtkImageData* input)
{
  ReadRegionDensity(input, this->Settings.Density, this->Settings.Kind, this->Ranks,
    this->Execution, this->Density);
  if (this->Density.IsEmpty())
  {
    return false;
  }
  this->Field.emplace(this->Density.Nodes, this->Density.LogLargest, this->Execution);
  this->RequireWhole(this->Density.Nodes.Owned);
  this->Execution.Checkpoint(0.1);
  return true;
}

bool Run::IsNormalised() const
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
  return this->Density.Normalised;
}

void Run::RequireWhole(const scorefields::NodeBlock& owned) const
{
  const scorefields::Axes& axes = this->Field->ActiveAxes();
  double wanted = 1.0;
  double cells = owned.Dimensions.prod() > 0 ? 1.0 : 0.0;
  for (int a = 0; a < axes.Count; ++a)
  {
    wanted *= static_cast<double>(this->Density.Place.Nodes.Dimensions[axes.Axis[a]] - 1);
    cells *= static_cast<double>(this->Field->CellsAlong(axes.Axis[a]));
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

double Run::CountMissing() const
{
  const scorefields::NodeBlock counted = this->Field->Counted();
  const scorefields::Index3& known = this->Field->Nodes().Known.First;
  const std::vector<double>& density = this->Field->Density();
  double missing = 0.0;
  for (std::size_t node = 0; node < density.size(); ++node)
  {
    const scorefields::Index3 place =
      this->Field->PlaceOf(static_cast<Index>(node)) - known - counted.First;
    const bool counts = place.minCoeff() >= 0 && (counted.Dimensions - place).minCoeff() > 0;
    missing += counts && std::isnan(density[node]) ? 1.0 : 0.0;
  }
  return missing;
}

void Run::FindCurve()
{
  this->Missing = this->Ranks.Sum(this->CountMissing());
  this->Curve.emplace(*this->Field, this->Parts, this->Execution);
  this->Integral = this->Curve->Total() * std::exp(this->Density.LogLargest);
  this->Outside = this->IsNormalised() ? std::max(1.0 - this->Integral, 0.0) : 0.0;
  this->Execution.Checkpoint(0.4);
}

double Run::TailMass(double density) const
{
  if (this->Shares)
  {
    return 1.0 - this->Shares->ShareAbove(density);
  }
  return this->Outside + (1.0 - this->Outside) * this->Curve->ShareBelow(density);
}

double Run::Enclosed(double density) const
{
  if (this->Shares)
  {
    return this->Shares->ShareAbove(density);
  }
  // A density of 0 belongs to no region: also where all of the mass lies in the image.
  return density > 0.0 ? (1.0 - this->Outside) * this->Curve->ShareAbove(density) : 1.0;
}

void Run::ReadSamples(vtkDataObject* samples, vtkDataObject* output)
{
  const bool wanted = this->Settings.Levels == LevelSource::Samples;
  if (!this->Ranks.Any(samples != nullptr))
  {
    if (wanted)
    {
      throw std::invalid_argument("LevelsFrom is \"Share of the samples\", but Samples is not "
                                  "connected; connect the points, or take \"Mass of the image\"");
    }
    return;
  }
  const Cloud cloud =
    ReadDistributedCloud(samples, this->Settings.SampleWeights, this->Ranks, this->Execution);
  std::vector<vtkDataSet*> blocks;
  if (samples)
  {
    CopyLeaves(samples, output);
    blocks = LeavesOf(output);
  }
  this->OfSamples = ReadDensities(cloud, blocks, *this->Field, this->Density.Place, this->Ranks);
  if (wanted && this->OfSamples->Samples.empty())
  {
    throw std::invalid_argument(
      "LevelsFrom is \"Share of the samples\", but Samples has no points");
  }
  if (wanted)
  {
    this->Shares.emplace(this->OfSamples->Samples);
  }
  this->Execution.Checkpoint(0.5);
}

void Run::AddRegion(double listed, const scorefields::RegionLevel* level)
{
  RegionRow& row = this->Regions.emplace_back();
  row.Listed = listed;
  row.Reached = level != nullptr;
  if (!level)
  {
    row.Mass = row.Measure = row.SampleShare = std::nan("");
    return;
  }
  row.Mass = (1.0 - this->Outside) * level->Share;
  row.Level = level->Density * std::exp(this->Density.LogLargest);
  row.Share = level->Density;
  row.Measure = level->Measure;
  double all = 0.0;
  double inside = 0.0;
  const std::vector<std::pair<double, double>> none;
  for (const auto& [density, weight] : this->OfSamples ? this->OfSamples->Samples : none)
  {
    all += weight;
    inside += density >= level->Density ? weight : 0.0;
  }
  row.SampleShare = all > 0.0 ? inside / all : std::nan("");
}

void Run::FindRegions()
{
  std::vector<double> reached;
  for (const double mass : this->Masses)
  {
    if (this->Shares)
    {
      reached.push_back(this->Shares->LevelOf(mass));
    }
    else if (mass < 1.0 - this->Outside)
    {
      reached.push_back(mass / (1.0 - this->Outside));
    }
  }
  const std::vector<scorefields::RegionLevel> levels =
    this->Shares ? this->Curve->At(reached) : this->Curve->Find(reached);
  for (std::size_t i = 0; i < this->Masses.size(); ++i)
  {
    this->AddRegion(this->Masses[i], i < levels.size() ? &levels[i] : nullptr);
  }
  this->Execution.Checkpoint(0.7);
}

void Run::FindIslands()
{
  const WholeNodes& place = this->Density.Place;
  for (RegionRow& row : this->Regions)
  {
    if (!row.Reached || !(row.Share > 0.0))
    {
      continue;
    }
    std::vector<double> records = scorefields::IslandRecords(*this->Field, row.Share);
    this->Ranks.Gather(records);
    const scorefields::RegionLevel level{ row.Share, row.Mass / (1.0 - this->Outside),
      row.Measure };
    for (const scorefields::RegionIsland& island :
      scorefields::JoinIslands(records, *this->Field, level, this->Curve->Total()))
    {
      const Eigen::Vector3d node =
        island.PeakPlace.cast<double>().cwiseProduct(place.Nodes.Spacing);
      row.Islands.push_back({ (1.0 - this->Outside) * island.Share, island.Measure,
        island.Peak * std::exp(this->Density.LogLargest), place.Origin + place.Direction * node });
    }
  }
  this->Execution.Checkpoint(0.8);
}

void Run::WriteImage(vtkImageData* input, vtkInformation* request, vtkImageData* output)
{
  const ImagePart part = CropToRequest(input, request, this->Ranks.Size() == 1, output);
  vtkNew<vtkFieldData> fieldData; // the input's is not to be changed
  fieldData->ShallowCopy(input->GetFieldData());
  output->SetFieldData(fieldData);
  SetFieldValue(fieldData, names::MassInImage, 1.0 - this->Outside);
  auto array = NewArray(names::EnclosedMass, 1, output->GetNumberOfPoints());
  double* const target = array->GetPointer(0);
  const Index rowLength = part.Dimensions[0];
  const int* nodes = input->GetDimensions();
  const std::vector<double>& density = this->Field->Density();
  this->Execution.For(part.Dimensions[1] * part.Dimensions[2],
    [&](Index begin, Index end)
    {
      for (Index row = begin; row < end; ++row)
      {
        const Index j = part.First[1] + row % part.Dimensions[1];
        const Index k = part.First[2] + row / part.Dimensions[1];
        const Index first = part.First[0] + nodes[0] * (j + nodes[1] * k);
        for (Index i = 0; i < rowLength; ++i)
        {
          const double value = density[static_cast<std::size_t>(first + i)];
          target[row * rowLength + i] = std::isnan(value) ? value : this->Enclosed(value);
        }
      }
    });
  output->GetPointData()->AddArray(array);
  output->GetPointData()->SetActiveScalars(names::EnclosedMass);
}

SampleRow Run::RowOf(double density) const
{
  SampleRow row;
  row.EnclosedMass = row.TailMass = density; // not a number for a point that is not finite
  if (std::isnan(density))
  {
    return row;
  }
  row.EnclosedMass = this->Enclosed(density);
  row.TailMass = density > 0.0 ? this->TailMass(density) : 0.0;
  for (std::size_t i = this->Regions.size(); density > 0.0 && i-- > 0;)
  {
    const bool inside =
      this->Regions[i].Reached ? density >= this->Regions[i].Share : row.EnclosedMass <= 1.0;
    row.Region = inside ? static_cast<int>(i) : row.Region;
  }
  return row;
}

void Run::WriteRest(vtkImageData* input, const RegionOutputs& outputs)
{
  WriteRegions(this->Regions, this->OfSamples.has_value(), outputs.Regions);
  WriteIslands(this->Regions, outputs.Islands);
  std::vector<RegionBorder> borders;
  for (std::size_t i = 0; i < this->Regions.size(); ++i)
  {
    const RegionRow& row = this->Regions[i];
    if (row.Reached && row.Share > 0.0)
    {
      borders.push_back({ static_cast<int>(i), row.Listed, row.Level, row.Share });
    }
  }
  AddContours(input, this->Density.Owned, this->Field->Density(), borders, outputs.Contours);
  if (!this->OfSamples)
  {
    return;
  }
  const std::vector<vtkDataSet*> blocks = LeavesOf(outputs.Samples);
  for (std::size_t b = 0; b < this->OfSamples->Points.size(); ++b)
  {
    std::vector<SampleRow> rows;
    for (const double density : this->OfSamples->Points[b])
    {
      rows.push_back(this->RowOf(density));
    }
    WriteSamples(rows, blocks[b]);
  }
}

void Run::WarnOfIslands(double samples, std::ostringstream& text) const
{
  for (const RegionRow& row : this->Regions)
  {
    const auto islands = static_cast<double>(row.Islands.size());
    if (samples > 0.0 && islands > std::max(FewIslands, IslandsPerSample * samples))
    {
      text << "The region of mass " << row.Listed << " has " << islands
           << " islands, and there are " << samples
           << " samples: the bandwidth is small against the distances of the samples. ";
      return;
    }
  }
}

void Run::WarnOfDensity(std::ostringstream& text) const
{
  if (this->Density.MostNegative < 0.0)
  {
    text << "The array " << this->Density.Values.Name << " has negative densities, down to "
         << this->Density.MostNegative << "; they count as 0. ";
  }
  if (this->Missing > 0.0)
  {
    text << this->Missing << " nodes have no value; cells at them hold no mass. ";
  }
  if (this->IsNormalised() && this->Integral > 1.0 + IntegralTolerance)
  {
    text << "The integral of " << this->Density.Values.Name << " over the image is "
         << this->Integral << ", where a density has 1 at most: the nodes lie too far apart, or it "
         << "is no density. Masses are shares of this integral. ";
  }
}

void Run::WarnOfRegions(std::ostringstream& text) const
{
  for (const RegionRow& row : this->Regions)
  {
    if (!row.Reached)
    {
      text << "The image holds " << 1.0 - this->Outside << " of the mass, so that the region of "
           << row.Listed << " is not in it. Take a larger box, or set TotalMass to \"In the "
           << "image\". ";
      return;
    }
    if (!this->Shares && row.Mass > row.Listed + PlateauTolerance)
    {
      text << "The region of " << row.Listed << " holds " << row.Mass
           << ", since the density is the same in a large part of it. ";
      return;
    }
  }
}

std::string Run::Warning() const
{
  std::ostringstream text;
  this->WarnOfDensity(text);
  this->WarnOfRegions(text);
  double samples = this->Density.SampleCount;
  if (this->OfSamples)
  {
    samples = static_cast<double>(this->OfSamples->Samples.size());
    if (this->OfSamples->Outside > 0.0)
    {
      text << this->OfSamples->Outside << " of the " << samples
           << " samples lie where the image has "
           << "no density; they count as outside of all regions. ";
    }
    text << (samples > 0.0 ? "" : "Samples has no points. ");
  }
  this->WarnOfIslands(samples, text);
  const std::string warning = text.str();
  return warning.substr(0, warning.find_last_not_of(' ') + 1);
}
}

std::string RunHighestDensityRegions(vtkAlgorithm* algorithm, const Communicator& ranks,
  const RegionSettings& settings, vtkImageData* input, vtkDataObject* samples,
  vtkInformation* request, const RegionOutputs& outputs)
{
  Run run(algorithm, ranks, settings);
  if (!run.Read(input))
  {
    outputs.Image->ShallowCopy(input);
    return "Input has no nodes; there are no regions.";
  }
  run.FindCurve();
  run.ReadSamples(samples, outputs.Samples);
  run.FindRegions();
  run.FindIslands();
  run.WriteImage(input, request, outputs.Image);
  run.WriteRest(input, outputs);
  return run.Warning();
}
}
