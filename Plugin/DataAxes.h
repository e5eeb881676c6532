// SPDX-License-Identifier: BSD-3-Clause
/// Views whose axes are arrays of data: Points From Arrays makes such points, and their field data
/// tell the titles (AxisTitleForX, Y and Z) to all that is made of them.
///
/// The first of them in a view switches on its axes grid, with these titles. Axes that differ much
/// in length are drawn as long as each other: displays get a Scale, and the grid the same as its
/// Data Scale, so that its numbers stay those of the data. Later ones get the Scale of their view.
///
/// A grid that the user has set up, or a scale, is never changed, nor a view that shows places.
#ifndef Plugin_DataAxes_h
#define Plugin_DataAxes_h

#include "FirstPicture.h"

/// Whether the axes of an output are arrays of data and the view can draw such axes.
bool HasDataAxes(const ShownOutput& shown);

/// Sets up the axes grid of a view that shows no other data but inputs of this output's filter.
/// @returns whether it did.
bool SetUpDataAxes(const ShownOutput& shown);

/// Moves the camera to data that are shown. What the view showed before were places elsewhere.
void LookAt(const ShownOutput& shown);

/// Gives a display that is not registered yet the scale of its view.
void SetUpScale(const ShownOutput& shown, vtkSMProxy& display);

#endif
