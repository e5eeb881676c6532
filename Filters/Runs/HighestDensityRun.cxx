// SPDX-License-Identifier: BSD-3-Clause
#include "Runs/HighestDensityRun.h"

#include "Output/RegionOutput.h"
#include "Pipeline/Adaptor.h"
#include "Pipeline/Communicator.h"
#include "Pipeline/FieldNames.h"
#include "Pipeline/Leaves.h"
#include "Runs/RegionContours.h"
#include "Runs/RegionMass.h"
#include "Runs/RegionSamples.h"

#include "Numerics/Regions/IslandRecords.h"
#include "Numerics/Regions/RegionIslands.h"

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
    , Masses(SortedMasses(settings.Masses))
    , Mass(settings, ranks, this->Execution)
  {
  }

  /// @returns false if the image has no nodes.
  bool Read(vtkImageData* input);
  void ReadSamples(vtkDataObject* samples, vtkDataObject* output);
  void FindRegions();
  void FindIslands();
  void WriteImage(vtkImageData* input, vtkInformation* request, vtkImageData* output);
  void WriteRest(vtkImageData* input, const RegionOutputs& outputs);
  std::string Warning() const;

private:
  void AddRegion(double listed, const scorefields::RegionLevel* level);
  void WarnOfRegions(std::ostringstream& text) const;
  void WarnOfIslands(double samples, std::ostringstream& text) const;
  SampleRow RowOf(double density) const;

  const RegionSettings& Settings;
  const Communicator& Ranks;
  scorefields::Execution Execution;
  std::vector<double> Masses;
  RegionMass Mass;
  std::optional<SampleDensities> OfSamples;
  std::vector<RegionRow> Regions;
};

bool Run::Read(vtkImageData* input)
{
  if (!this->Mass.Read(input))
  {
    return false;
  }
  this->Mass.FindCurve();
  return true;
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
  this->OfSamples =
    ReadDensities(cloud, blocks, this->Mass.Field(), this->Mass.Density().Place, this->Ranks);
  if (wanted && this->OfSamples->Samples.empty())
  {
    throw std::invalid_argument(
      "LevelsFrom is \"Share of the samples\", but Samples has no points");
  }
  if (wanted)
  {
    this->Mass.CountSamples(this->OfSamples->Samples);
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
  row.Mass = this->Mass.Inside() * level->Share;
  row.Level = level->Density * std::exp(this->Mass.Density().LogLargest);
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
  const std::vector<scorefields::RegionLevel> levels = this->Mass.Find(this->Masses);
  for (std::size_t i = 0; i < this->Masses.size(); ++i)
  {
    this->AddRegion(this->Masses[i], i < levels.size() ? &levels[i] : nullptr);
  }
  this->Execution.Checkpoint(0.7);
}

void Run::FindIslands()
{
  const WholeNodes& place = this->Mass.Density().Place;
  for (RegionRow& row : this->Regions)
  {
    if (!row.Reached || !(row.Share > 0.0))
    {
      continue;
    }
    std::vector<double> records = scorefields::IslandRecords(this->Mass.Field(), row.Share);
    this->Ranks.Gather(records);
    const scorefields::RegionLevel level{ row.Share, row.Mass / this->Mass.Inside(), row.Measure };
    for (const scorefields::RegionIsland& island :
      scorefields::JoinIslands(records, this->Mass.Field(), level, this->Mass.Curve().Total()))
    {
      const Eigen::Vector3d node =
        island.PeakPlace.cast<double>().cwiseProduct(place.Nodes.Spacing);
      row.Islands.push_back({ this->Mass.Inside() * island.Share, island.Measure,
        island.Peak * std::exp(this->Mass.Density().LogLargest),
        place.Origin + place.Direction * node });
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
  SetFieldValue(fieldData, names::MassInImage, this->Mass.Inside());
  auto array = NewArray(names::EnclosedMass, 1, output->GetNumberOfPoints());
  double* const target = array->GetPointer(0);
  const Index rowLength = part.Dimensions[0];
  const int* nodes = input->GetDimensions();
  const std::vector<double>& density = this->Mass.Field().Density();
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
          target[row * rowLength + i] = std::isnan(value) ? value : this->Mass.Enclosed(value);
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
  row.EnclosedMass = this->Mass.Enclosed(density);
  row.TailMass = density > 0.0 ? this->Mass.TailMass(density) : 0.0;
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
  AddContours(
    input, this->Mass.Density().Owned, this->Mass.Field().Density(), borders, outputs.Contours);
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

void Run::WarnOfRegions(std::ostringstream& text) const
{
  for (const RegionRow& row : this->Regions)
  {
    if (!row.Reached)
    {
      text << "The image holds " << this->Mass.Inside() << " of the mass, so that the region of "
           << row.Listed << " is not in it. Take a larger box, or set TotalMass to \"In the "
           << "image\". ";
      return;
    }
    if (!this->Mass.CountsSamples() && row.Mass > row.Listed + PlateauTolerance)
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
  this->Mass.Warn(text);
  this->WarnOfRegions(text);
  double samples = this->Mass.Density().SampleCount;
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
  run.ReadSamples(samples, outputs.Samples);
  run.FindRegions();
  run.FindIslands();
  run.WriteImage(input, request, outputs.Image);
  run.WriteRest(input, outputs);
  return run.Warning();
}
}
