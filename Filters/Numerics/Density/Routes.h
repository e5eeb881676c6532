// SPDX-License-Identifier: BSD-3-Clause
#ifndef Density_Routes_h
#define Density_Routes_h

#include "Numerics/Base/Enumerations.h"
#include "Numerics/Base/Types.h"

#include <algorithm>

namespace scorefields
{
/// Which way the value of a node or point was computed; FieldView::Route has its number.
enum class Route : unsigned char
{
  ExactSums, ///< over the samples
  Mesh,      ///< sums over the mesh of all samples (ProductEstimate.h)
  FinerMesh, ///< the same over a finer mesh of the samples that count far out
  Transform, ///< TransformEstimate.h
  Spline,    ///< PointEstimate.h
};

constexpr const char* NameOf(Route value)
{
  switch (value)
  {
    case Route::ExactSums:
      return "Exact sums";
    case Route::Mesh:
      return "Mesh";
    case Route::FinerMesh:
      return "Finer mesh";
    case Route::Transform:
      return "Transform";
    case Route::Spline:
      return "Spline";
  }
  return nullptr;
}

/// Writes a route, if routes are wanted, for all entries or for those that are flagged.
inline void MarkRoute(
  const FieldView& fields, Index count, Route route, const unsigned char* flags = nullptr)
{
  for (Index entry = 0; fields.Route && entry < count; ++entry)
  {
    if (!flags || flags[entry])
    {
      fields.Route[entry] = static_cast<unsigned char>(route);
    }
  }
}
}

#endif
