// SPDX-License-Identifier: BSD-3-Clause
#include "Runs/DensityModesRun.h"

#include "Input/ModeImage.h"
#include "Input/PointQueries.h"
#include "Input/SampleReader.h"
#include "Output/ModeOutput.h"
#include "Pipeline/Adaptor.h"
#include "Pipeline/Communicator.h"
#include "Pipeline/FieldNames.h"
#include "Pipeline/Leaves.h"
#include "Runs/FlowImage.h"

#include "Numerics/Flow/Basins.h"
#include "Numerics/Modes/ModeDensity.h"

#include <vtkAlgorithm.h>
#include <vtkImageData.h>
#include <vtkPointData.h>
#include <vtkPolyData.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace vtkscorefields
{
namespace
{
using scorefields::CriticalProblem;
using scorefields::CriticalSet;
using scorefields::Index;

/// About how many places a sample passes on its way uphill.
constexpr double PlacesOnAWay = 40.0;
/// The log density of the samples and that of the image may differ by so much before that is told.
constexpr double SameDensity = 0.01;
/// Between nodes, in bandwidths: beyond it critical points may be missed.
constexpr double CoarseSpacing = 0.65;
/// Above the error of the nodes' values, so that no bump of that error is a peak.
constexpr double FloorFactor = 10.0;

void Require(const ModeSettings& settings)
{
  std::ostringstream message;
  if (!(settings.MinimumPersistence >= 0.0 && std::isfinite(settings.MinimumPersistence)))
  {
    message << "MinimumPersistence is " << settings.MinimumPersistence
            << "; it must be 0 or above, a difference of log densities such as 0.1";
    throw std::invalid_argument(message.str());
  }
  if (!(settings.SignificanceLevel > 0.0 && settings.SignificanceLevel < 1.0))
  {
    message << "SignificanceLevel is " << settings.SignificanceLevel
            << "; it must be above 0 and below 1, such as 0.05";
    throw std::invalid_argument(message.str());
  }
}

/// One execution of the filter; the steps are called in the order in which they stand.
class Run
{
public:
  Run(vtkAlgorithm* algorithm, const Communicator& ranks, const ModeSettings& settings)
    : Settings(settings)
    , Ranks(ranks)
    , Execution(MakeExecution(algorithm, { "Finding modes", 0.0, 1.0, 1 }))
  {
  }

  /// @returns false if the image has no nodes.
  bool ReadImage(vtkImageData* input);
  /// @returns false if they have no points.
  bool ReadSamples(vtkDataObject* samples, vtkDataObject* output);
  void UseImageAlone(vtkImageData* input);
  void ClimbSamples();
  void FindPoints();
  void LabelSamples();
  void TestModes();
  void Simplify();
  void Write(vtkImageData* input, const ModeOutputs& outputs);
  std::string Warning() const;

private:
  scorefields::GaussianKernel KernelOfImage() const;
  CriticalProblem ProblemOf(const scorefields::SmoothDensity& source) const;
  void CompareDensities();
  Eigen::Matrix3Xd EndsOfSamples() const;
  double LargestSpacing() const;
  void CountShares();
  std::vector<scorefields::Mode> PlacesOfModes() const;

  const ModeSettings& Settings;
  const Communicator& Ranks;
  scorefields::Execution Execution;
  ModeImage Image;
  std::optional<scorefields::StepMetric> Unit;
  std::shared_ptr<const scorefields::SmoothDensity> Source; ///< for critical points
  std::shared_ptr<const scorefields::SmoothDensity> ForWays;
  std::optional<scorefields::ModeDensity> Density; ///< of the samples
  Cloud Own;                                       ///< this rank's samples
  vtkDataObject* SampleOutput = nullptr;
  PointQueries Queries; ///< this rank's points, its samples first
  scorefields::SampleEnds Ends;
  std::vector<int> ModeOfQuery;
  ModeResults Modes;
  double NonFinite = 0.0;
  double Difference = 0.0; ///< of the log densities of samples and image
};

bool Run::ReadImage(vtkImageData* input)
{
  this->Image =
    ReadModeImage(input, this->Settings.Density, this->Settings.Kind, this->Ranks, this->Execution);
  return !this->Image.IsEmpty();
}

scorefields::GaussianKernel Run::KernelOfImage() const
{
  if (!this->Image.KernelCovariance)
  {
    throw std::invalid_argument("Input has no KernelCovariance of a Gaussian kernel in its field "
                                "data, so that the density of Samples is not known; take an image "
                                "of Kernel Density with the kernel Gaussian, or disconnect "
                                "Samples");
  }
  const scorefields::Index3& n = this->Image.Nodes.Dimensions;
  return scorefields::GaussianKernel(
    scorefields::Axes::FromFlags(n[0] > 1, n[1] > 1, n[2] > 1), *this->Image.KernelCovariance);
}

bool Run::ReadSamples(vtkDataObject* samples, vtkDataObject* output)
{
  this->Own =
    ReadDistributedCloud(samples, this->Settings.SampleWeights, this->Ranks, this->Execution);
  this->NonFinite = this->Own.NonFinite;
  std::vector<vtkDataSet*> blocks;
  if (samples)
  {
    CopyLeaves(samples, output);
    this->SampleOutput = output;
    blocks = LeavesOf(output);
  }
  if (!(this->Own.Moments.Count > 0.0))
  {
    return false;
  }
  scorefields::Samples ownFirst = this->Ranks.GatherOwnFirst(this->Own.Samples);
  this->Queries =
    LeaveOneOutQueries(blocks, this->Settings.SampleWeights, this->Own.Samples.Count(), ownFirst);
  const auto all =
    std::make_shared<const scorefields::Samples>(this->Ranks.Gather(this->Own.Samples));
  this->Density = scorefields::ModeDensity::Of(
    all, this->KernelOfImage(), this->Image.Box, PlacesOnAWay, this->Execution.Part(0.0, 0.1));
  this->Source = this->Density->Exact;
  this->ForWays = this->Density->ForSamples;
  this->Unit = this->Density->Unit;
  this->CompareDensities();
  return true;
}

/// Where the image is highest it should say what the samples do.
void Run::CompareDensities()
{
  const Index node = this->Image.HighestNode();
  const Eigen::Matrix3Xd place = this->Image.Nodes.Node(node);
  double logDensity = 0.0;
  scorefields::FieldView fields;
  fields.LogDensity = &logDensity;
  this->Source->Evaluate(place, fields, this->Execution);
  this->Difference = logDensity - this->Image.LogDensity[static_cast<std::size_t>(node)];
}

void Run::UseImageAlone(vtkImageData* input)
{
  vtkPointData* arrays = input->GetPointData();
  const bool hasScore = arrays->HasArray(names::LogDensity) && arrays->HasArray(names::Score);
  const bool hasTruth =
    arrays->HasArray(names::TrueLogDensity) && arrays->HasArray(names::TrueScore);
  if (input->GetNumberOfPoints() > 0 && !hasScore && !hasTruth)
  {
    throw std::invalid_argument(
      "Samples is not connected, and Input has no point arrays LogDensity and Score; connect the "
      "points that Input was made of, or switch on ComputeScore of Kernel Density");
  }
  const FlowImage image = GatherFlowImage(ReadFlowImage(input, this->Execution), this->Ranks);
  std::copy_n(
    image.Image.LogDensity.data(), image.Image.LogDensity.size(), this->Image.LogDensity.begin());
  const scorefields::Axes axes = scorefields::SpaceAxesOf(image.Image);
  // A step of three spacings serves where nothing says how smooth the density is.
  const double spacing = this->Image.Nodes.Spacing.maxCoeff();
  Eigen::Matrix3d unit = 9.0 * spacing * spacing * Eigen::Matrix3d::Identity();
  if (image.Facts.KernelCovariance)
  {
    const Eigen::Matrix3d known =
      *image.Facts.KernelCovariance + image.Facts.LeastVariance * Eigen::Matrix3d::Identity();
    unit = known.trace() > 0.0 ? known : unit;
  }
  const scorefields::GaussianKernel kernel(axes, unit);
  const scorefields::ImageFamily family(image.Image, kernel, unit, this->Execution);
  this->Source = family.At(kernel.EquivalentBandwidth(), this->Execution);
  this->ForWays = this->Source;
  this->Unit.emplace(axes, unit);
}

CriticalProblem Run::ProblemOf(const scorefields::SmoothDensity& source) const
{
  const double floor = this->Image.Floor > 0.0 ? std::log(FloorFactor * this->Image.Floor)
                                               : -std::numeric_limits<double>::max();
  return { source, *this->Unit, this->Image.Field(), this->Image.Box, floor };
}

void Run::FindPoints()
{
  this->Modes.Set =
    scorefields::FindCriticalPoints(this->ProblemOf(*this->Source), this->Execution.Part(0.1, 0.4));
}

std::vector<scorefields::Mode> Run::PlacesOfModes() const
{
  std::vector<scorefields::Mode> places;
  for (Index mode = 0; mode < this->Modes.Set.Modes(); ++mode)
  {
    const auto& point = this->Modes.Set.Points[static_cast<std::size_t>(mode)];
    places.push_back({ point.Position, point.LogDensity });
  }
  return places;
}

void Run::ClimbSamples()
{
  this->Ends =
    scorefields::ClimbFrom(*this->Density, this->Queries.Points, this->Execution.Part(0.1, 0.5));
}

void Run::LabelSamples()
{
  this->ModeOfQuery =
    scorefields::BasinsOf(this->Ends.Ends, this->PlacesOfModes(), *this->Unit, this->Image.Box);
  this->CountShares();
}

/// The share of the weights of all samples whose ways end at each mode.
void Run::CountShares()
{
  const scorefields::Samples& samples = this->Own.Samples;
  std::vector<double> sums(static_cast<std::size_t>(this->Modes.Set.Modes()) + 2, 0.0);
  for (Index i = 0; i < samples.Count(); ++i)
  {
    const int mode = this->ModeOfQuery[static_cast<std::size_t>(i)];
    const std::size_t place = mode < 0 ? sums.size() - 2 : static_cast<std::size_t>(mode);
    sums[place] += samples.Weight(i);
    sums.back() += mode < 0 ? 1.0 : 0.0;
  }
  this->Ranks.Sum(sums.data(), static_cast<vtkIdType>(sums.size()));
  this->Modes.SamplesWithoutMode = sums.back();
  sums.pop_back();
  double total = 0.0;
  for (const double sum : sums)
  {
    total += sum;
  }
  sums.pop_back();
  for (double& sum : sums)
  {
    sum /= total;
  }
  this->Modes.Shares = std::move(sums);
}

void Run::TestModes()
{
  const std::vector<scorefields::ModeCount> counts =
    scorefields::CountsOfModes(this->Modes.Set, this->Density->Counts, this->Execution);
  const double places = this->Ranks.Sum(this->Ends.PlacesOf(this->Own.Samples.Count()));
  this->Modes.Tested = true;
  this->Modes.SignificanceLevel = this->Settings.SignificanceLevel;
  this->Modes.PValues = scorefields::ModePValues(counts, places);
  for (const scorefields::ModeCount& count : counts)
  {
    this->Modes.SampleSizes.push_back(count.AtMode);
  }
}

void Run::Simplify()
{
  std::vector<bool> kept;
  for (Index mode = 0; mode < this->Modes.Set.Modes(); ++mode)
  {
    const bool persists =
      this->Modes.Set.Persistence(mode) >= this->Settings.MinimumPersistence || mode == 0;
    const bool counts =
      !this->Settings.SignificantOnly || !this->Modes.Tested || this->Modes.IsSignificant(mode);
    kept.push_back(persists && counts);
  }
  this->Modes.Stands = scorefields::Representatives(this->Modes.Set, kept);
  this->Modes.NumberPoints();
  for (std::size_t mode = 0; mode < this->Modes.Shares.size(); ++mode)
  {
    const Index stands = this->Modes.Stands[mode];
    if (stands != static_cast<Index>(mode) && stands != scorefields::NoPoint)
    {
      this->Modes.Shares[static_cast<std::size_t>(stands)] += this->Modes.Shares[mode];
    }
  }
}

void Run::Write(vtkImageData* input, const ModeOutputs& outputs)
{
  std::vector<scorefields::CriticalWay> ways;
  if (this->Settings.Ways && this->Ranks.Rank() == 0)
  {
    ways = scorefields::WaysFromSaddles(
      this->ProblemOf(*this->ForWays), this->Modes.Set, this->Execution.Part(0.9, 1.0));
  }
  PassFieldData(input, outputs.Points);
  WriteModeFacts(this->Modes, outputs.Points->GetFieldData());
  if (this->Ranks.Rank() == 0)
  {
    WriteCriticalPoints(this->Modes, outputs.Points);
    WriteWays(this->Modes, ways, this->Image.Box, outputs.Ways);
  }
  if (!this->SampleOutput)
  {
    return;
  }
  const std::vector<vtkDataSet*> blocks = LeavesOf(this->SampleOutput);
  for (std::size_t block = 0; block < blocks.size(); ++block)
  {
    std::vector<int> basins;
    for (const Index column : this->Queries.Columns[block])
    {
      const int mode =
        column < 0 ? scorefields::NoBasin : this->ModeOfQuery[static_cast<std::size_t>(column)];
      basins.push_back(mode < 0 ? scorefields::NoBasin : this->Modes.BasinOf(mode));
    }
    WriteBasins(basins, blocks[block]);
  }
}

/// Between nodes, in standard deviations of the kernel along an axis in any cut.
double Run::LargestSpacing() const
{
  double largest = 0.0;
  for (int axis = 0; this->Image.KernelCovariance && axis < 3; ++axis)
  {
    if (this->Image.Nodes.Dimensions[axis] > 1)
    {
      const Eigen::Matrix3d precision = this->KernelOfImage().Precision();
      largest =
        std::max(largest, this->Image.Nodes.Spacing[axis] * std::sqrt(precision(axis, axis)));
    }
  }
  return largest;
}

std::string Run::Warning() const
{
  std::ostringstream text;
  if (this->NonFinite > 0.0)
  {
    text << this->NonFinite << " points of Samples are not finite and are left out. ";
  }
  if (std::abs(this->Difference) > SameDensity || std::isnan(this->Difference))
  {
    text << "Where Input is highest its log density differs by " << this->Difference
         << " from that of Samples with its kernel: they are not the points that Input was made "
            "of, or SampleWeightArray is not the one used there. ";
  }
  if (const double spacing = this->LargestSpacing(); spacing > CoarseSpacing)
  {
    text << "The nodes of Input are " << spacing << " bandwidths apart, so that saddles and modes "
         << "between them may be missed. Take SampleDimensions of Kernel Density "
         << std::ceil(2.0 * spacing) << " times as large. ";
  }
  if (this->Modes.SamplesWithoutMode > 0.0)
  {
    text << this->Modes.SamplesWithoutMode << " samples lie in the basin of no mode in the image; "
         << "their Basin is -1. Take a larger box. ";
  }
  if (this->Settings.SignificantOnly && !this->Modes.Tested)
  {
    text << "SignificantOnly has no effect without Samples. ";
  }
  const std::string warning = text.str();
  return warning.substr(0, warning.find_last_not_of(' ') + 1);
}
}

std::string RunDensityModes(vtkAlgorithm* algorithm, const Communicator& ranks,
  const ModeSettings& settings, vtkImageData* input, vtkDataObject* samples,
  const ModeOutputs& outputs)
{
  Require(settings);
  Run run(algorithm, ranks, settings);
  if (!run.ReadImage(input))
  {
    return "Input has no nodes; there are no modes.";
  }
  const bool hasSamples = ranks.Any(samples != nullptr);
  if (hasSamples && !run.ReadSamples(samples, outputs.Samples))
  {
    return "Samples has no points; there are no modes.";
  }
  if (!hasSamples)
  {
    run.UseImageAlone(input);
  }
  if (hasSamples)
  {
    run.ClimbSamples();
  }
  run.FindPoints();
  if (hasSamples)
  {
    run.LabelSamples();
    run.TestModes();
  }
  run.Simplify();
  run.Write(input, outputs);
  return ranks.Rank() == 0 ? run.Warning() : std::string();
}
}
