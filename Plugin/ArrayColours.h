// SPDX-License-Identifier: BSD-3-Clause
#ifndef Plugin_ArrayColours_h
#define Plugin_ArrayColours_h

/// Gives the arrays that only this plugin writes their colours, unless the user's settings say
/// otherwise: the annotated colours of data/colormaps for classes (Reliability, DifferenceClass,
/// CriticalType), a sequential map for what grows, a diverging one for what has a sign. Called when
/// the plugin is loaded.
void RegisterArrayColours();

#endif
