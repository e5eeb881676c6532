// SPDX-License-Identifier: BSD-3-Clause
#include "Output/FitOutput.h"

#include "Output/DensityOutput.h"
#include "Pipeline/Adaptor.h"
#include "Pipeline/FieldNames.h"

#include <vtkDoubleArray.h>
#include <vtkFieldData.h>
#include <vtkImageData.h>
#include <vtkPointData.h>
#include <vtkTable.h>

#include <optional>

namespace vtkscorefields
{
namespace
{
void SetIfKnown(vtkFieldData* fieldData, const char* name, const std::optional<double>& value)
{
  if (value)
  {
    SetFieldValue(fieldData, name, *value);
  }
}

/// Those of the active axes in space; `other` along flat axes.
Eigen::Vector3d InSpace(
  const scorefields::FitFrame& frame, const Eigen::VectorXd& values, const Eigen::Vector3d& other)
{
  Eigen::Vector3d vector = other;
  for (int a = 0; a < frame.Active.Count; ++a)
  {
    vector[frame.Active.Axis[a]] = values[a];
  }
  return vector;
}
}

scorefields::FieldView AddFitArrays(vtkImageData* image)
{
  scorefields::FieldChoice wanted;
  wanted.Density = wanted.LogDensity = wanted.Score = true;
  return AddDensityArrays(image->GetPointData(), image->GetNumberOfPoints(), wanted);
}

void WriteFit(const scorefields::ScoreFit& fit, const scorefields::FitFieldReport& report,
  const Cloud& cloud, vtkFieldData* fieldData)
{
  SetFieldText(fieldData, names::FitModel, NameOf(fit.Fitted));
  SetFieldValue(fieldData, names::SampleCount, cloud.Moments.Count);
  SetFieldValue(fieldData, names::SamplesUsed, static_cast<double>(fit.SamplesUsed));
  SetFieldValue(fieldData, names::NonFinitePoints, cloud.NonFinite);
  const Eigen::Vector3d origin = InSpace(fit.Frame, fit.Frame.Origin, fit.Frame.Rest);
  const Eigen::Vector3d scale = InSpace(fit.Frame, fit.Frame.Scale, Eigen::Vector3d::Ones());
  SetFieldValue(fieldData, names::FitOrigin, origin.data(), 3);
  SetFieldValue(fieldData, names::FitScale, scale.data(), 3);
  SetIfKnown(fieldData, names::Noise, fit.Noise);
  SetIfKnown(fieldData, names::KernelWidth, fit.KernelWidth);
  SetIfKnown(fieldData, names::Regularization, fit.Regularization);
  SetIfKnown(fieldData, names::HeldOutObjective, fit.HeldOutObjective);
  SetIfKnown(fieldData, names::KernelScoreError, fit.ScoreError);
  SetIfKnown(fieldData, names::TrainingStep, fit.TrainingStep);
  if (fit.Centers > 0)
  {
    SetFieldValue(fieldData, names::NumberOfCenters, static_cast<double>(fit.Centers));
  }
  if (report.Knows == scorefields::Potential::None)
  {
    SetFieldValue(fieldData, names::MisfitShare, report.MisfitShare);
  }
}

void WriteTable(const scorefields::FitTable& numbers, vtkTable* table)
{
  for (std::size_t column = 0; column < numbers.Names.size(); ++column)
  {
    const auto values = numbers.Values.col(static_cast<Eigen::Index>(column));
    auto array = NewArray(numbers.Names[column], 1, values.size());
    Eigen::Map<Eigen::VectorXd>(array->GetPointer(0), values.size()) = values;
    table->AddColumn(array);
  }
}
}
