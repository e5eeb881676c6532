// SPDX-License-Identifier: BSD-3-Clause
#include "Output/DensityOutput.h"

#include "Numerics/Density/LinearDensity.h"
#include "Pipeline/Adaptor.h"
#include "Pipeline/FieldNames.h"

#include <vtkDataSetAttributes.h>
#include <vtkDoubleArray.h>
#include <vtkFieldData.h>
#include <vtkFloatArray.h>
#include <vtkImageData.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkUnsignedCharArray.h>

#include <algorithm>
#include <cmath>
#include <string>

namespace vtkscorefields
{
namespace
{
double* AddArray(vtkDataSetAttributes* attributes, const char* name, int components, vtkIdType n)
{
  auto array = NewArray(name, components, n);
  attributes->AddArray(array);
  return array->GetPointer(0);
}

const char* ArrayOf(scorefields::CountScale scale)
{
  switch (scale)
  {
    case scorefields::CountScale::None:
      return nullptr;
    case scorefields::CountScale::CountDensity:
      return names::CountDensity;
    case scorefields::CountScale::CellProbability:
      return names::CellProbability;
    case scorefields::CountScale::CellCount:
      return names::CellCount;
  }
  return nullptr;
}
}

scorefields::FieldChoice DefaultFields()
{
  scorefields::FieldChoice fields = scorefields::FieldChoice::All();
  fields.Hessian = fields.KishSampleSize = fields.Route = false;
  return fields;
}

scorefields::FieldView AddDensityArrays(
  vtkDataSetAttributes* attributes, vtkIdType n, const scorefields::FieldChoice& wanted)
{
  const auto add = [attributes, n](bool isWanted, const char* name, int components)
  { return isWanted ? AddArray(attributes, name, components, n) : nullptr; };
  scorefields::FieldView fields;
  fields.Density = add(wanted.Density, names::Density, 1);
  fields.LogDensity = add(wanted.LogDensity, names::LogDensity, 1);
  fields.Score = add(wanted.Score, names::Score, 3);
  fields.Hessian = add(wanted.Hessian, names::Hessian, 6);
  fields.EffectiveSampleSize = add(wanted.EffectiveSampleSize, names::EffectiveSampleSize, 1);
  fields.KishSampleSize = add(wanted.KishSampleSize, names::KishSampleSize, 1);
  if (wanted.Route)
  {
    vtkNew<vtkUnsignedCharArray> routes;
    routes->SetName(names::Route);
    routes->SetNumberOfTuples(n);
    attributes->AddArray(routes);
    fields.Route = routes->GetPointer(0);
  }
  if (wanted.Density)
  {
    attributes->SetActiveScalars(names::Density);
  }
  if (wanted.Score)
  {
    attributes->SetActiveVectors(names::Score);
  }
  return fields;
}

scorefields::StandardErrorView AddErrorArrays(vtkDataSetAttributes* attributes, vtkIdType n)
{
  return { AddArray(attributes, names::DensityStandardError, 1, n),
    AddArray(attributes, names::LogDensityLower, 1, n),
    AddArray(attributes, names::LogDensityUpper, 1, n) };
}

void AddOtherScales(vtkImageData* image, const double* densities, const OtherScales& scales)
{
  vtkPointData* const arrays = image->GetPointData();
  const vtkIdType n = image->GetNumberOfPoints();
  if (scales.Counts != scorefields::CountScale::None)
  {
    double* const values = AddArray(arrays, ArrayOf(scales.Counts), 1, n);
    std::transform(densities, densities + n, values,
      [&scales](double density) { return scales.CountFactor * density; });
  }
  if (std::count(scales.Logarithms.begin(), scales.Logarithms.end(), true) > 0)
  {
    scorefields::LinearDensities(
      GridOf(image), scales.Logarithms, densities, AddArray(arrays, names::LinearDensity, 1, n));
  }
}

std::string MakeSinglePrecision(vtkDataSetAttributes* attributes)
{
  std::string infinite;
  for (const char* name : { names::Density, names::LogDensity, names::Score, names::Hessian,
         names::EffectiveSampleSize, names::KishSampleSize, names::CountDensity,
         names::CellProbability, names::CellCount, names::LinearDensity,
         names::DensityStandardError, names::LogDensityLower, names::LogDensityUpper })
  {
    if (vtkDataArray* array = attributes->GetArray(name))
    {
      vtkNew<vtkFloatArray> single;
      single->DeepCopy(array);
      attributes->AddArray(single);
      const float* const values = single->GetPointer(0);
      const bool any = std::any_of(values, values + single->GetNumberOfValues(),
        [](float value) { return std::isinf(value); });
      infinite += any ? (infinite.empty() ? "" : " and ") + std::string(name) : "";
    }
  }
  attributes->SetActiveScalars(names::Density);
  if (attributes->HasArray(names::Score))
  {
    attributes->SetActiveVectors(names::Score);
  }
  return infinite.empty()
    ? infinite
    : "OutputPrecision is Single, which holds values up to 3.4e38, and larger ones of " + infinite +
      " are infinite. LogDensity is right. Set OutputPrecision to Double, or take a larger unit of"
      " length.";
}

void WriteProvenance(vtkFieldData* fieldData, const DensityProvenance& provenance,
  const scorefields::KernelChoice& choice)
{
  const scorefields::GaussianKernel& kernel = choice.Kernel;
  const scorefields::SymmetricTensor covariance = scorefields::ToTensor(kernel.Covariance());
  SetFieldValue(fieldData, names::Bandwidth, kernel.EquivalentBandwidth());
  SetFieldValue(fieldData, names::KernelCovariance, covariance.data(), 6);
  SetFieldText(fieldData, names::BandwidthRule, NameOf(provenance.Request.Rule));
  SetFieldValue(fieldData, names::BandwidthError, choice.RelativeError);
  SetFieldValue(fieldData, names::SampleCount, provenance.Moments.Count);
  SetFieldValue(fieldData, names::EffectiveSampleCount, provenance.Moments.EffectiveCount());
  SetFieldValue(fieldData, names::TotalWeight, provenance.Moments.TotalWeight);
  SetFieldValue(fieldData, names::NonFinitePoints, provenance.NonFinite);
  SetFieldText(fieldData, names::Precision, NameOf(provenance.StoredAs));
  const Eigen::Vector3d& lower = provenance.Moments.Lower;
  const Eigen::Vector3d& upper = provenance.Moments.Upper;
  if ((lower.array() <= upper.array()).all())
  {
    const double bounds[6] = { lower[0], upper[0], lower[1], upper[1], lower[2], upper[2] };
    SetFieldValue(fieldData, names::SampleBounds, bounds, 6);
  }
}

void WriteReport(vtkFieldData* fieldData, const scorefields::EstimateReport& report,
  const scorefields::EngineSettings& settings)
{
  SetFieldText(fieldData, names::Kernel, NameOf(settings.Profile));
  SetFieldValue(fieldData, names::LostWeight, report.LostWeight);
  SetFieldText(fieldData, names::Engine, NameOf(report.Engine));
  SetFieldValue(fieldData, names::DensityFloor, report.DensityFloor);
  SetFieldValue(fieldData, names::DensityErrorBound, report.Claims.AbsoluteDensity);
  SetFieldValue(fieldData, names::RelativeErrorBound, report.Claims.Density);
  if (report.Engine != scorefields::Engine::Fft)
  {
    SetFieldValue(fieldData, names::LogDensityErrorBound, report.Claims.LogDensity);
    SetFieldValue(fieldData, names::ScoreErrorBound, report.Claims.Score);
  }
  SetFieldValue(fieldData, names::ExactShare, report.ExactShare);
  SetFieldValue(fieldData, names::MeshShare, report.MeshShare);
}

void WriteTransform(vtkFieldData* fieldData, const scorefields::EstimateReport& report,
  const scorefields::EngineSettings& settings)
{
  if (report.Engine == scorefields::Engine::Fft)
  {
    const scorefields::FftReport& fft = report.Fft;
    SetFieldText(fieldData, names::Spectrum, NameOf(settings.Fft.Spectrum));
    SetFieldValue(fieldData, names::ZeroPadding, settings.Fft.ZeroPadding ? 1.0 : 0.0);
    SetFieldValue(fieldData, names::DroppedWeight, fft.DroppedWeight);
    SetFieldValue(fieldData, names::WrapPeriod, fft.Period.data(), 3);
    SetFieldValue(fieldData, names::RoundOffFloor, fft.Errors.RoundOff.Density);
    SetFieldValue(fieldData, names::TruncationFloor, fft.Errors.Truncation.Density);
    SetFieldValue(fieldData, names::SpreadingFloor, fft.Errors.Spreading.Density);
    SetFieldValue(fieldData, names::WrapFloor, fft.Errors.Wrap.Density);
    SetFieldValue(fieldData, names::MinimumBeforeClamp, fft.Minimum);
  }
}

void WriteBoundaries(vtkFieldData* fieldData,
  const std::array<scorefields::Boundary, 3>& boundaries, const Eigen::Vector3d& lengths)
{
  double numbers[3];
  std::transform(boundaries.begin(), boundaries.end(), numbers,
    [](scorefields::Boundary boundary) { return static_cast<double>(boundary); });
  if (*std::max_element(numbers, numbers + 3) > 0.0)
  {
    SetFieldValue(fieldData, names::Boundaries, numbers, 3);
    SetFieldValue(fieldData, names::BoxLengths, lengths.data(), 3);
  }
}
}
