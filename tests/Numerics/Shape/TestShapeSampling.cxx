// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Shape/ShapeSampling.h"
#include "support/Numbers.h"

#include "support/Threads.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

namespace scorefields
{
namespace
{
/// Cells in memory, some of them a part of a longer list.
class Cells : public ShapeSource
{
public:
  explicit Cells(std::vector<std::vector<ShapePiece>> cells)
    : Pieces(std::move(cells))
  {
  }
  Index CellCount() const override { return static_cast<Index>(this->Pieces.size()); }
  std::unique_ptr<ShapeReader> NewReader() const override
  {
    return std::make_unique<Reader>(this->Pieces);
  }
  std::string DensityName() const override { return "DensityArray \"ink\""; }
  Cells Part(std::ptrdiff_t from, std::ptrdiff_t to) const
  {
    return Cells({ this->Pieces.begin() + from, this->Pieces.begin() + to });
  }

  std::vector<std::vector<ShapePiece>> Pieces;

private:
  class Reader : public ShapeReader
  {
  public:
    explicit Reader(const std::vector<std::vector<ShapePiece>>& pieces)
      : Pieces(pieces)
    {
    }
    const std::vector<ShapePiece>& Read(Index cell) override
    {
      return this->Pieces[static_cast<std::size_t>(cell)];
    }

