// SPDX-License-Identifier: BSD-3-Clause
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "Numerics/Tails/TailLoops.cxx"
#include "Numerics/Base/EachTarget.h"

#include "Numerics/Tails/TailLoops.h"
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace scorefields
{
namespace HWY_NAMESPACE
{
namespace
{
void Shares(const double* const means[3], const double* constants, const double* z, Index cells,
  double* HWY_RESTRICT shares)
{
  const double at[3] = { z[0], z[1], z[2] };
  for (Index c = 0; c < cells; ++c)
  {
    const double x = means[0][c] - at[0];
    const double y = means[1][c] - at[1];
    const double w = means[2][c] - at[2];
    shares[c] = constants[c] - 0.5 * (x * x + y * y + w * w);
  }
}

void Flags(const double* logWeights, const double* bounds, double least, Index cells,
  unsigned char* HWY_RESTRICT flags)
{
  for (Index c = 0; c < cells; ++c)
  {
    flags[c] |= static_cast<unsigned char>(logWeights[c] + bounds[c] >= least);
  }
}
}
}
}
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace scorefields
{
HWY_EXPORT(Shares);
HWY_EXPORT(Flags);

void LeastShares(const double* const means[3], const double* constants, const double* z,
  Index cells, double* shares)
{
  HWY_DYNAMIC_DISPATCH(Shares)(means, constants, z, cells, shares);
}

void FlagRow(
  const double* logWeights, const double* bounds, double least, Index cells, unsigned char* flags)
{
  HWY_DYNAMIC_DISPATCH(Flags)(logWeights, bounds, least, cells, flags);
}
}
#endif
