// SPDX-License-Identifier: BSD-3-Clause
#ifndef Modes_ModePairs_h
#define Modes_ModePairs_h

#include "Numerics/Modes/CriticalPoints.h"

#include <vector>

namespace scorefields
{
constexpr Index NoPoint = -1;

/// How a mode ends as the level falls: the island that begins at it meets that of a higher mode.
struct ModePair
{
  Index Saddle = NoPoint; ///< the critical point where they meet, if one was found there
  Index Parent = NoPoint; ///< the higher mode that goes on, if it lies in the box
  Eigen::Vector3d Place = Eigen::Vector3d::Zero(); ///< where they meet
  double Level = 0.0;                              ///< log density there
  bool IsLast = false; ///< it meets no other; Level is the lowest value of all nodes
};

/// The critical points of a density on a grid, and how its modes are paired with saddles.
struct CriticalSet
{
  std::vector<CriticalPoint> Points; ///< see CriticalPointsAt: the first are the modes
  std::vector<ModePair> Pairs;       ///< one per mode

  Index Modes() const { return static_cast<Index>(this->Pairs.size()); }
  /// Log density of a mode above where it ends; as a persistence diagram of the log density has it.
  double Persistence(Index mode) const;
  /// The number of critical points of a type.
  Index Count(CriticalType type) const;
};

/// A density whose critical points are wanted.
struct CriticalProblem
{
  const SmoothDensity& Source; ///< in the whole space
  StepMetric Unit;             ///< DensityFamily::StepUnitAt
  NodeField LogDensity;        ///< the same density at the nodes of a grid
  Domain Box;                  ///< that of the grid, closed where LogDensity.Boundaries are
  double Floor = 0.0;          ///< log density of the error of the nodes' values; no cell below it
                               ///< is searched
  /// More places to start from, as the ends of the ways of samples. 3 by any number.
  Eigen::Matrix3Xd Starts = Eigen::Matrix3Xd(3, 0);
};

/// All critical points in the box of the grid, places from the density itself.
///
/// 1. The islands of nodes above a falling level give peaks and merges (SuperlevelTree.h).
/// 2. Ways uphill from the peaks end at modes (Ascent.h). Peaks that end at one mode are one.
/// 3. Newton's method from the nodes of merges, from the cells that may hold a zero of the gradient
///    and from Starts finds all types (SettleFrom), and from places beside flat ones their partners
///    (BesideFolds).
/// 4. Merges are gone through as the level falls. Of two modes that meet the lower one ends there:
///    the elder rule. The level is the log density of the saddle that Newton's method found from
///    the node, if one is within three spacings or one unit of it; else that of the node.
///
/// Cost: O(N log N), and of the density some ten values for each place to start from.
/// @throws Aborted.
CriticalSet FindCriticalPoints(const CriticalProblem& problem, const Execution& execution);

/// The mode that stands for each mode if only some are kept: itself, or the nearest one up its
/// parents that is kept; NoPoint if there is none.
std::vector<Index> Representatives(const CriticalSet& set, const std::vector<bool>& kept);
}

#endif
