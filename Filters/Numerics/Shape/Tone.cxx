// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Shape/Tone.h"

namespace scorefields
{
double Luminance(const double* pixel, int components)
{
  return components < 3 ? pixel[0] : 0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2];
}

double Tone(
  const double* pixel, int components, const ToneLevels& levels, double opaque, ToneMode mode)
{
  const double range = levels.White - levels.Black;
  const double luminance = Luminance(pixel, components);
  double distance = mode == ToneMode::Dark ? levels.White - luminance : luminance - levels.Black;
  distance = distance < 0.0 ? 0.0 : distance; // white by three components may round above white
  const double opacity = components % 2 == 0 ? pixel[components - 1] / opaque : 1.0;
  return (range > 0.0 ? distance / range : distance) * opacity;
}
}
