// SPDX-License-Identifier: BSD-3-Clause
#ifndef Shape_Tone_h
#define Shape_Tone_h

namespace scorefields
{
/// What the pixels of a picture are drawn by.
enum class ToneMode
{
  Dark,
  Bright
};

/// The values that are black and white.
struct ToneLevels
{
  double Black = 0.0;
  double White = 255.0;
};

/// The brightness of a pixel with one component (grey), two (grey, opacity), three (red, green,
/// blue) or four (with opacity): 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601), in the unit of the
/// components.
double Luminance(const double* pixel, int components);

/// How many points fall on a pixel, relative to others: its distance from white (Dark) or from
/// black (Bright) in units of their distance, times its opacity. From 0 to 1 for a pixel between
/// the levels, 0 beyond them; not a number if the pixel has a component that is none. 0 everywhere
/// if the levels are the same.
///
/// @param opaque  the value of opacity that is fully opaque.
double Tone(
  const double* pixel, int components, const ToneLevels& levels, double opaque, ToneMode mode);
}

#endif
