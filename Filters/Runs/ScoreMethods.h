// SPDX-License-Identifier: BSD-3-Clause
#ifndef Runs_ScoreMethods_h
#define Runs_ScoreMethods_h

#include "Numerics/Score/ScoreField.h"

class vtkDataArray;
class vtkFieldData;
class vtkImageData;

/// How an image says by which method its score was made.
namespace vtkscorefields
{
void WriteMethod(vtkFieldData* fieldData, scorefields::ScoreMethod method);

/// The image's analytic score, or null: the array "Score", unless differences made it.
vtkDataArray* AnalyticScore(vtkImageData* image);
}

#endif
