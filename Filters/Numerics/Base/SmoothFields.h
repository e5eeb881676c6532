// SPDX-License-Identifier: BSD-3-Clause
#ifndef Base_SmoothFields_h
#define Base_SmoothFields_h

#include "Numerics/Base/Types.h"

namespace scorefields
{
/// Memory for the log density and its first two derivatives at some points, one column each.
struct SmoothFields
{
  Eigen::VectorXd LogDensity;
  Eigen::Matrix3Xd Score;
  Eigen::Matrix<double, 6, Eigen::Dynamic> Hessian;

  explicit SmoothFields(Index count)
    : LogDensity(count)
    , Score(3, count)
    , Hessian(6, count)
  {
  }
  FieldView View()
  {
    FieldView view;
    view.LogDensity = this->LogDensity.data();
    view.Score = this->Score.data();
    view.Hessian = this->Hessian.data();
    return view;
  }
};
}

#endif
