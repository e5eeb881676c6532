// SPDX-License-Identifier: BSD-3-Clause
#ifndef Recovery_ConjugateGradients_h
#define Recovery_ConjugateGradients_h

#include "Numerics/Base/Execution.h"

#include <functional>

namespace scorefields
{
/// target = M source.
using LinearMap = std::function<void(const Eigen::VectorXd& source, Eigen::VectorXd& target)>;

struct SolverLimits
{
  double Tolerance = 1e-10;
  Index MaximumIterations = 1000;
};

struct SolverReport
{
  Index Iterations = 0;
  /// sqrt(r'Pr / b'Pb), computed anew from r = b - A u when the iteration ends.
  double Residual = 0.0;
};

/// Solves A u = b by conjugate gradients with the preconditioner P, from u = 0, until the residual
/// that the iteration carries along is below the tolerance.
///
/// A is symmetric and positive semidefinite, P symmetric and positive definite, and b is in the
/// range of A; then u is a solution, of which those parts that A does not see are arbitrary.
/// sqrt(r'Pr) is, up to the constants by which P resembles the inverse of A, the error in the norm
/// of A, the root mean square error of the gradient.
///
/// The sums run in blocks in a fixed order: the result does not depend on the number of threads to
/// the last bit, if A and P do not.
/// @throws std::invalid_argument that names MaximumIterations if that many do not suffice.
SolverReport SolveByConjugateGradients(const LinearMap& matrix, const LinearMap& preconditioner,
  const Eigen::VectorXd& right, Eigen::VectorXd& solution, const SolverLimits& limits,
  const Execution& execution);
}

#endif
