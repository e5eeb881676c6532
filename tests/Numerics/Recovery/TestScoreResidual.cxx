// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Recovery/ScoreResidual.h"
#include "support/Numbers.h"

#include "support/RecoveryCases.h"

#include <Eigen/Geometry>
#include <gtest/gtest.h>

#include <cmath>

namespace scorefields
{
namespace
{
using recovery::GridOver;
using recovery::Vector;

Grid Volume()
{
  return GridOver(Vector(-1.0, 0.0, 2.0), Vector(1.0, 3.0, 3.0), Index3(6, 5, 7));
}

/// The edges of a field, and a potential at the nodes.
struct Case
{
  recovery::Problem Input;
  VectorNodes Values;
  Edges All;
  Eigen::VectorXd Potential;

  Case(const Grid& grid, const recovery::VectorField& field, const recovery::ScalarField& potential)
    : Input(grid, field)
    , Potential(grid.Size())
  {
    for (Index node = 0; node < grid.Size(); ++node)
    {
      this->Potential[node] = potential(grid.Node(node));
    }
    this->Values.GridDimensions = grid.Dimensions;
    this->Make();
  }
  void Make()
  {
    this->Values.Vectors = this->Input.Score.data();
    this->All =
      MakeEdges(Lattice(this->Input.Input.Nodes, Boundaries{}), this->Values, Execution());
  }
  NodeResidual At(Index node) const
  {
    return ResidualAt(this->All, this->Potential.data(), this->All.Nodes.PlaceOf(node));
  }
};

bool IsInner(const Grid& grid, Index node)
{
  const Index3 place(node % grid.Dimensions[0], node / grid.Dimensions[0] % grid.Dimensions[1],
    node / (grid.Dimensions[0] * grid.Dimensions[1]));
  return (place.array() > 0).all() && (place.array() < grid.Dimensions.array() - 1).all();
}
}

// Oracle: closed form. The rotation w x r has the curl 2 w, and nothing of it is a gradient along
// an edge beside r itself: with u = 0 the residual is the field at the middle of the node's edges.
// All rules are exact for linear fields; the spacings divide rounding of values below 20 by 1/6.
TEST(ScoreResidual, RotationHasTwiceItsRate)
{
  const Vector rate(0.5, -1.0, 2.0);
  const Case rotation(
    Volume(), [&](const Vector& x) { return rate.cross(x); }, [](const Vector&) { return 0.0; });
  for (Index node = 0; node < Volume().Size(); ++node)
  {
    const NodeResidual rest = rotation.At(node);
    EXPECT_LE((rest.Curl - 2.0 * rate).norm(), 1e4 * Eps) << node;
    EXPECT_LE((rest.Residual - rate.cross(Volume().Node(node))).norm(), 1e3 * Eps) << node;
    if (IsInner(Volume(), node))
    {
      EXPECT_NEAR(rest.Divergence, 0.0, 1e4 * Eps) << node;
    }
  }
}

// Oracle: closed form. The field (x^2, 0, 0) beside u = x^2 y / 2: the divergence of the residual
// at inner nodes is 2 x - y, since second differences are exact for cubics; it has no curl, since
// that is of the field. For (y^2, 0, 0) the curl is -2 y, the mean over faces on both sides.
TEST(ScoreResidual, DivergenceAndCurlOfPolynomials)
{
  const Grid grid = Volume();
  const Case field(
    grid, [](const Vector& x) { return Vector(x[0] * x[0], 0.0, 0.0); },
    [](const Vector& x) { return 0.5 * x[0] * x[0] * x[1]; });
  const Case shear(
    grid, [](const Vector& x) { return Vector(x[1] * x[1], 0.0, 0.0); },
    [](const Vector&) { return 0.0; });
  for (Index node = 0; node < grid.Size(); ++node)
  {
    const Vector x = grid.Node(node);
    EXPECT_LE(field.At(node).Curl.norm(), 1e4 * Eps);
    if (IsInner(grid, node))
    {
      EXPECT_NEAR(field.At(node).Divergence, 2.0 * x[0] - x[1], 1e4 * Eps);
      EXPECT_LE((shear.At(node).Curl - Vector(0.0, 0.0, -2.0 * x[1])).norm(), 1e4 * Eps);
    }
  }
}

// Contract: edges to nodes that are not valid do not count; a node without edges has zeros.
TEST(ScoreResidual, MissingEdgesDoNotCount)
{
  const Grid grid = GridOver(Vector(0, 0, 0), Vector(2, 2, 0), Index3(3, 3, 1));
  Case field(
    grid, [](const Vector&) { return Vector(1.0, 2.0, 0.0); }, [](const Vector&) { return 0.0; });
  field.Values.Valid = { 1, 0, 1, 0, 1, 1, 1, 1, 1 };
  field.Make();
  const NodeResidual alone = field.At(0);
  EXPECT_EQ(alone.Residual, Vector(0.0, 0.0, 0.0));
  EXPECT_EQ(alone.Curl, Vector(0.0, 0.0, 0.0));
  EXPECT_EQ(alone.Divergence, 0.0);
  const NodeResidual middle = field.At(4); // edges to the right and upwards
  EXPECT_DOUBLE_EQ(middle.Residual[0], 1.0);
  EXPECT_DOUBLE_EQ(middle.Residual[1], 2.0);
  EXPECT_DOUBLE_EQ(middle.Divergence, 3.0);
}
}
