// SPDX-License-Identifier: BSD-3-Clause
#include "Runs/CompareDensitiesRun.h"

#include "Input/ComparedDensity.h"
#include "Input/WholeImage.h"
#include "Output/ComparisonOutput.h"
#include "Pipeline/Adaptor.h"
#include "Pipeline/Communicator.h"
#include "Pipeline/FieldNames.h"
#include "Pipeline/ImageParts.h"
#include "Runs/SampleComparison.h"

#include "Numerics/Comparison/NodeInterpolation.h"

#include <vtkAlgorithm.h>
#include <vtkDoubleArray.h>
#include <vtkFieldData.h>
#include <vtkImageData.h>
#include <vtkNew.h>
#include <vtkPointData.h>

#include <algorithm>
#include <cmath>
#include <sstream>
#include <stdexcept>
#include <vector>

namespace vtkscorefields
{
namespace
{
using scorefields::Index;

/// The reference on the whole of its image, the same on every rank.
struct WholeReference
{
  WholeNodes Place;
  std::vector<double> LogDensity;
  std::vector<double> Score; ///< empty: none
};

Eigen::Vector3d PlaceOfNode(vtkImageData* image, Index node)
{
  Eigen::Vector3d place;
  image->GetPoint(node, place.data());
  return place;
}

/// One execution of the filter; the steps are called in the order in which they stand.
class Run
{
public:
  Run(vtkAlgorithm* algorithm, const Communicator& ranks, const ComparisonSettings& settings)
    : Settings(settings)
    , Ranks(ranks)
    , Execution(MakeExecution(algorithm, { "Comparing the densities", 0.0, 1.0, 2 }))
  {
  }

  void Read(vtkImageData* input, vtkImageData* reference);
  void Crop(vtkImageData* input, vtkInformation* request, vtkImageData* output);
  void Compare(vtkImageData* input, vtkInformation* request, vtkImageData* output);
  void CompareWith(vtkDataObject* samples, vtkImageData* input);
  void Write(vtkTable* metrics, vtkTable* classes) const;
  std::string Warning() const;

private:
  void RequireSameSpace() const;
  /// The reference at the nodes of the output. Measure is 0 where there is none.
  void Resample(vtkImageData* output);
  /// What each node of the output stands for, 0 for those of other ranks.
  void Measure(vtkImageData* input, vtkInformation* request, vtkImageData* output);

