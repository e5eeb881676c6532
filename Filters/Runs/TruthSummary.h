// SPDX-License-Identifier: BSD-3-Clause
#ifndef Runs_TruthSummary_h
#define Runs_TruthSummary_h

#include "Numerics/Score/Reliability.h"
#include "Numerics/Score/ScoreField.h"

#include <array>

class vtkFieldData;
class vtkImageData;
class vtkTable;

namespace vtkscorefields
{
class Communicator;

/// Whether the image has the arrays TrueScore and TrueDensity that Mixture Truth writes.
bool HasTruth(vtkImageData* image);

/// Errors of the score against the truth over the whole, possibly distributed, image.
struct TruthSummary
{
  struct Part
  {
    double Mass = 0.0;             ///< the truth's probability of these nodes
    double FisherDivergence = 0.0; ///< int p |score - true score|^2 over these nodes
    double Largest = 0.0;          ///< error of the score, 1 / length
    Eigen::Vector3d Worst = Eigen::Vector3d::Zero(); ///< where that is
    bool Empty = true;

    /// Root of the mean of the squared error under the truth; 0 without mass.
    double Rmse() const;
  };
  std::array<Part, scorefields::ReliabilityClasses> Classes;
  Part Stable;
  Part All;
};

/// Collective. A part of the image without truth counts as empty.
/// @param view  the arrays of the image that AddScoreArrays gave.
/// @param skip  null, or one entry per node, not 0 where another part counts it (ForeignNodes).
TruthSummary SummariseTruth(vtkImageData* image, const scorefields::ScoreView& view,
  const unsigned char* skip, const Communicator& ranks, const scorefields::Execution& execution);

/// Writes TruthMass, FisherDivergence, ScoreRmse, the same with "Stable" before them for the nodes
/// that the mask keeps, and of those WorstScoreError and WorstNode (x, y, z).
void WriteTruth(vtkFieldData* fieldData, const TruthSummary& summary);
/// Adds the columns TruthMass, ScoreRmse, WorstScoreError, WorstX, WorstY and WorstZ, a row per
/// class.
void WriteTruth(vtkTable* table, const TruthSummary& summary);
}

#endif
