// SPDX-License-Identifier: BSD-3-Clause
#include "Runs/TruthSummary.h"

#include "Pipeline/Adaptor.h"
#include "Pipeline/Communicator.h"
#include "Pipeline/FieldNames.h"
#include "Pipeline/ImageParts.h"

#include "Numerics/Score/TruthErrors.h"

#include <vtkDoubleArray.h>
#include <vtkImageData.h>
#include <vtkPointData.h>
#include <vtkTable.h>

#include <cmath>
#include <tuple>
#include <vector>

namespace vtkscorefields
{
namespace
{
constexpr std::size_t Parts = scorefields::ReliabilityClasses + 2;
constexpr std::size_t Entries = 6; // of a part, as ranks tell each other

TruthSummary::Part LocalPart(const scorefields::ScoreErrors& errors, vtkImageData* image)
{
  TruthSummary::Part part;
  const double measure = NodeMeasure(image);
  part.Mass = errors.Mass * measure;
  part.FisherDivergence = errors.Squared * measure;
  part.Largest = errors.Largest;
  part.Empty = errors.Worst < 0;
  if (!part.Empty)
  {
    image->GetPoint(errors.Worst, part.Worst.data());
  }
  return part;
}

std::vector<TruthSummary::Part*> PartsOf(TruthSummary& summary)
{
  std::vector<TruthSummary::Part*> parts;
  for (TruthSummary::Part& part : summary.Classes)
  {
    parts.push_back(&part);
  }
  parts.push_back(&summary.Stable);
  parts.push_back(&summary.All);
  return parts;
}

/// Of equally bad nodes the one that comes first in an image.
bool IsWorse(const TruthSummary::Part& other, const TruthSummary::Part& part)
{
  const auto key = [](const TruthSummary::Part& p)
  { return std::make_tuple(-p.Largest, p.Worst[2], p.Worst[1], p.Worst[0]); };
  return !other.Empty && (part.Empty || key(other) < key(part));
}

void Join(TruthSummary& summary, const Communicator& ranks)
{
  std::vector<double> values;
  for (const TruthSummary::Part* part : PartsOf(summary))
  {
    values.insert(values.end(),
      { part->Mass, part->FisherDivergence, part->Empty ? -1.0 : part->Largest, part->Worst[0],
        part->Worst[1], part->Worst[2] });
  }
  ranks.Gather(values);
  summary = TruthSummary();
  const std::vector<TruthSummary::Part*> parts = PartsOf(summary);
  for (std::size_t at = 0; at + Entries <= values.size(); at += Entries)
  {
    const double* entry = values.data() + at;
    TruthSummary::Part& part = *parts[at / Entries % Parts];
    TruthSummary::Part other;
    other.Largest = entry[2];
    other.Empty = entry[2] < 0.0;
    other.Worst = Eigen::Vector3d(entry[3], entry[4], entry[5]);
    if (IsWorse(other, part))
    {
      part.Largest = other.Largest;
      part.Worst = other.Worst;
      part.Empty = false;
    }
    part.Mass += entry[0];
    part.FisherDivergence += entry[1];
  }
}
}

bool HasTruth(vtkImageData* image)
{
  vtkDataArray* score = image->GetPointData()->GetArray(names::TrueScore);
  vtkDataArray* density = image->GetPointData()->GetArray(names::TrueDensity);
  return score && density && score->GetNumberOfComponents() == 3 &&
    density->GetNumberOfComponents() == 1;
}

double TruthSummary::Part::Rmse() const
{
  return this->Mass > 0.0 ? std::sqrt(this->FisherDivergence / this->Mass) : 0.0;
}

TruthSummary SummariseTruth(vtkImageData* image, const scorefields::ScoreView& view,
  const unsigned char* skip, const Communicator& ranks, const scorefields::Execution& execution)
{
  TruthSummary summary;
  if (image->GetNumberOfPoints() > 0 && HasTruth(image))
  {
    vtkPointData* points = image->GetPointData();
    const auto score = AsDoubles(points->GetArray(names::Score));
    const auto trueScore = AsDoubles(points->GetArray(names::TrueScore));
    const auto trueDensity = AsDoubles(points->GetArray(names::TrueDensity));
    const scorefields::TruthView truth{ score->GetPointer(0), trueScore->GetPointer(0),
      trueDensity->GetPointer(0), view.Classes, view.Mask, skip };
    const auto errors = scorefields::CompareWithTruth(image->GetNumberOfPoints(), truth, execution);
    for (std::size_t c = 0; c < errors.Classes.size(); ++c)
    {
      summary.Classes[c] = LocalPart(errors.Classes[c], image);
    }
    summary.Stable = LocalPart(errors.Stable, image);
    summary.All = LocalPart(errors.All, image);
  }
  Join(summary, ranks);
  return summary;
}

void WriteTruth(vtkFieldData* fieldData, const TruthSummary& summary)
{
  SetFieldValue(fieldData, names::TruthMass, summary.All.Mass);
  SetFieldValue(fieldData, names::FisherDivergence, summary.All.FisherDivergence);
  SetFieldValue(fieldData, names::ScoreRmse, summary.All.Rmse());
  SetFieldValue(fieldData, names::StableTruthMass, summary.Stable.Mass);
  SetFieldValue(fieldData, names::StableFisherDivergence, summary.Stable.FisherDivergence);
  SetFieldValue(fieldData, names::StableScoreRmse, summary.Stable.Rmse());
  if (!summary.Stable.Empty)
  {
    SetFieldValue(fieldData, names::WorstScoreError, summary.Stable.Largest);
    SetFieldValue(fieldData, names::WorstNode, summary.Stable.Worst.data(), 3);
  }
}

void WriteTruth(vtkTable* table, const TruthSummary& summary)
{
  const auto rows = static_cast<vtkIdType>(summary.Classes.size());
  const auto add = [&](const char* name, const auto& value)
  {
    auto column = NewArray(name, 1, rows);
    for (vtkIdType row = 0; row < rows; ++row)
    {
      column->SetValue(row, value(summary.Classes[static_cast<std::size_t>(row)]));
    }
    table->AddColumn(column);
  };
  using Part = TruthSummary::Part;
  add(names::TruthMass, [](const Part& part) { return part.Mass; });
  add(names::ScoreRmse, [](const Part& part) { return part.Rmse(); });
  add(names::WorstScoreError, [](const Part& part) { return part.Largest; });
  add(names::WorstX, [](const Part& part) { return part.Worst[0]; });
  add(names::WorstY, [](const Part& part) { return part.Worst[1]; });
  add(names::WorstZ, [](const Part& part) { return part.Worst[2]; });
}
}
