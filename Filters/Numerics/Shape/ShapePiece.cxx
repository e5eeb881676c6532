// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Shape/ShapePiece.h"

#include <Eigen/Geometry>

#include <cmath>

namespace scorefields
{
namespace
{
/// The volume of the parallelepiped of the edges.
double VolumeOfEdges(const ShapePiece& piece)
{
  const Eigen::Matrix3d& edges = piece.Edges;
  switch (piece.Dimension)
  {
    case 0:
      return 1.0;
    case 1:
      return edges.col(0).stableNorm();
    case 2:
      return edges.col(0).cross(edges.col(1)).stableNorm();
    default:
      return std::abs(edges.col(0).dot(edges.col(1).cross(edges.col(2))));
  }
}

double SumOfDensities(const ShapePiece& piece)
{
  double sum = 0.0;
  for (int i = 0; i < piece.CornerCount(); ++i)
  {
    sum += piece.Density[static_cast<std::size_t>(i)];
  }
  return sum;
}

int DrawCorner(const ShapePiece& piece, RandomStream& random)
{
  double left = random.Uniform() * SumOfDensities(piece);
  int last = 0;
  for (int i = 0; i < piece.CornerCount(); ++i)
  {
    const double density = piece.Density[static_cast<std::size_t>(i)];
    last = density > 0.0 ? i : last; // where rounding leaves none, the last that can be
    if (left < density)
    {
      return i;
    }
    left -= density;
  }
  return last;
}

/// Each share of an edge has the density 2 t towards the corner.
Eigen::Vector3d DrawFromBox(const ShapePiece& piece, int corner, RandomStream& random)
{
  Eigen::Vector3d point = piece.Origin;
  for (int a = 0; a < piece.Dimension; ++a)
  {
    const double t = std::sqrt(random.Uniform());
    point += ((corner >> a) & 1 ? t : 1.0 - t) * piece.Edges.col(a);
  }
  return point;
}

/// Dirichlet shares are Gamma numbers divided by their sum: of parameter 1 exponential, of
/// parameter 2 the sum of two of these.
Eigen::Vector3d DrawFromSimplex(const ShapePiece& piece, int corner, RandomStream& random)
{
  Eigen::Vector4d share = Eigen::Vector4d::Zero();
  for (int i = 0; i <= piece.Dimension; ++i)
  {
    const double u = i == corner ? random.Uniform() * random.Uniform() : random.Uniform();
    share[i] = -std::log(u);
  }
  const double sum = share.sum();
  Eigen::Vector3d point = piece.Origin;
  for (int i = 1; i <= piece.Dimension; ++i)
  {
    point += share[i] / sum * piece.Edges.col(i - 1);
  }
  return point;
}
}

Eigen::Vector3d ShapePiece::Corner(int i) const
{
  Eigen::Vector3d corner = this->Origin;
  for (int a = 0; a < this->Dimension; ++a)
  {
    const bool reached = this->IsBox ? ((i >> a) & 1) != 0 : a + 1 == i;
    corner += reached ? Eigen::Vector3d(this->Edges.col(a)) : Eigen::Vector3d::Zero();
  }
  return corner;
}

double MeasureOf(const ShapePiece& piece)
{
  constexpr std::array<double, 4> factorial{ { 1.0, 1.0, 2.0, 6.0 } };
  const double volume = VolumeOfEdges(piece);
  return piece.IsBox ? volume : volume / factorial[static_cast<std::size_t>(piece.Dimension)];
}

double MassOf(const ShapePiece& piece)
{
  return MeasureOf(piece) * (SumOfDensities(piece) / piece.CornerCount());
}

Eigen::Vector3d DrawFrom(const ShapePiece& piece, RandomStream& random)
{
  const int corner = DrawCorner(piece, random);
  return piece.IsBox ? DrawFromBox(piece, corner, random) : DrawFromSimplex(piece, corner, random);
}
}
