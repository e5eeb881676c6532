// SPDX-License-Identifier: BSD-3-Clause
#ifndef Modes_CriticalPoints_h
#define Modes_CriticalPoints_h

#include "Numerics/Base/Enumerations.h"
#include "Numerics/Cloud/Domain.h"
#include "Numerics/Flow/FlowState.h"
#include "Numerics/Modes/SuperlevelTree.h"

#include <vector>

namespace scorefields
{
/// What a place is where the score vanishes, by the number of axes along which the density rises.
enum class CriticalType
{
  Mode,         ///< 0: falls on all sides
  Saddle,       ///< 1, in the plane and in space: the pass between two modes
  SecondSaddle, ///< 2, in space: the pass between two minima
  Minimum       ///< all
};

constexpr const char* NameOf(CriticalType value)
{
  switch (value)
  {
    case CriticalType::Mode:
      return "Mode";
    case CriticalType::Saddle:
      return "Saddle";
    case CriticalType::SecondSaddle:
      return "Second saddle";
    case CriticalType::Minimum:
      return "Minimum";
  }
  return nullptr;
}

/// The type of a place with so many rising axes, of so many.
CriticalType TypeOf(int rising, int axes);

struct CriticalPoint
{
  CriticalType Type = CriticalType::Mode;
  Eigen::Vector3d Position = Eigen::Vector3d::Zero();
  double LogDensity = 0.0;
  Eigen::Matrix3d Hessian = Eigen::Matrix3d::Zero(); ///< of the log density
  /// Of the Hessian along the active axes, ascending, then 0 for each other axis.
  Eigen::Vector3d Eigenvalues = Eigen::Vector3d::Zero();
};

/// Distance, in units of the metric, within which two places that have settled are one.
constexpr double CriticalDistance = 1e-5;

/// The centres of the cells at whose corners every component of the gradient has both signs, or is
/// 0: those that may hold a critical point. The gradient is that of second-order differences of the
/// log density, one-sided at open borders, 0 across a reflecting wall. A cell whose highest corner
/// is not above `floor`, or with a corner that has no value, is left out.
/// A cell can hold several critical points, and one near its face may belong to the cell beside it,
/// so that all are found where the grid resolves the density; see docs/math/modes.md.
Eigen::Matrix3Xd CriticalCells(
  const NodeField& logDensity, double floor, const Execution& execution);

/// Newton's method for the zeros of the score from each of some places, whatever their type. A step
/// is at most half a unit long and is made shorter until L's is (L L' = M). Settled are those with
/// |L's| at most 1e-10; the others found none.
/// @param unit  the metric M, which is also the unit of steps.
FlowState SettleFrom(const SmoothDensity& source, const StepMetric& unit, Eigen::Matrix3Xd starts,
  const Execution& execution);

/// Places from which Newton's method finds the other half of a pair that is about to vanish: a
/// tenth to one unit to both sides of each critical point, along the eigenvectors of L' Hess L
/// along which the curvature is below FoldCurvature. Such a pair may lie in one cell of a grid.
Eigen::Matrix3Xd BesideFolds(const StepMetric& unit, const std::vector<CriticalPoint>& points);

constexpr double FoldCurvature = 0.5;

/// The different places that have settled and lie in the box of the grid, along closed axes at
/// their image there: by type, then by falling log density, ties by coordinates.
/// @param ends  of SettleFrom or of an ascent; those that have not settled are left out.
std::vector<CriticalPoint> CriticalPointsAt(const SmoothDensity& source, const StepMetric& unit,
  const FlowState& ends, const Grid& box, const Domain& domain, const Execution& execution);

/// Whether a place lies in the box of a grid, along its axes of more than one node, to rounding.
bool LiesInBox(const Grid& box, const Eigen::Vector3d& place);
}

#endif
