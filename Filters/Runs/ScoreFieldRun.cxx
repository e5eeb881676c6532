// SPDX-License-Identifier: BSD-3-Clause
#include "Runs/ScoreFieldRun.h"

#include "Input/FactsReader.h"
#include "Input/SampleReader.h"
#include "Input/WholeImage.h"
#include "Output/ScoreFieldOutput.h"
#include "Pipeline/Adaptor.h"
#include "Pipeline/Communicator.h"
#include "Pipeline/FieldNames.h"
#include "Pipeline/ImageParts.h"
#include "Runs/ScoreMethods.h"
#include "Runs/TruthSummary.h"

#include "Numerics/Score/DensityScan.h"
#include "Numerics/Score/Significance.h"

#include <vtkAlgorithm.h>
#include <vtkDoubleArray.h>
#include <vtkFieldData.h>
#include <vtkImageData.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkTable.h>

#include <algorithm>
#include <cmath>
#include <sstream>
#include <stdexcept>
#include <vector>

namespace vtkscorefields
{
namespace
{
/// One execution of the filter; the steps are called in the order in which they stand.
class Run
{
public:
  Run(vtkAlgorithm* algorithm, const Communicator& ranks, const ScoreFieldSettings& settings,
    vtkImageData* input, vtkInformation* request, vtkImageData* output)
    : Settings(settings)
    , Options(settings.Options)
    , Input(input)
    , Request(request)
    , Output(output)
    , Algorithm(algorithm)
    , Ranks(ranks)
    , Empty(input->GetNumberOfPoints() == 0)
  {
  }

  void Read();
  void Scan();
  void Compute();
  void Decide();
  void Write(vtkTable* table);
  std::string Warning() const;

private:
  void CorrectForManyTests(scorefields::Index count, const unsigned char* skip);

  const ScoreFieldSettings& Settings;
  scorefields::ScoreOptions Options;
  vtkImageData* Input;
  vtkInformation* Request;
  vtkImageData* Output;
  vtkAlgorithm* Algorithm;
  scorefields::Execution Execution; ///< of the step that runs
  const Communicator& Ranks;
  bool Empty;