  private:
    const std::vector<std::vector<ShapePiece>>& Pieces;
  };
};

ShapePiece Segment(const Eigen::Vector3d& from, const Eigen::Vector3d& to)
{
  ShapePiece piece;
  piece.Dimension = 1;
  piece.Origin = from;
  piece.Edges.col(0) = to - from;
  return piece;
}

/// A spiral in the plane of cells that become longer; each fifth has no length, each seventh has
/// two pieces, each eleventh cannot be cut.
Cells Spiral(int count)
{
  std::vector<std::vector<ShapePiece>> cells;
  const auto at = [](double t) { return Eigen::Vector3d(t * std::cos(t), t * std::sin(t), 2.0); };
  for (int i = 0; i < count; ++i)
  {
    const double t = 0.1 * i;
    cells.emplace_back();
    if (i % 11 != 10)
    {
      cells.back().push_back(Segment(at(t), i % 5 == 4 ? at(t) : at(t + 0.05)));
    }
    if (i % 7 == 6)
    {
      cells.back().push_back(Segment(at(t + 0.05), at(t + 0.1)));
    }
  }
  return Cells(std::move(cells));
}

ShapeShare Whole(double mass)
{
  return { 0.0, mass, mass };
}

ShapePoints Drawn(const ShapeSource& source, const ShapeDraw& draw, int threads = 1)
{
  const Execution execution = OnThreads(threads);
  const ShapeSampler sampler(source, execution);
  return sampler.Draw(draw, Whole(sampler.Survey().Mass), execution);
}

double DistanceTo(const ShapePiece& segment, const Eigen::Vector3d& point)
{
  const Eigen::Vector3d edge = segment.Edges.col(0);
  const double length = edge.squaredNorm();
  const double t =
    length > 0.0 ? std::clamp(edge.dot(point - segment.Origin) / length, 0.0, 1.0) : 0.0;
  return (segment.Origin + t * edge - point).norm();
}

/// Which cell a point lies on, which must be nearer than rounding.
std::size_t CellOf(const Cells& cells, const Eigen::Vector3d& point)
{
  std::size_t best = 0;
  double nearest = std::numeric_limits<double>::infinity();
  for (std::size_t cell = 0; cell < cells.Pieces.size(); ++cell)
  {
    for (const ShapePiece& piece : cells.Pieces[cell])
    {
      const double distance = DistanceTo(piece, point);
      best = distance < nearest ? cell : best;
      nearest = std::min(nearest, distance);
    }
  }
  EXPECT_LE(nearest, 8.0 * Eps * (1.0 + point.norm())); // a product and a sum a coordinate
  return best;
}

std::string ErrorOf(const ShapeSource& source)
{
  try
  {
    ShapeSampler(source, Execution());
  }
  catch (const std::invalid_argument& error)
  {
    return error.what();
  }
  return "";
}
}

// Oracle: the lengths of the cells are the expected numbers of points. Chi-square of 80 cells has
// the mean k = 79 and, by Wilson and Hilferty, stays below k (1 - 2/9k + 5 sqrt(2/9k))^3 but once
// in 3e6. All points lie on the cells to rounding.
TEST(ShapeSampling, PointsFallByTheLengthOfTheCells)
{
  const Cells cells = Spiral(110);
  ShapeDraw draw;
  draw.Count = 40000;
  const ShapePoints drawn = Drawn(cells, draw);
  ASSERT_EQ(drawn.Points.cols(), draw.Count);
  std::vector<double> found(cells.Pieces.size(), 0.0);
  for (Index i = 0; i < draw.Count; ++i)
  {
    found[CellOf(cells, drawn.Points.col(i))] += 1.0;
  }
  double length = 0.0;
  for (const auto& cell : cells.Pieces)
  {
    for (const ShapePiece& piece : cell)
    {
      length += MeasureOf(piece);
    }
  }
  double chiSquare = 0.0;
  double freedom = -1.0;
  for (std::size_t i = 0; i < found.size(); ++i)
  {
    double own = 0.0;
    for (const ShapePiece& piece : cells.Pieces[i])
    {
      own += MeasureOf(piece);
    }
    const double expected = static_cast<double>(draw.Count) * own / length;
    EXPECT_TRUE(own > 0.0 || found[i] == 0.0) << i;
    chiSquare += own > 0.0 ? std::pow(found[i] - expected, 2) / expected : 0.0;
    freedom += own > 0.0 ? 1.0 : 0.0;
  }
  const double spread = 2.0 / (9.0 * freedom);
  EXPECT_LT(chiSquare, freedom * std::pow(1.0 - spread + FiveSigma * std::sqrt(spread), 3));
  EXPECT_GT(chiSquare, freedom * std::pow(1.0 - spread - FiveSigma * std::sqrt(spread), 3));
}

// Oracle: sums over the cells.
TEST(ShapeSampling, SurveyIsTheSumOfTheCells)
{
  Cells cells = Spiral(5000);
  double mass = 0.0;
  double measure = 0.0;
  for (auto& cell : cells.Pieces)
  {
    for (ShapePiece& piece : cell)
    {
      piece.Density.fill(piece.Origin[0] > 0.0 ? 2.0 : 0.0);
      measure += MeasureOf(piece);
      mass += MassOf(piece);
    }
  }
  const ShapeSurvey survey = ShapeSampler(cells, OnThreads(3)).Survey();
  EXPECT_NEAR(survey.Mass, mass, 5000.0 * Eps * mass);
  EXPECT_NEAR(survey.Measure, measure, 5000.0 * Eps * measure);
  EXPECT_EQ(survey.UncutCells, 390.0); // each 11th of 5000 but for those that are a 7th: 454 - 64
  EXPECT_EQ(survey.Bounds.min()[2], 2.0);
  EXPECT_EQ(survey.Bounds.max()[2], 2.0);
  EXPECT_LT(survey.Bounds.min()[0], -490.0);
}

// Contract: the result does not depend on threads, nor a point on how many are drawn.
TEST(ShapeSampling, PointsAreFunctionsOfTheirNumbers)
{
  const Cells cells = Spiral(3000);
  ShapeDraw draw;
  draw.Count = 70000;
  draw.Jitter = 0.1;
  const ShapePoints all = Drawn(cells, draw);
  EXPECT_EQ(all.Points, Drawn(cells, draw, 3).Points);
  draw.Count = 100;
  EXPECT_EQ(all.Points.leftCols(100), Drawn(cells, draw).Points);
  draw.Seed = 2;
  EXPECT_NE(all.Points.leftCols(100), Drawn(cells, draw).Points);
}

// Oracle: the draw from the whole. Parts that come one after the other draw the same points, each
// once. The masses of parts are added in another order than those of cells, which moves a border by
// less than 3000 eps of the whole; none of 20000 places lies so near to one.
TEST(ShapeSampling, PartsTogetherDrawWhatTheWholeDraws)
{
  const Cells cells = Spiral(3000);
  ShapeDraw draw;
  draw.Count = 20000;
  const ShapePoints all = Drawn(cells, draw);
  std::vector<Cells> parts{ cells.Part(0, 0), cells.Part(0, 1700), cells.Part(1700, 1703),
    cells.Part(1703, 3000) };
  double total = 0.0;
  std::vector<ShapeShare> shares;
  for (const Cells& part : parts)
  {
    shares.push_back({ total, total + ShapeSampler(part, Execution()).Survey().Mass, 0.0 });
    total = shares.back().To;
  }
  std::size_t count = 0;
  for (std::size_t part = 0; part < parts.size(); ++part)
  {
    shares[part].Total = total;
    const ShapePoints some =
      ShapeSampler(parts[part], Execution()).Draw(draw, shares[part], Execution());
    count += some.Numbers.size();
    for (std::size_t i = 0; i < some.Numbers.size(); ++i)
    {
      EXPECT_EQ(all.Points.col(static_cast<Index>(some.Numbers[i])),
        some.Points.col(static_cast<Index>(i)));
    }
  }
  EXPECT_EQ(count, 20000U);
}

// Oracle: closed forms. The jitter of points at one place is normal with the standard deviation s
// along its axes: variances s^2 (1 +- sqrt(2/n)), correlations 1/sqrt(n); nothing along the others.
TEST(ShapeSampling, JitterIsNormalAlongItsAxes)
{
  const Cells cells({ { ShapePiece() } });
  ShapeDraw draw;
  draw.Count = 50000;
  draw.Jitter = 0.3;
  draw.JitterAxes = Axes::FromFlags(true, false, true);
  const Eigen::Matrix3Xd points = Drawn(cells, draw).Points;
  const double n = static_cast<double>(draw.Count);
  for (const int axis : { 0, 2 })
  {
    EXPECT_NEAR(points.row(axis).mean(), 0.0, FiveSigma * 0.3 / std::sqrt(n));
    EXPECT_NEAR(points.row(axis).squaredNorm() / n, 0.09, FiveSigma * 0.09 * std::sqrt(2.0 / n));
  }
  EXPECT_NEAR(points.row(0).dot(points.row(2)) / n, 0.0, FiveSigma * 0.09 / std::sqrt(n));
  EXPECT_TRUE((points.row(1).array() == 0.0).all());
}

// Contract: what is not sound is named with its value; cells without mass are no mistake.
TEST(ShapeSampling, RefusesWhatIsNotSound)
{
  const double nan = std::nan("");
  Cells cells = Spiral(20);
  EXPECT_EQ(ErrorOf(cells), "");
  cells.Pieces[7][0].Density[1] = -1.0;
  EXPECT_NE(
    ErrorOf(cells).find("DensityArray \"ink\" holds -1; values must be"), std::string::npos);
  cells.Pieces[7][0].Density[1] = nan;
  EXPECT_NE(ErrorOf(cells).find("DensityArray \"ink\" holds nan"), std::string::npos);
  cells.Pieces[7][0].Density[1] = 1.0;
  cells.Pieces[8][0].Origin[1] = nan;
  EXPECT_NE(ErrorOf(cells).find("coordinates must be finite"), std::string::npos);
  cells.Pieces[8][0] = Segment({ -1e308, 0, 0 }, { 1e308, 0, 0 });
  EXPECT_NE(ErrorOf(cells), "");
  EXPECT_EQ(ShapeSampler(Cells({}), Execution()).Survey().Mass, 0.0);
}

// Contract: properties out of range are named.
TEST(ShapeSampling, RefusesDrawsOutOfRange)
{
  ShapeDraw draw;
  EXPECT_NO_THROW(Require(draw));
  draw.Count = 0;
  EXPECT_THROW(Require(draw), std::invalid_argument);
  draw.Count = 1;
  for (const double jitter : { -1e-9, std::nan(""), 1e200 })
  {
    draw.Jitter = jitter;
    EXPECT_THROW(Require(draw), std::invalid_argument) << jitter;
  }
}

// Contract: the work stops where it is asked to.
TEST(ShapeSampling, CanBeStopped)
{
  const Cells cells = Spiral(100);
  Execution stopping;
  stopping.Continue = [](double) { return false; };
  EXPECT_THROW(ShapeSampler(cells, stopping), Aborted);
  const ShapeSampler sampler(cells, Execution());
  EXPECT_THROW(sampler.Draw({}, Whole(sampler.Survey().Mass), stopping), Aborted);
}
}
