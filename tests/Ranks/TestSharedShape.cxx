// SPDX-License-Identifier: BSD-3-Clause
// Points From Shape, whose input lies on the ranks in parts.
#include "vtkPointsFromShape.h"

#include "Pipeline/Communicator.h"
#include "support/PolyDataPoints.h"

#include <vtkCellArray.h>
#include <vtkDataArray.h>
#include <vtkImageData.h>
#include <vtkMultiProcessController.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkPolyData.h>
#include <vtkTrivialProducer.h>
#include <vtkUnsignedCharArray.h>

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace vtkscorefields
{
namespace
{
constexpr int Steps = 300;
constexpr vtkIdType Count = 20000;

vtkMultiProcessController* World()
{
  return vtkMultiProcessController::GetGlobalController();
}

/// Segments [from, to) of a curve in the plane.
vtkSmartPointer<vtkPolyData> Curve(int from, int to)
{
  Eigen::Matrix3Xd places = Eigen::Matrix3Xd::Zero(3, Steps + 1);
  for (int i = 0; i <= Steps; ++i)
  {
    places.col(i).head<2>() << std::cos(0.05 * i), 0.01 * i * std::sin(0.03 * i);
  }
  auto data = PolyDataPoints(places);
  vtkNew<vtkCellArray> lines;
  for (int i = from; i < to; ++i)
  {
    lines->InsertNextCell({ i, i + 1 });
  }
  data->SetLines(lines);
  return data;
}

/// Number, x, y and z of each point.
std::vector<double> PointsOf(vtkPointsFromShape* filter)
{
  std::vector<double> values;
  vtkPolyData* cloud = filter->GetOutput();
  for (vtkIdType i = 0; i < cloud->GetNumberOfPoints(); ++i)
  {
    double place[3];
    cloud->GetPoint(i, place);
    values.push_back(cloud->GetPointData()->GetGlobalIds()->GetTuple1(i));
    values.insert(values.end(), place, place + 3);
  }
  return values;
}
}

// Oracle: the filter on the whole curve on one rank. Ranks have parts of it one after the other,
// the first one none. Each point is there once; the borders between cells move by 1e-13 of the
// length at most, which none of the 20000 places meets.
TEST(SharedShape, GivesThePointsOfTheWhole)
{
  const Communicator ranks(World());
  const int first = Steps * std::max(0, ranks.Rank() - 1) / std::max(1, ranks.Size() - 1);
  const int last = Steps * ranks.Rank() / std::max(1, ranks.Size() - 1);
  vtkNew<vtkTrivialProducer> part;
  part->SetOutput(ranks.Rank() == 0 ? PolyDataPoints(Eigen::Matrix3Xd(3, 0)) : Curve(first, last));
  vtkNew<vtkPointsFromShape> filter;
  filter->SetInputConnection(part->GetOutputPort());
  filter->SetNumberOfPoints(Count);
  filter->SetJitter(0.05);
  filter->UpdatePiece(ranks.Rank(), ranks.Size(), 0);
  std::vector<double> found = PointsOf(filter);
  ranks.Gather(found);
  vtkNew<vtkPointsFromShape> whole;
  whole->SetController(nullptr);
  whole->SetInputData(Curve(0, Steps));
  whole->SetNumberOfPoints(Count);
  whole->SetJitter(0.05);
  whole->Update();
  const std::vector<double> expected = PointsOf(whole);
  ASSERT_EQ(found.size(), expected.size());
  std::vector<double> sorted(expected.size(), -1.0);
  for (std::size_t i = 0; i < found.size(); i += 4)
  {
    std::copy_n(found.begin() + static_cast<std::ptrdiff_t>(i), 4,
      sorted.begin() + 4 * static_cast<std::ptrdiff_t>(found[i]));
  }
  EXPECT_EQ(sorted, expected);
}

// Oracle: the pixels of the whole picture, which are all black. Parts share the nodes of their
// seams, which get no more points than others: 15 pixels along x by chi-square, 14 degrees of
// freedom, below 14 (1 - 2/126 + 5 sqrt(2/126))^3 but once in 3e6.
TEST(SharedShape, CountsPixelsOfSeamsOnce)
{
  const Communicator ranks(World());
  constexpr int Columns = 15;
  vtkNew<vtkImageData> part;
  const int first = (Columns - 1) * ranks.Rank() / ranks.Size();
  const int last = (Columns - 1) * (ranks.Rank() + 1) / ranks.Size();
  part->SetExtent(first, last, 0, 3, 0, 0);
  vtkNew<vtkUnsignedCharArray> black;
  black->SetName("ink");
  black->SetNumberOfValues(part->GetNumberOfPoints());
  black->FillValue(0);
  part->GetPointData()->SetScalars(black);
  vtkNew<vtkTrivialProducer> producer;
  producer->SetOutput(part);
  producer->SetWholeExtent(0, Columns - 1, 0, 3, 0, 0);
  vtkNew<vtkPointsFromShape> filter;
  filter->SetInputConnection(producer->GetOutputPort());
  filter->SetDrawFrom(1);
  filter->SetNumberOfPoints(Count);
  filter->UpdatePiece(ranks.Rank(), ranks.Size(), 0);
  std::vector<double> found(Columns, 0.0);
  const std::vector<double> points = PointsOf(filter);
  for (std::size_t i = 0; i < points.size(); i += 4)
  {
    ++found.at(static_cast<std::size_t>(std::lround(points[i + 1])));
  }
  ranks.Sum(found.data(), Columns);
  double chiSquare = 0.0;
  double sum = 0.0;
  const double expected = double(Count) / Columns;
  for (const double own : found)
  {
    sum += own;
    chiSquare += (own - expected) * (own - expected) / expected;
  }
  EXPECT_EQ(sum, Count);
  EXPECT_LT(chiSquare, 14.0 * std::pow(1.0 - 2.0 / 126.0 + 5.0 * std::sqrt(2.0 / 126.0), 3));
}
}
