// SPDX-License-Identifier: BSD-3-Clause
#ifndef Flow_PathPieces_h
#define Flow_PathPieces_h

#include "Numerics/Cloud/Domain.h"

#include <vector>

namespace scorefields
{
/// A place on the path of a particle, reached after this many steps; a fraction between two steps.
struct PathPoint
{
  double Step;
  Eigen::Vector3d Place;
};
using PathPiece = std::vector<PathPoint>;

/// Faces that one step may cross to be drawn.
constexpr int MostCrossings = 16;

/// The path of a particle as it lies in the box of a domain, whose periodic faces it does not jump
/// across.
///
/// Each step is a straight line in the whole space. Where it crosses the face of a periodic axis
/// the piece ends on that face, and another one begins on the face across. A step that crosses more
/// than MostCrossings faces is left out, so that a piece ends where it begins. Along a reflecting
/// axis places are folded, and steps stay straight.
/// @param path  3 by (steps + 1), positions in the whole space. @return at least one piece.
std::vector<PathPiece> PiecesInBox(const Eigen::Matrix3Xd& path, const Domain& box);
}

#endif
