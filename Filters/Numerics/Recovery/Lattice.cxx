// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Recovery/Lattice.h"

#include <cmath>
#include <sstream>
#include <stdexcept>

namespace scorefields
{
Lattice::Lattice(const Grid& nodes, const Boundaries& boundaries)
  : Count(nodes.Dimensions)
  , Borders(boundaries)
{
  for (int axis = 0; axis < 3; ++axis)
  {
    if (this->Count[axis] < 2)
    {
      continue;
    }
    const double spacing = nodes.Spacing[axis];
    if (!std::isfinite(spacing) || spacing == 0.0)
    {
      std::ostringstream message;
      message << "the image's spacing along "
              << "xyz"[axis] << " is " << spacing
              << "; it must be finite and not 0 where there are several nodes";
      throw std::invalid_argument(message.str());
    }
    this->Step[axis] = spacing;
    this->Count[axis] -= this->BoundaryAlong(axis) == Boundary::Periodic ? 1 : 0;
  }
}

Index Lattice::Stride(int axis) const
{
  return axis == 0 ? 1 : axis == 1 ? this->Count[0] : this->Count[0] * this->Count[1];
}

Index Lattice::Beside(int axis, Index place, Index step) const
{
  const Index count = this->Count[axis];
  const Index there = place + step;
  if (there >= 0 && there < count)
  {
    return there;
  }
  return this->IsPeriodic(axis) ? (there % count + count) % count : -1;
}

Index Lattice::RowBeside(int axis, Index row, Index step) const
{
  const Index place = this->PlaceOfRow(axis, row);
  const Index there = this->Beside(axis, place, step);
  return there < 0 ? -1 : row + (there - place) * (axis == 1 ? 1 : this->Count[1]);
}

Index3 Lattice::PlaceOf(Index node) const
{
  const Index row = node / this->Count[0];
  return Index3(node % this->Count[0], row % this->Count[1], row / this->Count[1]);
}

Index Lattice::NodeAt(const Index3& gridNode) const
{
  Index node = 0;
  for (int axis = 2; axis >= 0; --axis)
  {
    node = node * this->Count[axis] + gridNode[axis] % this->Count[axis];
  }
  return node;
}

double Lattice::Measure(const Index3& place) const
{
  double measure = 1.0;
  for (int axis = 0; axis < 3; ++axis)
  {
    const bool face = this->HasEdges(axis) && !this->IsPeriodic(axis) &&
      (place[axis] == 0 || place[axis] == this->Count[axis] - 1);
    measure *= std::abs(this->Step[axis]) * (face ? 0.5 : 1.0);
  }
  return measure;
}
}
