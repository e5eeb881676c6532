// SPDX-License-Identifier: BSD-3-Clause
#ifndef support_Fields_h
#define support_Fields_h

#include "Numerics/Base/Types.h"

/// Storage for everything a FieldView can point to.
namespace support
{
struct Fields
{
  Eigen::VectorXd Density, LogDensity, EffectiveSampleSize, KishSampleSize;
  Eigen::Matrix3Xd Score;
  Eigen::Matrix<double, 6, Eigen::Dynamic> Hessian;

  explicit Fields(Eigen::Index count)
    : Density(count)
    , LogDensity(count)
    , EffectiveSampleSize(count)
    , KishSampleSize(count)
    , Score(3, count)
    , Hessian(6, count)
  {
  }

  scorefields::FieldView View()
  {
    return { this->Density.data(), this->LogDensity.data(), this->Score.data(),
      this->Hessian.data(), this->EffectiveSampleSize.data(), this->KishSampleSize.data() };
  }
};
}

#endif
