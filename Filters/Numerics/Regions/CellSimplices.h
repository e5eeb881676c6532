// SPDX-License-Identifier: BSD-3-Clause
#ifndef Regions_CellSimplices_h
#define Regions_CellSimplices_h

#include <array>
#include <cstddef>

namespace scorefields
{
/// What of a linear function on a simplex lies at or above a level: the share of the simplex, and
/// the integral of the function there divided by the measure of the whole simplex.
struct PartAbove
{
  double Measure = 0.0;
  double Mass = 0.0;
};

/// The values of a linear function at the corners of a simplex, ascending.
template <int Dimension>
using SimplexValues = std::array<double, Dimension + 1>;

/// The corner of a simplex that a level cuts off, as a share of the simplex: the product of the
/// shares that it cuts off the edges from `corner` to the others.
template <int Dimension>
double CutOff(const SimplexValues<Dimension>& values, std::size_t corner, double level)
{
  double share = 1.0;
  for (std::size_t other = 0; other < values.size(); ++other)
  {
    share *= other == corner ? 1.0 : (values[corner] - level) / (values[corner] - values[other]);
  }
  return share;
}

/// The middle of a tetrahedron with values A <= B < level < C <= D. The part above is three
/// tetrahedra, whose shares of the whole are products of the shares p, q, r and s of the edges DA,
/// DB, CA and CB that lie above. Every term is positive, so that nothing cancels.
inline PartAbove MiddleAbove(const SimplexValues<3>& values, double level)
{
  const auto [a, b, c, d] = values;
  const double p = (d - level) / (d - a);
  const double q = (d - level) / (d - b);
  const double r = (c - level) / (c - a);
  const double s = (c - level) / (c - b);
  const double both = p * q;               // corners D, C and the cuts of DA, DB
  const double first = p * s * (1.0 - q);  // C and the cuts of DA, DB, CB
  const double second = r * s * (1.0 - p); // C and the cuts of DA, CA, CB
  PartAbove part;
  part.Measure = both + first + second;
  part.Mass = 0.25 * (both * (d + c + 2.0 * level) + (first + second) * (c + 3.0 * level));
  return part;
}

/// The part of a simplex at or above a level, in closed form. A corner that is cut off holds the
/// mean of the values at its own corners.
/// @param values  ascending, with values[0] < level <= values[Dimension].
template <int Dimension>
PartAbove AboveLevel(const SimplexValues<Dimension>& values, double level)
{
  constexpr std::size_t last = Dimension;
  constexpr double share = 1.0 / (Dimension + 1);
  if (!(level < values[last]))
  {
    return {};
  }
  if (level >= values[last - 1])
  {
    const double top = CutOff<Dimension>(values, last, level);
    return { top, top * (level + share * (values[last] - level)) };
  }
  if constexpr (Dimension == 3)
  {
    if (level > values[1])
    {
      return MiddleAbove(values, level);
    }
  }
  double mean = 0.0;
  for (const double value : values)
  {
    mean += share * value;
  }
  const double bottom = CutOff<Dimension>(values, 0, level);
  return { 1.0 - bottom, mean - bottom * (level + share * (values[0] - level)) };
}

/// The simplices into which a cell of a grid is cut (Kuhn): one for each order of the axes, along
/// which it goes from the first corner to the last. Bit a of the number of a corner says that it
/// lies at the upper end of axis a. All have the same measure, and fit those of the next cell.
template <int Dimension>
struct CellSimplices;

template <>
struct CellSimplices<1>
{
  static constexpr std::array<std::array<std::size_t, 2>, 1> Corners{ { { { 0, 1 } } } };
};

template <>
struct CellSimplices<2>
{
  static constexpr std::array<std::array<std::size_t, 3>, 2> Corners{ { { { 0, 1, 3 } },
    { { 0, 2, 3 } } } };
};

template <>
struct CellSimplices<3>
{
  static constexpr std::array<std::array<std::size_t, 4>, 6> Corners{ { { { 0, 1, 3, 7 } },
    { { 0, 1, 5, 7 } }, { { 0, 2, 3, 7 } }, { { 0, 2, 6, 7 } }, { { 0, 4, 5, 7 } },
    { { 0, 4, 6, 7 } } } };
};
}

#endif
