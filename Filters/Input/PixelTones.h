// SPDX-License-Identifier: BSD-3-Clause
#ifndef Input_PixelTones_h
#define Input_PixelTones_h

#include "Numerics/Shape/Tone.h"

#include <vtkType.h>

#include <optional>

class vtkDataArray;

/// The pixels of a picture as the entries of an array, with 1 to 4 components (Tone.h).
namespace vtkscorefields
{
constexpr int MostPixelComponents = 4;

/// What is black and white for a type of values, if the type tells.
std::optional<scorefields::ToneLevels> LevelsOfType(vtkDataArray* values);

double LuminanceAt(vtkDataArray* values, vtkIdType entry);
double ToneAt(vtkDataArray* values, vtkIdType entry, const scorefields::ToneLevels& levels,
  scorefields::ToneMode mode);

/// Makes the levels reach those of `own`, which count only if they are finite.
void Extend(const scorefields::ToneLevels& own, scorefields::ToneLevels& levels);
}

#endif
