// SPDX-License-Identifier: BSD-3-Clause
#include "Input/ComparedDensity.h"

#include "Pipeline/Adaptor.h"
#include "Pipeline/FieldNames.h"

#include <vtkImageData.h>
#include <vtkPointData.h>

#include <stdexcept>

namespace vtkscorefields
{
namespace
{
struct Properties
{
  const char* Density;
  const char* Score;
};

/// Null if no score was chosen and none is there.
vtkDataArray* FindScore(
  vtkImageData* image, const char* property, const std::string& chosen, const std::string& density)
{
  const bool isTruth = density.rfind("True", 0) == 0;
  const std::string usual = isTruth ? names::TrueScore : names::Score;
  if (chosen.empty() && !image->GetPointData()->HasArray(usual.c_str()))
  {
    return nullptr;
  }
  return RequireArray(image, property, chosen.empty() ? usual : chosen, 3);
}

PartOfDensity ReadPart(vtkImageData* image, const DensityArrays& arrays,
  const Properties& properties, const scorefields::Execution& execution)
{
  vtkDataArray* const density = arrays.Density.empty()
    ? FindDensity(image, "", arrays.Kind)
    : RequireArray(image, properties.Density, arrays.Density, 1);
  const ImageDensity values = ReadDensity(image, density, arrays.Kind, execution);
  PartOfDensity part;
  part.LogDensity.assign(values.LogDensity, values.LogDensity + image->GetNumberOfPoints());
  vtkDataArray* const score = FindScore(image, properties.Score, arrays.Score, values.Name);
  part.Score = score ? AsDoubles(score) : nullptr;
  return part;
}
}

PartOfDensity ReadJudged(
  vtkImageData* image, const DensityArrays& arrays, const scorefields::Execution& execution)
{
  return ReadPart(image, arrays, { "DensityArray", "ScoreArray" }, execution);
}

PartOfDensity ReadReference(vtkImageData* image, bool isConnected, DensityArrays arrays,
  const scorefields::Execution& execution)
{
  if (!isConnected && arrays.Density.empty())
  {
    arrays.Density = names::TrueLogDensity;
    if (!image->GetPointData()->HasArray(names::TrueLogDensity))
    {
      throw std::invalid_argument("Reference is not connected, and Input has no point array \"" +
        arrays.Density + "\" to compare with (it has: " + ListOfArrays(image) +
        "); connect a Reference or set ReferenceArray");
    }
  }
  return ReadPart(image, arrays, { "ReferenceArray", "ReferenceScoreArray" }, execution);
}
}
