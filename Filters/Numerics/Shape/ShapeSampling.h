// SPDX-License-Identifier: BSD-3-Clause
#ifndef Shape_ShapeSampling_h
#define Shape_ShapeSampling_h

#include "Numerics/Base/Execution.h"
#include "Numerics/Shape/ShapeSource.h"

#include <Eigen/Geometry>

#include <cstdint>
#include <vector>

namespace scorefields
{
/// What one reading of a shape tells.
struct ShapeSurvey
{
  double Mass = 0.0;       ///< integral of the density of points
  double Measure = 0.0;    ///< length, area or volume; of vertices how many
  double UncutCells = 0.0; ///< cells without pieces
  Eigen::AlignedBox3d Bounds;
};

/// How points are drawn.
struct ShapeDraw
{
  Index Count = 2000; ///< on all parts together
  std::uint64_t Seed = 1;
  double Jitter = 0.0; ///< standard deviation, in length, along each of JitterAxes
  Axes JitterAxes;
};

/// @throws std::invalid_argument naming NumberOfPoints or Jitter.
void Require(const ShapeDraw& draw);

/// Where the mass of a part lies in that of all parts, in their order.
struct ShapeShare
{
  double From = 0.0;
  double To = 0.0;
  double Total = 0.0;
};

struct ShapePoints
{
  Eigen::Matrix3Xd Points;
  std::vector<std::uint64_t> Numbers; ///< of each point, ascending
};

/// Points drawn at random from a shape, with its density of points.
///
/// Let F be the mass of the cells up to a place, in the order of the parts and of their cells.
/// Point i is a function of the shape, the seed and i alone: its place is where F / F(end) passes
/// the first random number of (seed, i), its place in the cell follows from the next numbers
/// (DrawFrom), and then comes the jitter, normal, with the last. So the result does not depend on
/// threads, and points 0 to 99 are the same whether 100 or 1000 are drawn. Where parts come one
/// after the other in the order of the whole, neither does it depend on how many there are, but
/// for the rounding of F: a point within 1e-16 F(end) times the number of cells of a border between
/// cells may fall to the other cell.
///
/// Memory: a number a cell, beside the points. Cost: the cells are read once, those that points
/// fall in once more for each point.
class ShapeSampler
{
public:
  /// Reads the shape, which must outlive this.
  /// @throws std::invalid_argument naming Input or the densities' name if a coordinate is not
  ///         finite, or a density not finite or below 0.
  ShapeSampler(const ShapeSource& source, const Execution& execution);

  const ShapeSurvey& Survey() const { return this->Whole; }
  /// Those points that fall in this part.
  /// @param share  from From to To, which differ by the mass of the survey; Total above 0.
  ShapePoints Draw(
    const ShapeDraw& draw, const ShapeShare& share, const Execution& execution) const;

private:
  std::vector<std::uint64_t> NumbersIn(
    const ShapeDraw& draw, const ShapeShare& share, const Execution& execution) const;
  Index CellAt(double mass) const;

  const ShapeSource& Source;
  std::vector<double> Cumulative; ///< mass of the cells up to each, itself included
  ShapeSurvey Whole;
};
}

#endif
