// SPDX-License-Identifier: BSD-3-Clause
#ifndef Output_ScoreFieldOutput_h
#define Output_ScoreFieldOutput_h

#include "Numerics/Score/ScoreField.h"

class vtkDataArray;
class vtkFieldData;
class vtkImageData;
class vtkTable;

/// What the filter ScoreField writes; the names of its arrays are given here and in its XML only.
namespace vtkscorefields
{
/// Which of the optional arrays are wanted.
struct ScoreArrays
{
  bool PValue = false;
  bool Diagnostics = false;
};

/// Adds arrays for all nodes of the image and says where they are. Score is the active vectors.
scorefields::ScoreView AddScoreArrays(vtkImageData* image, const ScoreArrays& wanted);

/// The nodes per class, as field data and as a table.
struct ScoreSummary
{
  scorefields::ClassCounts Counts;
  double NodeMeasure = 0.0; ///< length, area or volume that a node stands for

  double Nodes() const;
};

void WriteSummary(vtkFieldData* fieldData, const ScoreSummary& summary);
void WriteSummary(vtkTable* table, const ScoreSummary& summary);

/// Marks the nodes whose mask is 0 as hidden, and the cells that have such a node; their score
/// becomes 0, which ends streamlines.
void HideMasked(vtkImageData* image, const unsigned char* mask);

/// @throws std::invalid_argument if the image has no point array "Hessian" with 6 components.
void RequireHessian(vtkImageData* image);
/// Adds "HessianEigenvalues": those of the active axes, ascending, then 0 for flat axes.
void AddCurvature(vtkImageData* image, const scorefields::Execution& execution);
}

#endif
