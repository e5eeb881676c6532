// SPDX-License-Identifier: BSD-3-Clause
#ifndef Exact_PointValues_h
#define Exact_PointValues_h

#include "Numerics/Base/Types.h"

#include <limits>

namespace scorefields
{
/// What is known at one point before normalisation. The default is that of no samples.
struct PointValues
{
  double LogSum = -std::numeric_limits<double>::infinity(); ///< log sum_i w_i exp(-d_i^2 / 2)
  Eigen::Vector3d Score = Eigen::Vector3d::Zero();
  Eigen::Matrix3d Hessian = Eigen::Matrix3d::Zero();
  double Kish = 0.0;
};

/// Writes what is wanted at one entry.
/// @param logFactor  log f - LogSum, see Normalization.
void Write(const FieldView& fields, Index entry, const PointValues& values, double logFactor,
  double logMeanWeight);
}

#endif