  const ComparisonSettings& Settings;
  const Communicator& Ranks;
  scorefields::Execution Execution;
  PartOfDensity Own;
  WholeNodes Place;
  WholeReference Reference;
  ImagePart Part;
  bool Scores = false;
  double Outside = 0.0;                ///< nodes beyond the reference's box
  double Between = 0.0;                ///< nodes that are none of the reference's
  std::vector<unsigned char> Compared; ///< nodes of the output at which both have a value
  std::vector<double> LogDensity, Score, LogReference, ReferenceScore, Measures;
  scorefields::ComparisonSums Sums;
  SampleRows OfSamples;
};

void Run::Read(vtkImageData* input, vtkImageData* reference)
{
  PartOfDensity other;
  vtkImageData* const source = reference ? reference : input;
  const bool hasOwn = input->GetNumberOfPoints() > 0;
  const bool hasOther = source->GetNumberOfPoints() > 0;
  this->Own = hasOwn ? ReadJudged(input, this->Settings.Density, this->Execution) : PartOfDensity();
  other = hasOther ? ReadReference(source, reference, this->Settings.Reference, this->Execution)
                   : PartOfDensity();
  this->Scores = !this->Ranks.Any((hasOwn && !this->Own.Score) || (hasOther && !other.Score));
  this->Place = JoinNodes(input, this->Ranks);
  this->Reference.Place = JoinNodes(source, this->Ranks);
  this->RequireSameSpace();
  this->Reference.LogDensity = JoinValues(
    source, this->Reference.Place, other.LogDensity.data(), 1, this->Ranks, "Compare Densities");
  if (this->Scores)
  {
    this->Reference.Score = JoinValues(
      source, this->Reference.Place, other.ScoreValues(), 3, this->Ranks, "Compare Densities");
  }
}

void Run::RequireSameSpace() const
{
  std::string problem;
  for (int axis = 0; axis < 3; ++axis)
  {
    const Index own = this->Place.Nodes.Dimensions[axis];
    const Index other = this->Reference.Place.Nodes.Dimensions[axis];
    if ((own > 1) != (other > 1) && own * other > 0)
    {
      std::ostringstream message;
      message << "Input has " << own << " nodes along axis "
              << "xyz"[axis] << " and Reference has " << other
              << "; both images must extend along the same axes";
      problem = message.str();
    }
  }
  if (problem.empty() && this->Place.Nodes.Size() == 0)
  {
    problem = "Input has no nodes; there is nothing to compare";
  }
  if (problem.empty() && this->Reference.Place.Nodes.Size() == 0)
  {
    problem = "Reference has no nodes; there is nothing to compare with";
  }
  this->Ranks.Agree(problem);
}

void Run::Crop(vtkImageData* input, vtkInformation* request, vtkImageData* output)
{
  this->Part = CropToRequest(input, request, this->Ranks.Size() == 1, output);
  vtkNew<vtkFieldData> fieldData; // the input's is not to be changed
  fieldData->ShallowCopy(input->GetFieldData());
  output->SetFieldData(fieldData);
  const Index count = output->GetNumberOfPoints();
  const int* nodes = input->GetDimensions();
  const double* score = this->Own.ScoreValues();
  for (Index k = 0; count > 0 && k < this->Part.Dimensions[2]; ++k)
  {
    for (Index j = 0; j < this->Part.Dimensions[1]; ++j)
    {
      const Index first = this->Part.First[0] +
        nodes[0] * (this->Part.First[1] + j + nodes[1] * (this->Part.First[2] + k));
      const auto from = this->Own.LogDensity.begin() + first;
      this->LogDensity.insert(this->LogDensity.end(), from, from + this->Part.Dimensions[0]);
      if (this->Scores)
      {
        this->Score.insert(
          this->Score.end(), score + 3 * first, score + 3 * (first + this->Part.Dimensions[0]));
      }
    }
  }
}

void Run::Resample(vtkImageData* output)
{
  const Index count = output->GetNumberOfPoints();
  const WholeReference& whole = this->Reference;
  const scorefields::NodeInterpolation density(
    whole.Place.Nodes.Dimensions, whole.LogDensity.data(), 1);
  const scorefields::NodeInterpolation score(whole.Place.Nodes.Dimensions, whole.Score.data(), 3);
  this->Compared.assign(static_cast<std::size_t>(count), 0);
  this->LogReference.assign(static_cast<std::size_t>(count), 0.0);
  this->ReferenceScore.assign(static_cast<std::size_t>(this->Scores ? 3 * count : 0), 0.0);
  for (Index node = 0; node < count; ++node)
  {
    const Eigen::Vector3d place = whole.Place.PlaceOf(PlaceOfNode(output, node));
    double& measure = this->Measures[static_cast<std::size_t>(node)];
    double* const logarithm = this->LogReference.data() + node;
    if (!density.At(place, logarithm))
    {
      this->Outside += measure > 0.0 ? 1.0 : 0.0;
      measure = 0.0;
      continue;
    }
    if (this->Scores)
    {
      score.At(place, this->ReferenceScore.data() + 3 * node);
    }
    const Eigen::Array3d off = (place.array() - place.array().round()).abs();
    const bool between = off.maxCoeff() > scorefields::NodeInterpolation::OnNode;
    this->Between += measure > 0.0 && between ? 1.0 : 0.0;
    const double own = this->LogDensity[static_cast<std::size_t>(node)];
    const bool both = !std::isnan(own) && !std::isnan(*logarithm);
    this->Compared[static_cast<std::size_t>(node)] = both ? 1 : 0;
    measure = both ? measure : 0.0;
  }
  this->Ranks.Sum(&this->Outside, 1);
  this->Ranks.Sum(&this->Between, 1);
}

void Run::Measure(vtkImageData* input, vtkInformation* request, vtkImageData* output)
{
  const Index count = output->GetNumberOfPoints();
  const std::vector<unsigned char> foreign =
    count > 0 ? ForeignNodes(output, request) : std::vector<unsigned char>();
  const double measure = NodeMeasure(input);
  const scorefields::Index3 first = this->Place.Offset + this->Part.First;
  const scorefields::Index3& nodes = this->Place.Nodes.Dimensions;
  for (Index node = 0; node < count; ++node)
  {
    const Index row = node / this->Part.Dimensions[0];
    const scorefields::Index3 own(node % this->Part.Dimensions[0], row % this->Part.Dimensions[1],
      row / this->Part.Dimensions[1]);
    double share = foreign.empty() || !foreign[static_cast<std::size_t>(node)] ? 1.0 : 0.0;
    for (int axis = 0; axis < 3; ++axis)
    {
      const Index along = first[axis] + own[axis];
      const bool isEnd = along == 0 || along == nodes[axis] - 1;
      share *= nodes[axis] > 1 && isEnd ? 0.5 : 1.0;
    }
    this->Measures.push_back(share * measure);
  }
}

void Run::Compare(vtkImageData* input, vtkInformation* request, vtkImageData* output)
{
  this->Measure(input, request, output);
  this->Resample(output);
  this->Execution.Checkpoint(0.5);
  scorefields::ComparedNodes nodes;
  nodes.Count = output->GetNumberOfPoints();
  nodes.Measure = this->Measures.data();
  nodes.LogDensity = this->LogDensity.data();
  nodes.LogReference = this->LogReference.data();
  nodes.Score = this->Scores ? this->Score.data() : nullptr;
  nodes.ReferenceScore = this->Scores ? this->ReferenceScore.data() : nullptr;
  std::vector<unsigned char> classes;
  if (vtkDataArray* array = output->GetPointData()->GetArray(names::Reliability))
  {
    for (Index node = 0; node < nodes.Count; ++node)
    {
      classes.push_back(static_cast<unsigned char>(array->GetComponent(node, 0)));
    }
  }
  nodes.Class = classes.empty() ? nullptr : classes.data();
  this->Sums.Add(nodes);
  this->Ranks.Sum(this->Sums.Totals().data(), this->Sums.Totals().size());
  this->Ranks.Maximum(this->Sums.Maxima().data(), this->Sums.Maxima().size());
  const ErrorFields errors = AddErrorFields(output, this->Scores);
  for (Index node = 0; node < nodes.Count; ++node)
  {
    if (this->Compared[static_cast<std::size_t>(node)])
    {
      errors.Write(node, nodes);
    }
    else
    {
      errors.Leave(node);
    }
  }
  this->Execution.Checkpoint(1.0);
}

void Run::CompareWith(vtkDataObject* samples, vtkImageData* input)
{
  if (!this->Ranks.Any(samples != nullptr))
  {
    return;
  }
  const Cloud cloud =
    ReadDistributedCloud(samples, this->Settings.SampleWeights, this->Ranks, this->Execution);
  if (!(cloud.Moments.Count > 0.0))
  {
    this->OfSamples.Warning = "Samples has no points; nothing is compared with them.";
    return;
  }
  const std::string user = "Compare Densities";
  const auto joined = [&](const double* values, int components)
  { return JoinValues(input, this->Place, values, components, this->Ranks, user); };
  const std::vector<double> logDensity = joined(this->Own.LogDensity.data(), 1);
  const std::vector<double> score =
    this->Scores ? joined(this->Own.ScoreValues(), 3) : std::vector<double>();
  this->OfSamples = CompareSamples(this->Ranks.Gather(cloud.Samples),
    { this->Place, logDensity, score },
    { this->Reference.Place, this->Reference.LogDensity, this->Reference.Score }, this->Execution);
}

void Run::Write(vtkTable* metrics, vtkTable* classes) const
{
  WriteMetrics(this->Sums.Metrics(), this->OfSamples.Rows, metrics);
  WriteClasses(this->Sums.OfClasses(), classes);
}

std::string Run::Warning() const
{
  std::ostringstream text;
  if (!(this->Sums.Metrics().Measure > 0.0))
  {
    text << "The images have no node in common at which both have a value; nothing is compared.";
  }
  else if (this->Outside > 0.0)
  {
    text << this->Outside << " nodes of Input lie outside of Reference and are not compared.";
  }
  else if (this->Between > 0.0)
  {
    text << "At " << this->Between
         << " nodes of Input the reference lies between its nodes: its log "
         << "density and score are interpolated linearly there. Give both images the same nodes to "
         << "compare them as they are.";
  }
  const std::string separator = text.str().empty() || this->OfSamples.Warning.empty() ? "" : " ";
  return text.str() + separator + this->OfSamples.Warning;
}
}

std::string RunCompareDensities(vtkAlgorithm* algorithm, const Communicator& ranks,
  const ComparisonSettings& settings, vtkImageData* input, vtkImageData* reference,
  vtkDataObject* samples, vtkInformation* request, vtkImageData* output, vtkTable* metrics,
  vtkTable* classes)
{
  Run run(algorithm, ranks, settings);
  run.Read(input, reference);
  run.Crop(input, request, output);
  run.Compare(input, request, output);
  run.CompareWith(samples, input);
  run.Write(metrics, classes);
  return run.Warning();
}
}
