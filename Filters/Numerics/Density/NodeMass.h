// SPDX-License-Identifier: BSD-3-Clause
#ifndef Density_NodeMass_h
#define Density_NodeMass_h

#include "Numerics/Density/DensityEstimate.h"

#include <optional>
#include <string>

/// Whether the nodes of a grid show the density, or step over it.
namespace scorefields
{
/// The integral of a density over the box by the trapezoid rule, which is all of the mass that a
/// picture of the nodes can show. Of Gaussians with the standard deviation h and nodes at a
/// distance of s it differs from the integral over the box by 2 exp(-2 (pi h / s)^2) of the mass at
/// most per axis: 1.5 % at s = 2 h. Farther apart, it is 0 for a kernel between two nodes, and up
/// to s / (sqrt(2 pi) h) per axis for one at a node.
///
/// Collective over the parts. Nothing if an axis of the kernel has one node, or if the blocks of
/// the parts do not have every cell of the grid once, as with ghost cells or where a part of the
/// grid is asked for.
/// @param density  at the nodes of this part's block, x fastest.
std::optional<double> NodeMass(const EstimateProblem& problem, const double* density);

/// What to tell a user whose nodes lie more than two bandwidths apart along some axis, so that they
/// hold more or less than the mass in the box by over a tenth; "" otherwise. Collective.
/// The bandwidth along an axis is the width of the kernel along a line of nodes, 1 / sqrt(P_aa).
/// @param lostWeight  of the samples outside of the box, over all parts.
std::string CoarseNodesWarning(
  const EstimateProblem& problem, const double* density, double lostWeight);
}

#endif
