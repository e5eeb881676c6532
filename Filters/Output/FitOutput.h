// SPDX-License-Identifier: BSD-3-Clause
#ifndef Output_FitOutput_h
#define Output_FitOutput_h

#include "Input/SampleReader.h"

#include "Numerics/Fit/FitField.h"

class vtkFieldData;
class vtkImageData;
class vtkTable;

/// What the filter ScoreMatchingFit writes.
namespace vtkscorefields
{
/// Adds Density, the active scalars, LogDensity and Score, and returns where their values are to be
/// written.
scorefields::FieldView AddFitArrays(vtkImageData* image);

/// Adds what was fitted, to what, and what was chosen.
void WriteFit(const scorefields::ScoreFit& fit, const scorefields::FitFieldReport& report,
  const Cloud& cloud, vtkFieldData* fieldData);

/// Adds a column for each name.
void WriteTable(const scorefields::FitTable& numbers, vtkTable* table);
}

#endif
