// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Flow/Denoising.h"

namespace scorefields
{
void FindPosterior(const SmoothDensity& source, const StepMetric& kernel, FlowState& state,
  const Execution& execution)
{
  EvaluateState(source, true, state, execution);
  state.Goals.resize(3, state.Count());
  const Eigen::Matrix3d& h = kernel.Matrix;
  execution.For(state.Count(),
    [&](Index begin, Index end)
    {
      for (Index i = begin; i < end; ++i)
      {
        state.Goals.col(i) = state.Positions.col(i) + h * state.Score.col(i);
        state.Tensors.col(i) = ToTensor(h + h * ToMatrix(state.Tensors.col(i)) * h);
      }
    });
}
}
