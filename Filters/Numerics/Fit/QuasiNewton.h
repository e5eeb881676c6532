// SPDX-License-Identifier: BSD-3-Clause
#ifndef Fit_QuasiNewton_h
#define Fit_QuasiNewton_h

#include "Numerics/Base/Execution.h"

#include <functional>

namespace scorefields
{
/// The value of a function at x; the gradient becomes its gradient there.
using SmoothFunction = std::function<double(const Eigen::VectorXd& x, Eigen::VectorXd& gradient)>;

struct QuasiNewtonReport
{
  Index Iterations = 0;
  double Value = 0.0;
  bool Converged = false; ///< the gradient is below its tolerance, or no step lowers the value
};

/// Minimises a smooth function by the limited memory method of Broyden, Fletcher, Goldfarb and
/// Shanno, with 10 pairs, and a line search to the weak Wolfe conditions.
///
/// Source: Nocedal, Wright, "Numerical optimization", 2nd ed. 2006, algorithms 7.4 and 7.5; Lewis,
/// Overton, "Nonsmooth optimization via quasi-Newton methods", Math. Program. 141 (2013),
/// section 2.
/// @param x          the start; becomes the best place found.
/// @param tolerance  ends when the largest component of the gradient is below it.
/// @param step       called after each iteration with its number, from 1 on, and the value.
QuasiNewtonReport Minimise(const SmoothFunction& function, Eigen::VectorXd& x, double tolerance,
  Index maximumIterations, const std::function<void(Index, double)>& step);
}

#endif
