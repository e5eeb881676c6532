// SPDX-License-Identifier: BSD-3-Clause
#ifndef Base_FieldStorage_h
#define Base_FieldStorage_h

#include "Numerics/Base/Types.h"

#include <vector>

namespace scorefields
{
/// Which of the fields of a FieldView are wanted.
struct FieldChoice
{
  bool Density = false;
  bool LogDensity = false;
  bool Score = false;
  bool Hessian = false;
  bool EffectiveSampleSize = false;
  bool KishSampleSize = false;
  bool Route = false;

  /// The log density and its first two derivatives.
  static FieldChoice Smooth();
  static FieldChoice All();
  /// The fields that a view points to.
  static FieldChoice Of(const FieldView& fields);
  /// Numbers per node or point, but for Route.
  Index Components() const;
};

/// The arrays behind a FieldView, one column per node or point; those not wanted are empty.
struct FieldStorage
{
  Eigen::VectorXd Density;
  Eigen::VectorXd LogDensity;
  Eigen::Matrix3Xd Score;
  Eigen::Matrix<double, 6, Eigen::Dynamic> Hessian;
  Eigen::VectorXd EffectiveSampleSize;
  Eigen::VectorXd KishSampleSize;
  std::vector<unsigned char> Route;

  FieldStorage(Index count, const FieldChoice& wanted);
  FieldView View();
  /// Copies one column to an entry of the target's arrays, where both have the field.
  void Copy(Index column, const FieldView& target, Index entry) const;
};
}

#endif
