// SPDX-License-Identifier: BSD-3-Clause
#ifndef Mixture_MixtureField_h
#define Mixture_MixtureField_h

#include "Numerics/Base/Execution.h"
#include "Numerics/Mixture/Mixture.h"

namespace scorefields
{
/// The exact density of a mixture and its derivatives at points or nodes.
///
/// With q_k = log(w_k N(x; m_k, C_k)), m = max q_k, Z = sum exp(q_k - m), r_k = exp(q_k - m) / Z
/// and v_k = C_k^-1 (m_k - x),
///   log p   = m + log Z
///   score   = sum r_k v_k
///   Hessian = sum r_k ((v_k - score) (v_k - score)' - C_k^-1)     (of the log density)
/// All but p itself are finite wherever |x - m_k| stays below 1e150 standard deviations, however
/// far p underflows. Components that contribute less than 1e-17 of p within a run of 16 points are
/// left out there.
///
/// Error of log p: a few eps (1 + |log p|). Error of the score: a few eps max_k |v_k|, and on the
/// ridges between components a few eps |log p| times the spread of the v_k that compete there.
/// A point that is not finite gets NaN. Inactive axes of a point are not looked at.
/// Time O(points x components that contribute), threaded; independent of the number of threads.
///
/// @param out  of its arrays Density, LogDensity, Score and Hessian; the others are not touched.
/// @throws Aborted.
void EvaluateMixture(const Mixture& mixture, const PointsRef& points, const FieldView& out,
  const Execution& execution = Execution());

/// At the nodes of the block of `grid` that begins at node `first` and has `dimensions` nodes per
/// axis. Nodes are placed by the whole grid, so that a block equals a crop of the whole.
void EvaluateMixture(const Mixture& mixture, const Grid& grid, const Index3& first,
  const Index3& dimensions, const FieldView& out, const Execution& execution = Execution());

/// At all nodes of a grid.
void EvaluateMixture(const Mixture& mixture, const Grid& grid, const FieldView& out,
  const Execution& execution = Execution());

/// log(w_k N(x; m_k, C_k)) of one component.
double LogContribution(const Mixture& mixture, Index k, const Eigen::Vector3d& x);

/// r_k(x), the probability that a point at x came from component k; they sum to 1.
Eigen::VectorXd Responsibilities(const Mixture& mixture, const Eigen::Vector3d& x);

/// Bounds of log(w_k N(x; m_k, C_k)) over a box.
struct LogBounds
{
  double Lower;
  double Upper;
};

/// From the triangle inequality for the Mahalanobis distance:
/// |D(x) - D(centre)| <= | |L^-1| halfSize |, entrywise absolute values.
/// @param halfSize  half of the box's sides, at least 0.
LogBounds ContributionBounds(
  const Mixture& mixture, Index k, const Eigen::Vector3d& centre, const Eigen::Vector3d& halfSize);
}

#endif
