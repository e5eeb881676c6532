// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Bandwidth/PackedLocations.h"

#include "Numerics/Base/Lanes.h"

#include <algorithm>
#include <cstdint>

namespace scorefields
{
namespace
{
// exp below this is 0 beside any sum here, and Exponential wants arguments above -708.
constexpr double LeastExponent = -700.0;
// Rows begin at a multiple of 64 bytes.
constexpr std::uintptr_t Alignment = 64;

const Lanes* Aligned(const std::vector<double>& storage)
{
  const auto address = reinterpret_cast<std::uintptr_t>(storage.data());
  return reinterpret_cast<const Lanes*>((address + Alignment - 1) / Alignment * Alignment);
}

/// The rows x, y, z and weight.
struct Rows
{
  const Lanes* Row[4];
  Index Blocks;
};

SCOREFIELDS_CLONES
void TwoBandwidths(
  const Rows& rows, const double* point, double inverse, PackedLocations::Sums& sums)
{
  const Lanes zero{};
  Lanes kernel{};
  Lanes distance{};
  Lanes wideKernel{};
  Lanes wideDistance{};
  for (Index b = 0; b < rows.Blocks; ++b)
  {
    const Lanes x = rows.Row[0][b] - point[0];
    const Lanes y = rows.Row[1][b] - point[1];
    const Lanes z = rows.Row[2][b] - point[2];
    const Lanes squared = x * x + y * y + z * z;
    const Lanes weight = squared > zero ? rows.Row[3][b] : zero;
    // The square of the wide kernel is the narrow one.
    Lanes root = squared * (-0.25 * inverse);
    root = root < 0.5 * LeastExponent ? zero + 0.5 * LeastExponent : root;
    Exponential(root);
    const Lanes wide = weight * root;
    const Lanes narrow = wide * root;
    kernel += narrow;
    distance += narrow * squared;
    wideKernel += wide;
    wideDistance += wide * squared;
  }
  sums.Kernel = Sum(kernel);
  sums.Distance = Sum(distance);
  sums.WideKernel = Sum(wideKernel);
  sums.WideDistance = Sum(wideDistance);
}

SCOREFIELDS_CLONES
void Shifted(
  const Rows& rows, const double* point, double inverse, double shift, PackedLocations::Sums& sums)
{
  const Lanes zero{};
  Lanes kernel{};
  Lanes distance{};
  Lanes offsetX{};
  Lanes offsetY{};
  Lanes offsetZ{};
  for (Index b = 0; b < rows.Blocks; ++b)
  {
    const Lanes x = rows.Row[0][b] - point[0];
    const Lanes y = rows.Row[1][b] - point[1];
    const Lanes z = rows.Row[2][b] - point[2];
    const Lanes squared = x * x + y * y + z * z;
    Lanes term = squared * (-0.5 * inverse) - shift;
    term = term < LeastExponent ? zero + LeastExponent : term;
    term = term > zero ? zero : term; // only a location that is left out
    Exponential(term);
    term *= squared > zero ? rows.Row[3][b] : zero;
    kernel += term;
    distance += term * squared;
    offsetX += term * x;
    offsetY += term * y;
    offsetZ += term * z;
  }
  sums.Kernel = Sum(kernel);
  sums.Distance = Sum(distance);
  sums.Offset[0] = Sum(offsetX);
  sums.Offset[1] = Sum(offsetY);
  sums.Offset[2] = Sum(offsetZ);
}

SCOREFIELDS_CLONES
void Nearest(const Rows& rows, const double* point, double& least)
{
  const Lanes zero{};
  const Lanes far = zero + 1e300;
  Lanes nearest = far;
  for (Index b = 0; b < rows.Blocks; ++b)
  {
    const Lanes x = rows.Row[0][b] - point[0];
    const Lanes y = rows.Row[1][b] - point[1];
    const Lanes z = rows.Row[2][b] - point[2];
    Lanes squared = x * x + y * y + z * z;
    squared = squared > zero ? squared : far;
    squared = rows.Row[3][b] > zero ? squared : far;
    nearest = squared < nearest ? squared : nearest;
  }
  least = nearest[0];
  for (int lane = 1; lane < LaneCount; ++lane)
  {
    least = std::min(least, nearest[lane]);
  }
}

Rows RowsOf(const std::vector<double>& storage, Index blocks)
{
  const Lanes* const first = Aligned(storage);
  return { { first, first + blocks, first + 2 * blocks, first + 3 * blocks }, blocks };
}
}

PackedLocations::PackedLocations(const Locations& locations)
  : Blocks((locations.Count() + LaneCount - 1) / LaneCount)
{
  const Index padded = this->Blocks * LaneCount;
  this->Storage.assign(static_cast<std::size_t>(4 * padded + LaneCount), 0.0);
  const std::ptrdiff_t first =
    reinterpret_cast<const double*>(Aligned(this->Storage)) - this->Storage.data();
  for (Index a = 0; a < 4; ++a)
  {
    double* const row = this->Storage.data() + first + a * padded;
    for (Index i = 0; i < locations.Count(); ++i)
    {
      row[i] = a < 3 ? locations.Points(a, i) : locations.Weights[i];
    }
  }
}

void PackedLocations::SumAtTwoBandwidths(const double* point, double inverse, Sums& sums) const
{
  TwoBandwidths(RowsOf(this->Storage, this->Blocks), point, inverse, sums);
}

void PackedLocations::SumShifted(
  const double* point, double inverse, double shift, Sums& sums) const
{
  Shifted(RowsOf(this->Storage, this->Blocks), point, inverse, shift, sums);
}

void PackedLocations::FindNearest(const double* point, double& squared) const
{
  Nearest(RowsOf(this->Storage, this->Blocks), point, squared);
}
}
