// SPDX-License-Identifier: BSD-3-Clause
#include "Input/PixelTones.h"

#include <vtkDataArray.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace vtkscorefields
{
namespace
{
using Pixel = std::array<double, MostPixelComponents>;

Pixel PixelAt(vtkDataArray* values, vtkIdType entry)
{
  Pixel pixel{};
  values->GetTuple(entry, pixel.data());
  return pixel;
}
}

std::optional<scorefields::ToneLevels> LevelsOfType(vtkDataArray* values)
{
  switch (values->GetDataType())
  {
    case VTK_UNSIGNED_CHAR:
      return scorefields::ToneLevels{ 0.0, 255.0 };
    case VTK_UNSIGNED_SHORT:
      return scorefields::ToneLevels{ 0.0, 65535.0 };
    default:
      return std::nullopt;
  }
}

double LuminanceAt(vtkDataArray* values, vtkIdType entry)
{
  return scorefields::Luminance(PixelAt(values, entry).data(), values->GetNumberOfComponents());
}

double ToneAt(vtkDataArray* values, vtkIdType entry, const scorefields::ToneLevels& levels,
  scorefields::ToneMode mode)
{
  const std::optional<scorefields::ToneLevels> ofType = LevelsOfType(values);
  return scorefields::Tone(PixelAt(values, entry).data(), values->GetNumberOfComponents(), levels,
    ofType ? ofType->White : 1.0, mode);
}

void Extend(const scorefields::ToneLevels& own, scorefields::ToneLevels& levels)
{
  if (std::isfinite(own.Black) && std::isfinite(own.White))
  {
    levels.Black = std::min(levels.Black, own.Black);
    levels.White = std::max(levels.White, own.White);
  }
}
}
