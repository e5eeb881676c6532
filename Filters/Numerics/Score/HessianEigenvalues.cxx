// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Score/HessianEigenvalues.h"

#include <Eigen/Eigenvalues>

#include <algorithm>

namespace scorefields
{
void HessianEigenvalues(const std::vector<int>& axes, const double* hessians, Index count,
  double* eigenvalues, const Execution& execution)
{
  execution.For(count,
    [&](Index begin, Index end)
    {
      const auto size = static_cast<Index>(axes.size());
      Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(size);
      for (Index node = begin; node < end; ++node)
      {
        const Eigen::Map<const SymmetricTensor> hessian(hessians + 6 * node);
        double* const target = eigenvalues + 3 * node;
        std::fill_n(target, 3, 0.0);
        const Eigen::MatrixXd part = ToMatrix(hessian)(axes, axes);
        if (size > 0 && part.allFinite())
        {
          solver.compute(part, Eigen::EigenvaluesOnly);
          std::copy_n(solver.eigenvalues().data(), size, target);
        }
      }
    });
}
}
