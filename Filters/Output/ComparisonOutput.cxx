// SPDX-License-Identifier: BSD-3-Clause
#include "Output/ComparisonOutput.h"

#include "Numerics/Score/ScoreField.h"
#include "Pipeline/Adaptor.h"
#include "Pipeline/FieldNames.h"

#include <Eigen/Geometry>

#include <vtkDoubleArray.h>
#include <vtkImageData.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkStringArray.h>
#include <vtkTable.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

namespace vtkscorefields
{
namespace
{
double* AddArray(vtkImageData* image, const char* name, int components)
{
  auto array = NewArray(name, components, image->GetNumberOfPoints());
  image->GetPointData()->AddArray(array);
  return array->GetPointer(0);
}

/// In degrees; not a number if one of the vectors is 0.
double AngleBetween(const Eigen::Vector3d& one, const Eigen::Vector3d& other)
{
  const double lengths = one.norm() * other.norm();
  const double angle = std::atan2(one.cross(other).norm(), one.dot(other));
  return lengths > 0.0 ? angle * 180.0 / scorefields::Pi : std::numeric_limits<double>::quiet_NaN();
}

void AddColumn(vtkTable* table, const char* name, const std::vector<double>& values)
{
  auto column = NewArray(name, 1, static_cast<vtkIdType>(values.size()));
  std::copy(values.begin(), values.end(), column->GetPointer(0));
  table->AddColumn(column);
}

void AddColumn(vtkTable* table, const char* name, const std::vector<std::string>& texts)
{
  vtkNew<vtkStringArray> column;
  column->SetName(name);
  for (const std::string& text : texts)
  {
    column->InsertNextValue(text);
  }
  table->AddColumn(column);
}
}

void ErrorFields::Write(scorefields::Index node, const scorefields::ComparedNodes& nodes) const
{
  const double log = nodes.LogDensity[node];
  const double reference = nodes.LogReference[node];
  this->Density[node] = std::exp(log) - std::exp(reference);
  this->LogDensity[node] = log - reference;
  if (this->Score)
  {
    const Eigen::Vector3d score = Eigen::Map<const Eigen::Vector3d>(nodes.Score + 3 * node);
    const Eigen::Vector3d other =
      Eigen::Map<const Eigen::Vector3d>(nodes.ReferenceScore + 3 * node);
    Eigen::Map<Eigen::Vector3d>(this->Score + 3 * node) = score - other;
    this->Angle[node] = AngleBetween(score, other);
  }
}

void ErrorFields::Leave(scorefields::Index node) const
{
  constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
  this->Density[node] = this->LogDensity[node] = nothing;
  if (this->Score)
  {
    std::fill_n(this->Score + 3 * node, 3, nothing);
    this->Angle[node] = nothing;
  }
}

ErrorFields AddErrorFields(vtkImageData* image, bool scores)
{
  ErrorFields fields;
  fields.Density = AddArray(image, names::DensityError, 1);
  fields.LogDensity = AddArray(image, names::LogDensityError, 1);
  if (scores)
  {
    fields.Score = AddArray(image, names::ScoreError, 3);
    fields.Angle = AddArray(image, names::ScoreAngle, 1);
  }
  image->GetPointData()->SetActiveScalars(names::DensityError);
  return fields;
}

void WriteMetrics(const scorefields::DensityMetrics& metrics,
  const std::vector<std::pair<const char*, double>>& others, vtkTable* table)
{
  std::vector<std::pair<const char*, double>> rows = {
    { "Compared measure", metrics.Measure },
    { "Mass", metrics.Mass },
    { "Reference mass", metrics.ReferenceMass },
    { "Kullback-Leibler divergence", metrics.KullbackLeibler },
    { "Kullback-Leibler divergence, reverse", metrics.KullbackLeiblerReverse },
    { "Jensen-Shannon divergence", metrics.JensenShannon },
    { "Hellinger distance", metrics.Hellinger },
    { "Total variation distance", metrics.TotalVariation },
    { "L2 distance", metrics.L2 },
    { "Largest density error", metrics.LargestError },
    { "Largest log density error", metrics.LargestLogError },
  };
  if (metrics.HasScores)
  {
    rows.insert(rows.end(),
      { { "Fisher divergence", metrics.Fisher },
        { "Fisher divergence, reverse", metrics.FisherReverse },
        { "Root mean square score error", metrics.ScoreRmse },
        { "Relative score error", metrics.RelativeScoreRmse },
        { "Largest score error", metrics.LargestScoreError } });
  }
  rows.insert(rows.end(), others.begin(), others.end());
  std::vector<std::string> texts;
  std::vector<double> values;
  for (const auto& [text, value] : rows)
  {
    texts.emplace_back(text);
    values.push_back(value);
  }
  AddColumn(table, names::Metric, texts);
  AddColumn(table, names::Value, values);
}

void WriteClasses(
  const std::array<scorefields::ClassMetrics, scorefields::ComparisonSums::Classes>& classes,
  vtkTable* table)
{
  std::vector<std::string> texts;
  std::vector<double> share;
  std::vector<double> mass;
  std::vector<double> rmse;
  std::vector<double> largest;
  for (std::size_t row = 0; row < classes.size(); ++row)
  {
    texts.emplace_back(NameOf(static_cast<scorefields::Reliability>(row)));
    share.push_back(classes[row].Share);
    mass.push_back(classes[row].Mass);
    rmse.push_back(classes[row].ScoreRmse);
    largest.push_back(classes[row].LargestScoreError);
  }
  AddColumn(table, names::Class, texts);
  AddColumn(table, names::Share, share);
  AddColumn(table, names::ReferenceMassShare, mass);
  AddColumn(table, names::ScoreRmse, rmse);
  AddColumn(table, names::LargestScoreError, largest);
}
}
