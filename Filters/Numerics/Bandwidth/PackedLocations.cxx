// SPDX-License-Identifier: BSD-3-Clause
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "Numerics/Bandwidth/PackedLocations.cxx"
#include "Numerics/Base/EachTarget.h"

#include "Numerics/Bandwidth/PackedLocations.h"
#include "Numerics/Base/Elementary.h"

#include <algorithm>

HWY_BEFORE_NAMESPACE();
namespace scorefields
{
namespace HWY_NAMESPACE
{
namespace
{
// exp below this is 0 beside any sum here, and Exponential wants arguments above -708.
constexpr double LeastExponent = -700.0;

/// Differences of one register of locations to a point.
struct Offsets
{
  Register X, Y, Z, Squared;
  Register Weight; ///< 0 of locations at the point

  HWY_INLINE Offsets(const PackedRows& rows, const double* point, Index place)
    : X(Register::LoadAligned(rows.Row[0] + place) - Register::All(point[0]))
    , Y(Register::LoadAligned(rows.Row[1] + place) - Register::All(point[1]))
    , Z(Register::LoadAligned(rows.Row[2] + place) - Register::All(point[2]))
    , Squared(MulAdd(this->Z, this->Z, MulAdd(this->Y, this->Y, this->X * this->X)))
    , Weight(IfGreater(this->Squared, Register::Zero(), Register::LoadAligned(rows.Row[3] + place),
        Register::Zero()))
  {
  }
};

void TwoBandwidths(
  const PackedRows& rows, const double* point, double inverse, PackedLocations::Sums& sums)
{
  alignas(64) double lanes[4][LaneCount];
  const Register factor = Register::All(-0.25 * inverse);
  const Register least = Register::All(0.5 * LeastExponent);
  for (Index first = 0; first < LaneCount; first += RegisterSize)
  {
    Register kernel = Register::Zero();
    Register distance = Register::Zero();
    Register wideKernel = Register::Zero();
    Register wideDistance = Register::Zero();
    for (Index i = first; i < rows.Count; i += LaneCount)
    {
      const Offsets offsets(rows, point, i);
      // The square of the wide kernel is the narrow one.
      const Register root = Exponential(Larger(offsets.Squared * factor, least));
      const Register wide = offsets.Weight * root;
      const Register narrow = wide * root;
      kernel = kernel + narrow;
      distance = MulAdd(narrow, offsets.Squared, distance);
      wideKernel = wideKernel + wide;
      wideDistance = MulAdd(wide, offsets.Squared, wideDistance);
    }
    kernel.StoreAligned(lanes[0] + first);
    distance.StoreAligned(lanes[1] + first);
    wideKernel.StoreAligned(lanes[2] + first);
    wideDistance.StoreAligned(lanes[3] + first);
  }
  sums.Kernel = Sum(Lanes::LoadAligned(lanes[0]));
  sums.Distance = Sum(Lanes::LoadAligned(lanes[1]));
  sums.WideKernel = Sum(Lanes::LoadAligned(lanes[2]));
  sums.WideDistance = Sum(Lanes::LoadAligned(lanes[3]));
}

void Shifted(const PackedRows& rows, const double* point, double inverse, double shift,
  PackedLocations::Sums& sums)
{
  alignas(64) double lanes[5][LaneCount];
  const Register factor = Register::All(-0.5 * inverse);
  const Register offset = Register::All(shift);
  const Register least = Register::All(LeastExponent);
  const Register zero = Register::Zero();
  for (Index first = 0; first < LaneCount; first += RegisterSize)
  {
    Register kernel = zero;
    Register distance = zero;
    Register x = zero;
    Register y = zero;
    Register z = zero;
    for (Index i = first; i < rows.Count; i += LaneCount)
    {
      const Offsets offsets(rows, point, i);
      // Above 0 it is only for a location that is left out.
      const Register exponent = Larger(offsets.Squared * factor - offset, least);
      const Register term = offsets.Weight * Exponential(Smaller(exponent, zero));
      kernel = kernel + term;
      distance = MulAdd(term, offsets.Squared, distance);
      x = MulAdd(term, offsets.X, x);
      y = MulAdd(term, offsets.Y, y);
      z = MulAdd(term, offsets.Z, z);
    }
    kernel.StoreAligned(lanes[0] + first);
    distance.StoreAligned(lanes[1] + first);
    x.StoreAligned(lanes[2] + first);
    y.StoreAligned(lanes[3] + first);
    z.StoreAligned(lanes[4] + first);
  }
  sums.Kernel = Sum(Lanes::LoadAligned(lanes[0]));
  sums.Distance = Sum(Lanes::LoadAligned(lanes[1]));
  for (int a = 0; a < 3; ++a)
  {
    sums.Offset[a] = Sum(Lanes::LoadAligned(lanes[2 + a]));
  }
}

double Nearest(const PackedRows& rows, const double* point)
{
  const Register far = Register::All(1e300);
  Register nearest = far;
  for (Index i = 0; i < rows.Count; i += RegisterSize)
  {
    const Offsets offsets(rows, point, i);
    nearest = Smaller(IfGreater(offsets.Weight, Register::Zero(), offsets.Squared, far), nearest);
  }
  double lanes[RegisterSize];
  nearest.Store(lanes);
  return *std::min_element(lanes, lanes + RegisterSize);
}
}
}
}
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace scorefields
{
HWY_EXPORT(TwoBandwidths);
HWY_EXPORT(Shifted);
HWY_EXPORT(Nearest);

PackedLocations::PackedLocations(const Locations& locations)
{
  const Index padded = (locations.Count() + LaneCount - 1) / LaneCount * LaneCount;
  double* const storage = this->Storage.Resize(4 * padded);
  this->Rows.Count = padded;
  for (Index a = 0; a < 4; ++a)
  {
    double* const row = storage + a * padded;
    this->Rows.Row[a] = row;
    for (Index i = 0; i < locations.Count(); ++i)
    {
      row[i] = a < 3 ? locations.Points(a, i) : locations.Weights[i];
    }
  }
}

void PackedLocations::SumAtTwoBandwidths(const double* point, double inverse, Sums& sums) const
{
  HWY_DYNAMIC_DISPATCH(TwoBandwidths)(this->Rows, point, inverse, sums);
}

void PackedLocations::SumShifted(
  const double* point, double inverse, double shift, Sums& sums) const
{
  HWY_DYNAMIC_DISPATCH(Shifted)(this->Rows, point, inverse, shift, sums);
}

void PackedLocations::FindNearest(const double* point, double& squared) const
{
  squared = HWY_DYNAMIC_DISPATCH(Nearest)(this->Rows, point);
}
}
#endif
