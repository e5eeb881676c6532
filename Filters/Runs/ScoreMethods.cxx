// SPDX-License-Identifier: BSD-3-Clause
#include "Runs/ScoreMethods.h"

#include "Pipeline/Adaptor.h"
#include "Pipeline/FieldNames.h"

#include <vtkDataArray.h>
#include <vtkImageData.h>
#include <vtkPointData.h>

namespace vtkscorefields
{
void WriteMethod(vtkFieldData* fieldData, scorefields::ScoreMethod method)
{
  SetFieldText(fieldData, names::ScoreMethod, NameOf(method));
}

vtkDataArray* AnalyticScore(vtkImageData* image)
{
  vtkDataArray* score = image->GetPointData()->GetArray(names::Score);
  const std::string method = FieldText(image->GetFieldData(), names::ScoreMethod);
  const bool analytic = method.empty() || method == NameOf(scorefields::ScoreMethod::Analytic);
  return score && score->GetNumberOfComponents() == 3 && analytic ? score : nullptr;
}
}
