// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Exact/PointValues.h"

#include <cmath>

namespace scorefields
{
void Write(const FieldView& fields, Index entry, const PointValues& values, double logFactor,
  double logMeanWeight)
{
  // Without any sample the factors may be infinite as well, and no number should come of it.
  const bool none = std::isinf(values.LogSum) && values.LogSum < 0.0;
  const double logDensity = none ? values.LogSum : values.LogSum + logFactor;
  if (fields.Density != nullptr)
  {
    fields.Density[entry] = std::exp(logDensity);
  }
  if (fields.LogDensity != nullptr)
  {
    fields.LogDensity[entry] = logDensity;
  }
  if (fields.Score != nullptr)
  {
    Eigen::Map<Eigen::Vector3d>(fields.Score + 3 * entry) = values.Score;
  }
  if (fields.Hessian != nullptr)
  {
    Eigen::Map<SymmetricTensor>(fields.Hessian + 6 * entry) = ToTensor(values.Hessian);
  }
  if (fields.EffectiveSampleSize != nullptr)
  {
    fields.EffectiveSampleSize[entry] = none ? 0.0 : std::exp(values.LogSum - logMeanWeight);
  }
  if (fields.KishSampleSize != nullptr)
  {
    fields.KishSampleSize[entry] = values.Kish;
  }
}
}
