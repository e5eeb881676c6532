// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Flow/FlowState.h"

#include <Eigen/Cholesky>

namespace scorefields
{
double FlowState::Size() const
{
  const Index values = this->Positions.size() + this->LogDensity.size() + this->Score.size() +
    this->Speed.size() + this->PathLogDensity.size() + this->Tensors.size() + this->Goals.size();
  return 8.0 * static_cast<double>(values) + static_cast<double>(this->Settled.size());
}

void EvaluateState(
  const SmoothDensity& source, bool hessian, FlowState& state, const Execution& execution)
{
  const Index n = state.Count();
  state.LogDensity.resize(n);
  state.Score.resize(3, n);
  state.Tensors.resize(6, hessian ? n : 0);
  FieldView fields;
  fields.LogDensity = state.LogDensity.data();
  fields.Score = state.Score.data();
  fields.Hessian = hessian ? state.Tensors.data() : nullptr;
  source.Evaluate(state.Positions, fields, execution);
}

StepMetric::StepMetric(const Axes& axes, const Eigen::Matrix3d& matrix)
  : Active(axes)
{
  const Eigen::MatrixXd compact = axes.PartOf(matrix);
  const Eigen::MatrixXd lower = compact.llt().matrixL();
  this->Matrix = axes.Embedded(compact);
  this->Factor = axes.Embedded(lower);
}
}
