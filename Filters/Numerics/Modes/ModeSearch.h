// SPDX-License-Identifier: BSD-3-Clause
#ifndef Modes_ModeSearch_h
#define Modes_ModeSearch_h

#include "Numerics/Base/Execution.h"
#include "Numerics/Base/Types.h"

#include <functional>
#include <vector>

namespace scorefields
{
/// A smooth density: writes LogDensity, Score and Hessian at the points.
using DensityEvaluator =
  std::function<void(const Eigen::Matrix3Xd& points, const FieldView& fields)>;

/// A local maximum of a density.
struct Mode
{
  Eigen::Vector3d Position = Eigen::Vector3d::Zero();
  double LogDensity = 0.0;
};

struct ModeSearch
{
  Axes Active;
  /// The density's shortest length h: Hessian of log f >= -I / h^2, as for every kernel density
  /// estimate with bandwidth h. Steps are at most h; the step h^2 score is always uphill.
  double Length = 1.0;
  /// A point is a mode where |h score| and the Newton step in units of h are below this.
  double Tolerance = 1e-10;
  int MostSteps = 500;
};

/// Where the ways uphill from the starts end: one mode for each start, or none (LogDensity is then
/// NaN) where the search did not settle or the Hessian is not negative definite.
///
/// A step is s_k / |lambda_k| along each eigenvector of the Hessian (Newton's, made to lead
/// uphill), at most h long; where it does not lead uphill, h^2 score (the mean shift) from the
/// point before. Converges quadratically to a mode, also where it is about to vanish; a place where
/// a mode has just vanished is passed. Position error: Tolerance h. Cost: about 10 evaluations of
/// all starts.
/// @param starts  3 by m, finite. @throws Aborted.
std::vector<Mode> ClimbToModes(const DensityEvaluator& density, const Eigen::Matrix3Xd& starts,
  const ModeSearch& search, const Execution& execution);

/// The different ones of the modes found, highest first; those nearer than `distance` are one.
std::vector<Mode> DistinctModes(std::vector<Mode> modes, double distance);
}

#endif
