// SPDX-License-Identifier: BSD-3-Clause
#include "Input/FactsReader.h"

#include "Numerics/Density/DensityEstimate.h"
#include "Pipeline/Adaptor.h"
#include "Pipeline/Choices.h"
#include "Pipeline/FieldNames.h"

#include <vtkDataArray.h>
#include <vtkFieldData.h>
#include <vtkImageData.h>
#include <vtkMatrix3x3.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <exception>

namespace vtkscorefields
{
namespace
{
constexpr double FloatPrecision = 5.9604644775390625e-8;

/// The kernel in the frame of the image's axes, if the field data hold one that fits the image.
std::optional<scorefields::GaussianKernel> ReadKernel(vtkImageData* image)
{
  const std::optional<Eigen::Matrix3d> covariance = ReadKernelCovariance(image->GetFieldData());
  if (!covariance)
  {
    return std::nullopt;
  }
  const Eigen::Matrix3d direction = DirectionOf(image);
  const Eigen::Matrix3d rotated = direction.transpose() * *covariance * direction;
  const int* extent = image->GetExtent();
  try
  {
    const auto axes = scorefields::Axes::FromFlags(
      extent[1] > extent[0], extent[3] > extent[2], extent[5] > extent[4]);
    return scorefields::GaussianKernel(axes, rotated);
  }
  catch (const std::exception&)
  {
    return std::nullopt; // a covariance that does not fit tells nothing
  }
}

scorefields::DensitySource SourceOf(scorefields::FftSpectrum spectrum)
{
  switch (spectrum)
  {
    case scorefields::FftSpectrum::Deconvolved:
      return scorefields::DensitySource::Transform;
    case scorefields::FftSpectrum::Aliased:
      return scorefields::DensitySource::AliasedTransform;
    case scorefields::FftSpectrum::CharacteristicFunction:
      return scorefields::DensitySource::TruncatedTransform;
  }
  return scorefields::DensitySource::Unknown;
}

/// A bound that is not stated is taken for that of the density.
scorefields::ErrorClaims ReadClaims(vtkFieldData* field)
{
  const auto bound = [field](const char* name, double otherwise)
  { return std::max(FieldValue(field, name, otherwise), 0.0); };
  scorefields::ErrorClaims claims;
  claims.Density = bound(names::RelativeErrorBound, 0.0);
  claims.LogDensity = bound(names::LogDensityErrorBound, claims.Density);
  claims.Score = bound(names::ScoreErrorBound, claims.Density);
  claims.AbsoluteDensity = bound(names::DensityErrorBound, 0.0);
  return claims;
}

scorefields::DensitySource ReadSource(vtkFieldData* field)
{
  using scorefields::DensitySource;
  const auto engine = scorefields::FromName<scorefields::Engine>(FieldText(field, names::Engine));
  if (!engine)
  {
    return DensitySource::Unknown;
  }
  switch (*engine)
  {
    case scorefields::Engine::Fft:
      return SourceOf(
        scorefields::FromName<scorefields::FftSpectrum>(FieldText(field, names::Spectrum))
          .value_or(scorefields::FftSpectrum::Deconvolved));
    case scorefields::Engine::Exact:
    case scorefields::Engine::Auto:
      break;
  }
  const bool floor = FieldValue(field, names::DensityFloor, 0.0) > 0.0;
  return floor ? DensitySource::Transform : DensitySource::Exact;
}

/// What a transform says of its errors, if it says all of it.
std::optional<scorefields::TransformErrors> ReadTransformErrors(
  vtkFieldData* field, const scorefields::DensityFacts& facts)
{
  using scorefields::DensitySource;
  std::array<double, 4> densities{};
  const std::array<const char*, 4> stated{ { names::RoundOffFloor, names::TruncationFloor,
    names::SpreadingFloor, names::WrapFloor } };
  for (std::size_t part = 0; part < stated.size(); ++part)
  {
    densities[part] = FieldValue(field, stated[part], -1.0);
    if (!(densities[part] >= 0.0))
    {
      return std::nullopt;
    }
  }
  if (!facts.Kernel || facts.Source == DensitySource::Exact ||
    facts.Source == DensitySource::Unknown)
  {
    return std::nullopt;
  }
  return scorefields::StatedErrors(facts.Kernel->Dimension(), facts.Kernel->LogPeak(), densities);
}

scorefields::LineEnds EndsOf(scorefields::Boundary boundary)
{
  using scorefields::LineEnds;
  switch (boundary)
  {
    case scorefields::Boundary::Periodic:
      return LineEnds::Periodic;
    case scorefields::Boundary::Reflecting:
      return LineEnds::Mirrored;
    case scorefields::Boundary::Open:
      return LineEnds::Open;
  }
  return LineEnds::Open;
}

/// @param number  a scorefields::Boundary as a number; others are open.
scorefields::LineEnds EndsOf(double number)
{
  for (const auto boundary : scorefields::ValuesOf<scorefields::Boundary>())
  {
    if (number == static_cast<double>(boundary))
    {
      return EndsOf(boundary);
    }
  }
  return scorefields::LineEnds::Open;
}

bool IsClose(double length, double expected)
{
  return length > 0.0 && std::abs(length - expected) <= 1e-9 * expected;
}

bool ReadTuple(vtkFieldData* field, const char* name, int count, double* values)
{
  vtkDataArray* array = field->GetArray(name);
  if (!array || array->GetNumberOfComponents() != count || array->GetNumberOfTuples() != 1)
  {
    return false;
  }
  array->GetTuple(0, values);
  return true;
}
}

std::optional<Eigen::Matrix3d> ReadKernelCovariance(vtkFieldData* field)
{
  vtkDataArray* covariance = field->GetArray(names::KernelCovariance);
  const std::string kernel = FieldText(field, names::Kernel);
  if (!covariance || covariance->GetNumberOfValues() != 6 ||
    !(kernel.empty() || kernel == NameOf(scorefields::KernelProfile::Gaussian)))
  {
    return std::nullopt;
  }
  scorefields::SymmetricTensor tensor;
  for (int i = 0; i < 6; ++i)
  {
    tensor[i] = covariance->GetNumberOfComponents() == 6 ? covariance->GetComponent(0, i)
                                                         : covariance->GetComponent(i, 0);
  }
  return scorefields::ToMatrix(tensor);
}

Eigen::Matrix3d DirectionOf(vtkImageData* image)
{
  Eigen::Matrix3d direction;
  for (int row = 0; row < 3; ++row)
  {
    for (int column = 0; column < 3; ++column)
    {
      direction(row, column) = image->GetDirectionMatrix()->GetElement(row, column);
    }
  }
  return direction;
}

std::array<scorefields::LineEnds, 3> ReadEnds(
  vtkImageData* image, const scorefields::DensityFacts& facts, const scorefields::Grid& whole)
{
  using scorefields::LineEnds;
  std::array<LineEnds, 3> ends{ LineEnds::Open, LineEnds::Open, LineEnds::Open };
  double boundaries[3] = {};
  double lengths[3] = {};
  vtkFieldData* field = image->GetFieldData();
  ReadTuple(field, names::Boundaries, 3, boundaries);
  ReadTuple(field, names::BoxLengths, 3, lengths);
  for (int axis = 0; axis < 3; ++axis)
  {
    // A part cut out of the image is not periodic any more.
    const double spacing = std::abs(whole.Spacing[axis]);
    const auto nodes = static_cast<double>(whole.Dimensions[axis]);
    LineEnds& end = ends[static_cast<std::size_t>(axis)];
    if (IsClose(lengths[axis], (nodes - 1.0) * spacing))
    {
      end = EndsOf(boundaries[axis]);
    }
    else if (IsClose(facts.WrapPeriod[axis], nodes * spacing))
    {
      end = LineEnds::Wrapped;
    }
  }
  return ends;
}

scorefields::DensityFacts ReadFacts(vtkImageData* image, const ImageDensity& density)
{
  vtkFieldData* field = image->GetFieldData();
  scorefields::DensityFacts facts;
  facts.Source = ReadSource(field);
  facts.Kernel = ReadKernel(image);
  const double count = FieldValue(field, names::SampleCount, 0.0);
  facts.SampleCount = std::max(FieldValue(field, names::EffectiveSampleCount, count), 0.0);
  facts.DensityFloor = std::max(FieldValue(field, names::DensityFloor, 0.0), 0.0);
  facts.Claims = ReadClaims(field);
  facts.Transform = ReadTransformErrors(field, facts);
  facts.StoredLogarithm = density.StoredLogarithm;
  if (density.StoredAsFloat || FieldText(field, names::Precision) == NameOf(Precision::Single))
  {
    facts.StoredPrecision = FloatPrecision; // floats stay floats when they are stored as doubles
    facts.ScorePrecision = FloatPrecision;
  }
  double bounds[6];
  if (ReadTuple(field, names::SampleBounds, 6, bounds) && DirectionOf(image).isIdentity(0.0))
  {
    facts.SampleBounds = std::make_pair(Eigen::Vector3d(bounds[0], bounds[2], bounds[4]),
      Eigen::Vector3d(bounds[1], bounds[3], bounds[5]));
  }
  if (FieldValue(field, names::ZeroPadding, 1.0) == 0.0)
  {
    ReadTuple(field, names::WrapPeriod, 3, facts.WrapPeriod.data());
  }
  return facts;
}
}
