// SPDX-License-Identifier: BSD-3-Clause
#ifndef Input_ScoreReader_h
#define Input_ScoreReader_h

#include "Input/WholeImage.h"

#include "Numerics/Recovery/ScoreNodes.h"

#include <optional>
#include <string>
#include <vector>

class vtkImageData;

namespace vtkscorefields
{
class Communicator;

/// Which point arrays of an image hold a score; empty names stand for no choice.
struct ScoreArrayNames
{
  std::string Score; ///< else "Score", or the active vectors
  std::string Mask;  ///< else "StabilityMask", if that is wanted and there
  bool UseStabilityMask = true;
  std::string Weight; ///< else no weights
};

/// The score on the whole of an image whose parts lie on several ranks, along the image's own axes,
/// the same on every rank.
struct WholeScore
{
  WholeNodes Place;
  scorefields::ScoreNodes Input; ///< points into what follows; without borders
  std::vector<double> Score;
  std::vector<unsigned char> Mask;
  std::vector<double> Weights;

  WholeScore() = default;
  WholeScore(const WholeScore&) = delete;
  void operator=(const WholeScore&) = delete;
};

/// Nodes that are blanked are masked, too. Collective: if one rank has a problem, all throw.
/// @throws std::invalid_argument naming the property whose array is missing, is no point array or
///         has a wrong number of components.
void ReadScore(
  vtkImageData* image, const ScoreArrayNames& names, const Communicator& ranks, WholeScore& whole);

/// The borders that the image's field data state, for the whole image; open if they state none.
/// Collective.
scorefields::Boundaries ReadBorders(
  vtkImageData* image, const WholeNodes& whole, const Communicator& ranks);
}

#endif
