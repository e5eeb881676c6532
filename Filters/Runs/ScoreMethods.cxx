// SPDX-License-Identifier: BSD-3-Clause
#include "Runs/ScoreMethods.h"

#include "Pipeline/Adaptor.h"

#include <vtkDataArray.h>
#include <vtkImageData.h>
#include <vtkPointData.h>

#include <array>

namespace vtkscorefields
{
namespace
{
constexpr const char* Field = "ScoreMethod";
// The texts of the XML's enumeration; the first one is what "Best available" prefers.
constexpr std::array<const char*, 5> Names{ { "Analytic", "Central difference", "Fourth order",
  "Density ratio", "Spectral" } };
}

void WriteMethod(vtkFieldData* fieldData, scorefields::ScoreMethod method)
{
  SetFieldValue(fieldData, Field, std::string(Names[static_cast<std::size_t>(method)]));
}

vtkDataArray* AnalyticScore(vtkImageData* image)
{
  vtkDataArray* score = image->GetPointData()->GetArray("Score");
  const std::string method = FieldText(image->GetFieldData(), Field);
  const bool analytic = method.empty() || method == Names[0];
  return score && score->GetNumberOfComponents() == 3 && analytic ? score : nullptr;
}
}
