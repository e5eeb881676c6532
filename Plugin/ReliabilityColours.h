// SPDX-License-Identifier: BSD-3-Clause
#ifndef Plugin_ReliabilityColours_h
#define Plugin_ReliabilityColours_h

/// Gives arrays called Reliability the annotated colours of data/colormaps/Reliability.json, so
/// that the legend names the classes, unless the user's settings say otherwise. Called when the
/// plugin is loaded.
void RegisterReliabilityColours();

#endif
