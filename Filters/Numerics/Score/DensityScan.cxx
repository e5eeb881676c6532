// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Score/DensityScan.h"

#include "Numerics/Score/RowLoops.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace scorefields
{
namespace
{
constexpr double Infinity = std::numeric_limits<double>::infinity();
constexpr Index MostBesideZeros = 4096; // per row block, enough for a median
constexpr Index RowsPerPiece = 64;

struct Piece
{
  DensityScan Scan;
  std::vector<double> BesideZeros;
  Eigen::Vector3d Curvature = Eigen::Vector3d::Zero();
};

struct Block
{
  const Grid& Nodes;
  const double* Values;
  Index3 First;
  Index3 Dimensions;

  Index Rows() const { return this->Dimensions[1] * this->Dimensions[2]; }
  Index RowStart(Index row) const
  {
    const Index j = this->First[1] + row % this->Dimensions[1];
    const Index k = this->First[2] + row / this->Dimensions[1];
    return this->First[0] + this->Nodes.Dimensions[0] * (j + this->Nodes.Dimensions[1] * k);
  }
};

void ScanRow(const double* row, Index count, Piece& piece)
{
  const RowCounts counts = CountRow(row, count);
  const Index zeros = counts.Zeros;
  DensityScan& scan = piece.Scan;
  scan.Values += static_cast<double>(counts.Values);
  scan.Zeros += static_cast<double>(zeros);
  scan.Missing += static_cast<double>(count - counts.Values - zeros);
  scan.Maximum = std::max(scan.Maximum, counts.Maximum);
  for (Index i = 0; zeros > 0 && i + 1 < count; ++i)
  {
    const bool leftZero = row[i] == -Infinity;
    const double other = leftZero ? row[i + 1] : row[i];
    const bool pair = leftZero != (row[i + 1] == -Infinity);
    if (pair && std::isfinite(other) &&
      static_cast<Index>(piece.BesideZeros.size()) < MostBesideZeros)
    {
      piece.BesideZeros.push_back(other);
    }
  }
}

double RowCurvature(const double* row, Index count, Index begin, Index end, Index stride,
  double inverseSquare, double threshold)
{
  double largest = 0.0;
  for (Index i = std::max<Index>(begin, 0); i < std::min(end, count); ++i)
  {
    const double* v = row + i;
    const double second = (2.0 * v[0] - v[stride] - v[-stride]) * inverseSquare;
    largest = v[0] >= threshold && second > largest && second < Infinity ? second : largest;
  }
  return largest;
}

Eigen::Vector3d CurvatureOfRow(const Block& block, Index row, double threshold)
{
  const Index start = block.RowStart(row);
  const Index3 at(block.First[0], block.First[1] + row % block.Dimensions[1],
    block.First[2] + row / block.Dimensions[1]);
  Eigen::Vector3d curvature = Eigen::Vector3d::Zero();
  Index stride = 1;
  for (int axis = 0; axis < 3; ++axis)
  {
    const Index nodes = block.Nodes.Dimensions[axis];
    const double inverse = 1.0 / block.Nodes.Spacing[axis];
    const Index begin = axis == 0 ? 1 - at[0] : 0;
    const Index end = axis == 0 ? nodes - 1 - at[0] : block.Dimensions[0];
    if (nodes > 2 && (axis == 0 || (at[axis] > 0 && at[axis] < nodes - 1)))
    {
      curvature[axis] = RowCurvature(block.Values + start, block.Dimensions[0], begin, end, stride,
        inverse * inverse, threshold);
    }
    stride *= nodes;
  }
  return curvature;
}

/// Runs body(piece, row) over all rows of the block; a piece is a fixed set of rows.
std::vector<Piece> OverRows(const Block& block, const Execution& execution,
  const std::function<void(Piece& piece, Index row)>& body)
{
  const Index rows = block.Rows();
  const Index count = (rows + RowsPerPiece - 1) / RowsPerPiece;
  std::vector<Piece> pieces(static_cast<std::size_t>(count));
  execution.For(count,
    [&](Index begin, Index end)
    {
      for (Index piece = begin; piece < end; ++piece)
      {
        const Index last = std::min(rows, (piece + 1) * RowsPerPiece);
        for (Index row = piece * RowsPerPiece; row < last; ++row)
        {
          body(pieces[static_cast<std::size_t>(piece)], row);
        }
      }
    });
  return pieces;
}

void JoinPieces(const std::vector<Piece>& pieces, DensityScan& scan)
{
  std::vector<double> beside;
  for (const Piece& piece : pieces)
  {
    scan.Values += piece.Scan.Values;
    scan.Zeros += piece.Scan.Zeros;
    scan.Missing += piece.Scan.Missing;
    scan.Maximum = std::max(scan.Maximum, piece.Scan.Maximum);
    beside.insert(beside.end(), piece.BesideZeros.begin(), piece.BesideZeros.end());
  }
  if (!beside.empty())
  {
    const auto middle = beside.begin() + static_cast<std::ptrdiff_t>(beside.size() / 2);
    std::nth_element(beside.begin(), middle, beside.end());
    scan.BesideZeros = *middle;
  }
}
}

DensityScan ScanLogDensity(const Grid& grid, const double* logDensity, const Index3& first,
  const Index3& dimensions, const Execution& execution)
{
  const Block block{ grid, logDensity, first, dimensions };
  const std::vector<Piece> pieces = OverRows(block, execution,
    [&](Piece& piece, Index row)
    { ScanRow(logDensity + block.RowStart(row), dimensions[0], piece); });
  DensityScan scan;
  JoinPieces(pieces, scan);
  return scan;
}

Eigen::Vector3d SharpestCurvature(const Grid& grid, const double* logDensity, const Index3& first,
  const Index3& dimensions, double threshold, const Execution& execution)
{
  const Block block{ grid, logDensity, first, dimensions };
  const std::vector<Piece> pieces = OverRows(block, execution,
    [&](Piece& piece, Index row)
    { piece.Curvature = piece.Curvature.cwiseMax(CurvatureOfRow(block, row, threshold)); });
  Eigen::Vector3d curvature = Eigen::Vector3d::Zero();
  for (const Piece& piece : pieces)
  {
    curvature = curvature.cwiseMax(piece.Curvature);
  }
  return curvature;
}
}
