// SPDX-License-Identifier: BSD-3-Clause
#include "Output/DensityOutput.h"

#include "Pipeline/Adaptor.h"

#include <vtkDataSetAttributes.h>
#include <vtkDoubleArray.h>
#include <vtkFieldData.h>
#include <vtkFloatArray.h>
#include <vtkNew.h>

#include <algorithm>
#include <array>

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

// The texts of the XML's enumerations.
constexpr std::array<const char*, 3> EngineNames{ { "Auto", "Exact", "FFT" } };
constexpr std::array<const char*, 5> KernelNames{ { "Gaussian", "Epanechnikov", "Quartic",
  "Top hat", "SPH cubic spline" } };
constexpr std::array<const char*, 3> SpectrumNames{ { "Deconvolved", "Aliased",
  "Characteristic function" } };
}

double DensityArrays::Components() const
{
  return 2.0 + (this->Score ? 3.0 : 0.0) + (this->Hessian ? 6.0 : 0.0) +
    (this->SampleSize ? 1.0 : 0.0) + (this->KishSampleSize ? 1.0 : 0.0);
}

scorefields::FieldView AddDensityArrays(
  vtkDataSetAttributes* attributes, vtkIdType n, const DensityArrays& wanted)
{
  scorefields::FieldView fields;
  fields.Density = AddArray(attributes, "Density", 1, n);
  attributes->SetActiveScalars("Density");
  fields.LogDensity = AddArray(attributes, "LogDensity", 1, n);
  if (wanted.Score)
  {
    fields.Score = AddArray(attributes, "Score", 3, n);
    attributes->SetActiveVectors("Score");
  }
  if (wanted.Hessian)
  {
    fields.Hessian = AddArray(attributes, "Hessian", 6, n);
  }
  if (wanted.SampleSize)
  {
    fields.EffectiveSampleSize = AddArray(attributes, "EffectiveSampleSize", 1, n);
  }
  if (wanted.KishSampleSize)
  {
    fields.KishSampleSize = AddArray(attributes, "KishSampleSize", 1, n);
  }
  return fields;
}

void MakeSinglePrecision(vtkDataSetAttributes* attributes)
{
  for (const char* name :
    { "Density", "LogDensity", "Score", "Hessian", "EffectiveSampleSize", "KishSampleSize" })
  {
    if (vtkDataArray* array = attributes->GetArray(name))
    {
      vtkNew<vtkFloatArray> single;
      single->DeepCopy(array);
      attributes->AddArray(single);
    }
  }
  attributes->SetActiveScalars("Density");
  if (attributes->HasArray("Score"))
  {
    attributes->SetActiveVectors("Score");
  }
}

void WriteProvenance(vtkFieldData* fieldData, const DensityProvenance& provenance,
  const scorefields::KernelChoice& choice)
{
  const scorefields::GaussianKernel& kernel = choice.Kernel;
  const scorefields::SymmetricTensor covariance = scorefields::ToTensor(kernel.Covariance());
  SetFieldValue(fieldData, "Bandwidth", kernel.EquivalentBandwidth());
  SetFieldValue(fieldData, "KernelCovariance", covariance.data(), 6);
  SetFieldValue(
    fieldData, "BandwidthRule", std::string(scorefields::NameOf(provenance.Request.Rule)));
  SetFieldValue(fieldData, "BandwidthError", choice.RelativeError);
  SetFieldValue(fieldData, "SampleCount", provenance.Moments.Count);
  SetFieldValue(fieldData, "EffectiveSampleCount", provenance.Moments.EffectiveCount());
  SetFieldValue(fieldData, "TotalWeight", provenance.Moments.TotalWeight);
  SetFieldValue(fieldData, "NonFinitePoints", provenance.NonFinite);
  SetFieldValue(
    fieldData, "Precision", std::string(provenance.SinglePrecision ? "Single" : "Double"));
  const Eigen::Vector3d& lower = provenance.Moments.Lower;
  const Eigen::Vector3d& upper = provenance.Moments.Upper;
  if ((lower.array() <= upper.array()).all())
  {
    const double bounds[6] = { lower[0], upper[0], lower[1], upper[1], lower[2], upper[2] };
    SetFieldValue(fieldData, "SampleBounds", bounds, 6);
  }
}

void WriteReport(vtkFieldData* fieldData, const scorefields::EstimateReport& report,
  const scorefields::EngineSettings& settings)
{
  SetFieldValue(
    fieldData, "Kernel", std::string(KernelNames[static_cast<std::size_t>(settings.Profile)]));
  SetFieldValue(fieldData, "LostWeight", report.LostWeight);
  SetFieldValue(
    fieldData, "Engine", std::string(EngineNames[static_cast<std::size_t>(report.Engine)]));
  SetFieldValue(fieldData, "DensityFloor", report.DensityFloor);
  SetFieldValue(fieldData, "RelativeErrorBound", report.RelativeErrorBound);
  SetFieldValue(fieldData, "ExactShare", report.ExactShare);
  SetFieldValue(fieldData, "MeshShare", report.MeshShare);
  if (report.Engine == scorefields::Engine::Fft)
  {
    const scorefields::FftReport& fft = report.Fft;
    SetFieldValue(fieldData, "Spectrum",
      std::string(SpectrumNames[static_cast<std::size_t>(settings.Fft.Spectrum)]));
    SetFieldValue(fieldData, "ZeroPadding", settings.Fft.ZeroPadding ? 1.0 : 0.0);
    SetFieldValue(fieldData, "WrapPeriod", fft.Period.data(), 3);
    SetFieldValue(fieldData, "RoundOffFloor", fft.RoundOff);
    SetFieldValue(fieldData, "TruncationFloor", fft.Truncation);
    SetFieldValue(fieldData, "SpreadingFloor", fft.Spreading);
    SetFieldValue(fieldData, "WrapFloor", fft.Wrap);
    SetFieldValue(fieldData, "MinimumBeforeClamp", fft.Minimum);
  }
}

void WriteBoundaries(vtkFieldData* fieldData, const scorefields::EngineSettings& settings,
  const scorefields::Grid& whole)
{
  double boundaries[3];
  double lengths[3];
  for (int axis = 0; axis < 3; ++axis)
  {
    const auto boundary = settings.Fft.Boundaries[static_cast<std::size_t>(axis)];
    boundaries[axis] = static_cast<double>(boundary);
    lengths[axis] = whole.Spacing[axis] * static_cast<double>(whole.Dimensions[axis] - 1);
  }
  if (*std::max_element(boundaries, boundaries + 3) > 0.0)
  {
    SetFieldValue(fieldData, "Boundaries", boundaries, 3);
    SetFieldValue(fieldData, "BoxLengths", lengths, 3);
  }
}
}
