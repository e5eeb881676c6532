// SPDX-License-Identifier: BSD-3-Clause
#ifndef Bandwidth_PackedLocations_h
#define Bandwidth_PackedLocations_h

#include "Numerics/Bandwidth/Locations.h"
#include "Numerics/Base/AlignedBuffer.h"

namespace scorefields
{
/// The rows x, y, z and weight of packed locations.
struct PackedRows
{
  const double* Row[4];
  Index Count; ///< a multiple of LaneCount
};

/// Locations for sums over all of them, eight at a time: the coordinates and the weight in rows of
/// their own. The last eight are filled up with locations of weight 0.
class PackedLocations
{
public:
  explicit PackedLocations(const Locations& locations);
  PackedLocations(const PackedLocations&) = delete;
  PackedLocations& operator=(const PackedLocations&) = delete;

  /// With u_j = z_j - z and e_j = w_j exp(-|u_j|^2 / (2 h^2) - shift); locations at z are left out.
  struct Sums
  {
    double Kernel = 0.0;   ///< sum e_j
    double Distance = 0.0; ///< sum e_j |u_j|^2
    /// The same two with sqrt(2) h; only from SumAtTwoBandwidths.
    double WideKernel = 0.0;
    double WideDistance = 0.0;
    /// sum e_j u_j; only from SumShifted.
    double Offset[3] = { 0.0, 0.0, 0.0 };
  };

  /// For shift 0. @param point  z, three coordinates. @param inverse  1 / h^2.
  void SumAtTwoBandwidths(const double* point, double inverse, Sums& sums) const;
  /// Terms are scaled so that a shift of minus half the least squared distance over h^2 makes the
  /// largest one its weight.
  void SumShifted(const double* point, double inverse, double shift, Sums& sums) const;
  /// The least |u_j|^2 above 0; 1e300 if there is none.
  void FindNearest(const double* point, double& squared) const;

private:
  AlignedBuffer Storage;
  PackedRows Rows;
};
}

#endif
