// SPDX-License-Identifier: BSD-3-Clause
#include "Input/ShapePieces.h"

#include <vtkCellType.h>
#include <vtkIdList.h>
#include <vtkImageData.h>
#include <vtkNew.h>
#include <vtkPoints.h>
#include <vtkSmartPointer.h>
#include <vtkUnstructuredGrid.h>

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

namespace vtkscorefields
{
namespace
{
constexpr double Eps = std::numeric_limits<double>::epsilon();

/// One cell of all points, which are moved far away from the first places of the data set.
vtkSmartPointer<vtkUnstructuredGrid> CellOf(int type, const std::vector<Eigen::Vector3d>& corners)
{
  vtkNew<vtkPoints> points;
  points->SetDataTypeToDouble();
  points->InsertNextPoint(9.0, 9.0, 9.0); // of no cell
  std::vector<vtkIdType> identifiers;
  for (const Eigen::Vector3d& corner : corners)
  {
    identifiers.push_back(points->InsertNextPoint(corner.data()));
  }
  auto grid = vtkSmartPointer<vtkUnstructuredGrid>::New();
  grid->SetPoints(points);
  grid->InsertNextCell(type, static_cast<vtkIdType>(identifiers.size()), identifiers.data());
  return grid;
}

/// Cuts a cell; the points of each corner must be where the corner is.
std::vector<CutPiece> PiecesOf(vtkDataSet* data)
{
  std::vector<CutPiece> pieces;
  CellCutter cutter;
  cutter.Cut(data, 0, pieces);
  for (const CutPiece& piece : pieces)
  {
    for (int i = 0; i < piece.Shape.CornerCount(); ++i)
    {
      Eigen::Vector3d place;
      data->GetPoint(piece.Points[static_cast<std::size_t>(i)], place.data());
      EXPECT_LE((piece.Shape.Corner(i) - place).cwiseAbs().maxCoeff(), 4.0 * Eps);
    }
  }
  return pieces;
}

double MeasureOf(int type, const std::vector<Eigen::Vector3d>& corners)
{
  double measure = 0.0;
  for (const CutPiece& piece : PiecesOf(CellOf(type, corners)))
  {
    measure += scorefields::MeasureOf(piece.Shape);
  }
  return measure;
}
}

// Oracle: closed forms of lengths, areas and volumes; of vertices their number. A few roundings of
// numbers up to 12.
TEST(ShapePieces, CoverTheCell)
{
  using Corners = std::vector<Eigen::Vector3d>;
  const Eigen::Vector3d o(0, 0, 0), x(2, 0, 0), y(0, 3, 0), z(0, 0, 2);
  const Corners angle{ o, x, x + y };
  const Corners box{ o, x, x + y, y, z, x + z, x + y + z, y + z };
  const Corners letter{ o, 2 * x, 2 * x + y, x + y, x + 2 * y, 2 * y }; // an L, which is not convex
  struct Case
  {
    int Type;
    Corners Points;
    double Measure;
  };
  const std::vector<Case> cases{ { VTK_VERTEX, { o }, 1.0 }, { VTK_POLY_VERTEX, angle, 3.0 },
    { VTK_LINE, { o, x }, 2.0 }, { VTK_POLY_LINE, angle, 5.0 }, { VTK_TRIANGLE, angle, 3.0 },
    { VTK_TRIANGLE_STRIP, { o, x, y, x + y, 2 * y }, 9.0 }, { VTK_QUAD, { o, x, x + y, y }, 6.0 },
    { VTK_PIXEL, { o, x, y, x + y }, 6.0 }, { VTK_POLYGON, letter, 18.0 },
    { VTK_TETRA, { o, x, y, z }, 2.0 }, { VTK_HEXAHEDRON, box, 12.0 },
    { VTK_VOXEL, { o, x, y, x + y, z, x + z, y + z, x + y + z }, 12.0 },
    { VTK_WEDGE, { o, y, x, z, y + z, x + z }, 6.0 }, { VTK_PYRAMID, { o, x, x + y, y, z }, 4.0 } };
  for (const Case& one : cases)
  {
    EXPECT_NEAR(MeasureOf(one.Type, one.Points), one.Measure, 100.0 * Eps) << one.Type;
  }
}

// Oracle: the chords of a bent edge: a quadratic cell counts as its linear parts.
TEST(ShapePieces, OfCurvedCellsAreStraight)
{
  EXPECT_NEAR(MeasureOf(VTK_QUADRATIC_EDGE, { { 0, 0, 0 }, { 2, 0, 0 }, { 1, 1, 0 } }),
    2.0 * std::sqrt(2.0), 8.0 * Eps);
}

// Contract: an empty cell has no dimension, and neither has a number that is no type.
TEST(ShapePieces, KnowTheDimensionsOfCells)
{
  EXPECT_EQ(DimensionOfCellType(VTK_EMPTY_CELL), -1);
  EXPECT_EQ(DimensionOfCellType(VTK_POLY_VERTEX), 0);
  EXPECT_EQ(DimensionOfCellType(VTK_POLY_LINE), 1);
  EXPECT_EQ(DimensionOfCellType(VTK_TRIANGLE_STRIP), 2);
  EXPECT_EQ(DimensionOfCellType(VTK_POLYHEDRON), 3);
  EXPECT_EQ(DimensionOfCellType(255), -1);
}

// Oracle: the image's own cells and points. It is turned, shifted and flat along y.
TEST(ShapePieces, AreTheBoxesOfAnImage)
{
  vtkNew<vtkImageData> image;
  image->SetExtent(2, 5, 4, 4, -1, 2);
  image->SetOrigin(1.0, 2.0, 3.0);
  image->SetSpacing(0.5, 7.0, 0.25);
  image->SetDirectionMatrix(0, -1, 0, 1, 0, 0, 0, 0, 1);
  const ImageBoxes boxes(image);
  EXPECT_EQ(boxes.Dimension(), 2);
  vtkNew<vtkIdList> points;
  for (vtkIdType cell = 0; cell < image->GetNumberOfCells(); ++cell)
  {
    const CutPiece box = boxes.CellAt(cell);
    EXPECT_EQ(scorefields::MeasureOf(box.Shape), 0.125);
    image->GetCellPoints(cell, points);
    ASSERT_EQ(points->GetNumberOfIds(), box.Shape.CornerCount());
    for (int i = 0; i < 4; ++i)
    {
      EXPECT_EQ(points->GetId(i), box.Points[static_cast<std::size_t>(i)]);
      Eigen::Vector3d place;
      image->GetPoint(points->GetId(i), place.data());
      EXPECT_LE((place - box.Shape.Corner(i)).cwiseAbs().maxCoeff(), 16.0 * Eps);
    }
  }
  for (const vtkIdType node : { 0, 5, 15 })
  {
    const CutPiece pixel = boxes.PixelAt(node);
    Eigen::Vector3d place;
    image->GetPoint(node, place.data());
    const Eigen::Vector3d centre = 0.5 * (pixel.Shape.Corner(0) + pixel.Shape.Corner(3));
    EXPECT_LE((place - centre).cwiseAbs().maxCoeff(), 16.0 * Eps);
    EXPECT_EQ(scorefields::MeasureOf(pixel.Shape), 0.125);
    EXPECT_EQ(pixel.Points[3], node);
  }
}
}
