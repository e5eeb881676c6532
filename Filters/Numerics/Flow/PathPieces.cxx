// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Flow/PathPieces.h"

#include <algorithm>
#include <cmath>

namespace scorefields
{
namespace
{
/// Where a step goes through a face of a periodic axis.
struct Crossing
{
  double Share; ///< of the step
  int Axis;
  double Sign; ///< 1 upwards, -1 downwards
};

/// How many periods a place lies from its image in the box; 0 along other axes.
Eigen::Vector3d TurnsOf(const Domain& box, const Eigen::Vector3d& place)
{
  Eigen::Vector3d turns = Eigen::Vector3d::Zero();
  for (int axis = 0; axis < 3; ++axis)
  {
    if (box.At(axis) == Boundary::Periodic)
    {
      turns[axis] = std::round((place[axis] - box.Folded(axis, place[axis])) / box.Length[axis]);
    }
  }
  return turns;
}

/// In the order in which the step meets them.
std::vector<Crossing> CrossingsOf(const Domain& box, const Eigen::Vector3d& from,
  const Eigen::Vector3d& to, const Eigen::Vector3d& turns, const Eigen::Vector3d& turnsAfter)
{
  std::vector<Crossing> crossings;
  for (int axis = 0; axis < 3; ++axis)
  {
    const double sign = turnsAfter[axis] > turns[axis] ? 1.0 : -1.0;
    for (double turn = turns[axis]; turn != turnsAfter[axis]; turn += sign)
    {
      const double face = box.Lower[axis] + (turn + (sign > 0.0 ? 1.0 : 0.0)) * box.Length[axis];
      const double share = (face - from[axis]) / (to[axis] - from[axis]);
      crossings.push_back({ std::clamp(share, 0.0, 1.0), axis, sign });
    }
  }
  std::stable_sort(crossings.begin(), crossings.end(),
    [](const Crossing& one, const Crossing& other) { return one.Share < other.Share; });
  return crossings;
}

/// A place of a step, seen from the copy of the box that lies so many periods away.
Eigen::Vector3d SeenFrom(
  const Domain& box, const Eigen::Vector3d& place, const Eigen::Vector3d& turns)
{
  Eigen::Vector3d seen = place;
  for (int axis = 0; axis < 3; ++axis)
  {
    if (box.At(axis) == Boundary::Periodic)
    {
      const double lower = box.Lower[axis];
      const double length = box.Length[axis];
      seen[axis] = std::clamp(place[axis] - turns[axis] * length, lower, lower + length);
    }
    else
    {
      seen[axis] = box.Folded(axis, place[axis]);
    }
  }
  return seen;
}
}

std::vector<PathPiece> PiecesInBox(const Eigen::Matrix3Xd& path, const Domain& box)
{
  std::vector<PathPiece> pieces(1);
  for (Index step = 0; step < path.cols(); ++step)
  {
    const Eigen::Vector3d to = path.col(step);
    const Eigen::Vector3d from = path.col(std::max<Index>(step - 1, 0));
    Eigen::Vector3d turns = TurnsOf(box, from);
    const Eigen::Vector3d turnsAfter = TurnsOf(box, to);
    if ((turnsAfter - turns).lpNorm<1>() > MostCrossings)
    {
      pieces.emplace_back();
      turns = turnsAfter;
    }
    for (const Crossing& crossing : CrossingsOf(box, from, to, turns, turnsAfter))
    {
      const double at = static_cast<double>(step - 1) + crossing.Share;
      const Eigen::Vector3d place = from + crossing.Share * (to - from);
      Eigen::Vector3d seen = SeenFrom(box, place, turns);
      const double lower = box.Lower[crossing.Axis];
      const double upper = lower + box.Length[crossing.Axis];
      seen[crossing.Axis] = crossing.Sign > 0.0 ? upper : lower;
      pieces.back().push_back({ at, seen });
      turns[crossing.Axis] += crossing.Sign;
      seen[crossing.Axis] = crossing.Sign > 0.0 ? lower : upper;
      pieces.push_back({ { at, seen } });
    }
    pieces.back().push_back({ static_cast<double>(step), box.Folded(to) });
  }
  return pieces;
}
}