  ImageDensity Density;
  scorefields::DensityFacts Facts;
  vtkSmartPointer<vtkDoubleArray> Analytic;
  std::vector<double> RatioDensity;
  WholeImage Whole; ///< for Spectral
  scorefields::DensityScan Found;
  Eigen::Vector3d Curvature = Eigen::Vector3d::Zero();
  scorefields::SignificanceTest Test;
  scorefields::ScoreView View;
  double Threshold = 0.0;
  double Floor = 0.0;
  double Stated = 0.0; ///< what the engine's statements take of the tolerance at every node
  ScoreSummary Summary;
  bool Truth = false;
  TruthSummary Errors;
};

/// @throws std::invalid_argument that names the axis along which differences cannot be taken.
void RequireSpacing(vtkImageData* image)
{
  for (int axis = 0; axis < 3; ++axis)
  {
    const double spacing = image->GetSpacing()[axis];
    if (image->GetDimensions()[axis] > 1 && !(std::isfinite(spacing) && spacing != 0.0))
    {
      std::ostringstream message;
      message << "Input has the spacing " << spacing << " along "
              << "xyz"[axis]
              << "; a score needs nodes that differ, so that it must be finite and not 0";
      throw std::invalid_argument(message.str());
    }
  }
}

void Run::Read()
{
  this->Execution = MakeExecution(this->Algorithm, { "Reading the density", 0.0, 0.1 });
  std::string problem;
  try
  {
    if (!this->Empty)
    {
      RequireSpacing(this->Input);
      vtkDataArray* array = FindDensity(this->Input, this->Settings.ArrayName, this->Settings.Kind);
      this->Density = ReadDensity(this->Input, array, this->Settings.Kind, this->Execution);
      this->Facts = ReadFacts(this->Input, this->Density);
      vtkDataArray* score = AnalyticScore(this->Input);
      if (this->Settings.BestAvailable && score)
      {
        this->Options.Method = scorefields::ScoreMethod::Analytic;
        this->Analytic = AsDoubles(score);
        this->Facts.ScorePrecision = std::max(this->Facts.ScorePrecision, PrecisionOf(score));
      }
      if (this->Options.Method == scorefields::ScoreMethod::DensityRatio)
      {
        this->RatioDensity = DensityOf(this->Density, this->Input, this->Execution);
      }
      if (this->Settings.Curvature)
      {
        RequireHessian(this->Input);
      }
    }
  }
  catch (const std::exception& error)
  {
    problem = error.what();
  }
  this->Ranks.Agree(problem);
}

void Run::Scan()
{
  this->Execution = MakeExecution(this->Algorithm, { "Looking over the density", 0.1, 0.3 });
  const scorefields::Grid grid = GridOf(this->Input);
  const ImagePart owned = OwnedPart(this->Input);
  if (!this->Empty)
  {
    this->Found = scorefields::ScanLogDensity(
      grid, this->Density.LogDensity, owned.First, owned.Dimensions, this->Execution);
    this->Found.MostNegative = this->Density.MostNegative;
  }
  JoinScans(this->Found, this->Ranks);
  if (this->Settings.Options.Method == scorefields::ScoreMethod::Spectral)
  {
    this->Whole = GatherImage(this->Input, this->Density.LogDensity, this->Ranks);
  }
  if (!this->Empty && !this->Facts.Kernel)
  {
    const double core = std::log(1e-6);
    this->Curvature = scorefields::SharpestCurvature(grid, this->Density.LogDensity, owned.First,
      owned.Dimensions, this->Found.Maximum + core, this->Execution);
  }
  this->Ranks.Maximum(this->Curvature.data(), 3);
  if (this->Facts.Kernel && this->Facts.SampleCount > 0.0)
  {
    this->Test = scorefields::SignificanceTest(*this->Facts.Kernel, this->Facts.SampleCount);
  }
  this->Execution.Checkpoint(1.0);
}

void Run::Compute()
{
  this->Execution = MakeExecution(this->Algorithm, { "Computing the score", 0.3, 0.9 });
  const bool spectral = this->Options.Method == scorefields::ScoreMethod::Spectral;
  const ImagePart part =
    CropToRequest(this->Input, this->Request, spectral && this->Ranks.Size() == 1, this->Output);
  vtkNew<vtkFieldData> fieldData; // the input's is not to be changed
  fieldData->ShallowCopy(this->Input->GetFieldData());
  this->Output->SetFieldData(fieldData);
  if (this->Empty)
  {
    return;
  }
  ScoreArrays wanted;
  wanted.PValue = this->Test.Dimension > 0;
  wanted.Diagnostics = this->Settings.Diagnostics;
  this->View = AddScoreArrays(this->Output, wanted);
  scorefields::ScoreInput input;
  input.Nodes = spectral ? this->Whole.Nodes : GridOf(this->Input);
  input.LogDensity = spectral ? this->Whole.LogDensity : this->Density.LogDensity;
  input.Ends = ReadEnds(this->Input, this->Facts, input.Nodes);
  input.Density = this->RatioDensity.empty() ? nullptr : this->RatioDensity.data();
  input.Score = this->Analytic ? this->Analytic->GetPointer(0) : nullptr;
  input.Rotation = DirectionOf(this->Input);
  input.First = part.First + this->Whole.Offset;
  input.Dimensions = part.Dimensions;
  const scorefields::ErrorModel errors(
    input.Nodes, this->Facts, this->Found, this->Curvature, this->Settings.Tolerance);
  this->Floor = errors.Floor();
  this->Stated = this->Options.Method == scorefields::ScoreMethod::Analytic
    ? errors.StatedScoreError()
    : spectral ? 0.0
               : errors.LeastSlopeError();
  this->Threshold = this->Options.SignificanceLevel;
  scorefields::ComputeScoreField(
    input, errors, this->Test, this->Options, this->View, this->Execution);
  this->Execution.Checkpoint(1.0);
}

void Run::CorrectForManyTests(scorefields::Index count, const unsigned char* skip)
{
  scorefields::TestedNodes tested = scorefields::FindTested(
    count, this->View.PValue, this->View.Classes, skip, this->Options.SignificanceLevel);
  this->Ranks.Sum(&tested.Count, 1);
  this->Ranks.Gather(tested.Small);
  this->Threshold = scorefields::SignificanceThreshold(
    this->Settings.Correction, this->Options.SignificanceLevel, tested.Small, tested.Count);
  if (this->View.PValue)
  {
    scorefields::ApplySignificance(count, this->View.PValue, this->Threshold, this->Options.Mask,
      this->View.Classes, this->View.Mask, this->Execution);
  }
}

void Run::Decide()
{
  this->Execution =
    MakeExecution(this->Algorithm, { "Deciding where it can be trusted", 0.9, 1.0 });
  const scorefields::Index count = this->Empty ? 0 : this->Output->GetNumberOfPoints();
  std::vector<unsigned char> foreign;
  if (!this->Empty)
  {
    foreign = ForeignNodes(this->Output, this->Request);
  }
  const unsigned char* skip = foreign.empty() ? nullptr : foreign.data();
  if (this->Settings.Correction != scorefields::MultipleTesting::Pointwise)
  {
    this->CorrectForManyTests(count, skip);
  }
  this->Summary.Counts =
    scorefields::CountClasses(count, this->View.Classes, this->View.Mask, skip, this->Execution);
  this->Ranks.Sum(this->Summary.Counts.Nodes.data(), scorefields::ReliabilityClasses);
  this->Ranks.Sum(&this->Summary.Counts.Stable, 1);
  this->Summary.NodeMeasure = NodeMeasure(this->Input);
  this->Truth = this->Ranks.Any(!this->Empty && HasTruth(this->Output));
  if (this->Truth)
  {
    this->Errors = SummariseTruth(this->Output, this->View, skip, this->Ranks, this->Execution);
  }
}

void Run::Write(vtkTable* table)
{
  WriteSummary(table, this->Summary);
  WriteSummary(this->Output->GetFieldData(), this->Summary);
  if (this->Truth)
  {
    WriteTruth(table, this->Errors);
    WriteTruth(this->Output->GetFieldData(), this->Errors);
  }
  if (this->Empty)
  {
    return;
  }
  vtkFieldData* fieldData = this->Output->GetFieldData();
  WriteMethod(fieldData, this->Options.Method);
  SetFieldValue(fieldData, names::ScoreTolerance, this->Settings.Tolerance);
  SetFieldValue(fieldData, names::ScoreDensityFloor, this->Floor);
  if (this->Test.Dimension > 0)
  {
    SetFieldValue(fieldData, names::SignificanceThreshold, this->Threshold);
  }
  if (this->Settings.Curvature)
  {
    AddCurvature(this->Output, this->Execution);
  }
  if (this->Settings.HideUnstable)
  {
    HideMasked(this->Output, this->View.Mask);
  }
}

std::string Run::Warning() const
{
  if (!(this->Summary.Nodes() > 0.0))
  {
    return PointsWarning(0.0, 0.0, "Input", "there is no score", this->Ranks);
  }
  if (this->Density.LooksLikeLogarithm)
  {
    return "The array " + this->Density.Name +
      " is negative on average: it looks like a log density that is read as a density. Set "
      "Quantity to \"Log density\".";
  }
  std::ostringstream text;
  if (this->Stated > this->Settings.Tolerance)
  {
    text << "Tolerance is " << this->Settings.Tolerance << ", but the field data of the input state"
         << " errors that make the score wrong by up to " << this->Stated
         << " / bandwidth, so that no node is reliable. Set Tolerance to more, or, if Kernel"
         << " Density's engine is Auto, its RelativeTolerance to less. ";
  }
  if (this->Settings.HideUnstable && this->Summary.Nodes() > 0.0 &&
    this->Summary.Counts.Stable == 0.0)
  {
    text
      << "HideUnstable hides every node, since none is reliable; the array Reliability says why.";
  }
  return text.str();
}
}

std::string RunScoreField(vtkAlgorithm* algorithm, const Communicator& ranks,
  const ScoreFieldSettings& settings, vtkImageData* input, vtkInformation* request,
  vtkImageData* output, vtkTable* table)
{
  scorefields::Require(settings.Tolerance, settings.Options);
  Run run(algorithm, ranks, settings, input, request, output);
  run.Read();
  run.Scan();
  run.Compute();
  run.Decide();
  run.Write(table);
  return run.Warning();
}
}
