// SPDX-License-Identifier: BSD-3-Clause
#ifndef Base_Boundary_h
#define Base_Boundary_h

#include "Numerics/Base/Enumerations.h"

namespace scorefields
{
/// How the density continues beyond the box along one axis.
enum class Boundary
{
  Open,      ///< the whole line; nothing special happens at the faces of the box
  Periodic,  ///< the last node is the first one again: the period is the length of the box
  Reflecting ///< mirrored at both faces, so that no mass leaves the box
};

constexpr const char* NameOf(Boundary value)
{
  switch (value)
  {
    case Boundary::Open:
      return "Open";
    case Boundary::Periodic:
      return "Periodic";
    case Boundary::Reflecting:
      return "Reflecting";
  }
  return nullptr;
}
}

#endif
