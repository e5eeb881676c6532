// SPDX-License-Identifier: BSD-3-Clause
#include "Runs/PointsFromShapeRun.h"

#include "Numerics/Cloud/CloudMoments.h"
#include "Pipeline/Adaptor.h"
#include "Pipeline/Communicator.h"
#include "Pipeline/FieldNames.h"
#include "Pipeline/Machine.h"
#include "Pipeline/Vertices.h"

#include <vtkDataSetAttributes.h>
#include <vtkFieldData.h>
#include <vtkIdTypeArray.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkPolyData.h>

#include <array>
#include <sstream>
#include <stdexcept>
#include <vector>

namespace vtkscorefields
{
using scorefields::ShapeShare;
using scorefields::ShapeSurvey;

namespace
{
constexpr Phase Reading{ "Reading the shape", 0.0, 0.5 };
constexpr Phase Drawing{ "Drawing the points", 0.5, 1.0 };
/// The coordinates twice, the number twice and a vertex.
constexpr double BytesPerPoint = 8.0 * sizeof(double) + 2.0 * sizeof(vtkIdType);

/// The survey of all ranks' parts.
ShapeSurvey Join(const ShapeSurvey& own, const Communicator& communicator)
{
  ShapeSurvey whole = own;
  double sums[3] = { own.Mass, own.Measure, own.UncutCells };
  communicator.Sum(sums, 3);
  whole.Mass = sums[0];
  whole.Measure = sums[1];
  whole.UncutCells = sums[2];
  Eigen::Matrix<double, 6, 1> ends; // an empty box has infinite ends
  ends << -own.Bounds.min(), own.Bounds.max();
  communicator.Maximum(ends.data(), 6);
  whole.Bounds = Eigen::AlignedBox3d(Eigen::Vector3d(-ends.head<3>()), ends.tail<3>());
  return whole;
}

/// Ranks lie in their order, with numbers that are the same on all.
ShapeShare ShareOf(double mass, const Communicator& communicator)
{
  std::vector<double> masses{ mass };
  communicator.Gather(masses);
  ShapeShare share;
  for (std::size_t rank = 0; rank < masses.size(); ++rank)
  {
    const double before = share.Total;
    share.Total += masses[rank];
    if (static_cast<int>(rank) == communicator.Rank())
    {
      share.From = before;
      share.To = share.Total;
    }
  }
  return share;
}

/// @param array  what an error calls the densities.
void RequireMass(
  const ShapeSurvey& whole, const ShapeSettings& settings, int dimension, const std::string& array)
{
  if (dimension < 0)
  {
    throw std::invalid_argument("Input has no cells and no points to draw from. Connect a data set "
                                "that has some, or see why the filters before it keep none");
  }
  if (settings.From == DrawFrom::Shape && !(whole.Measure > 0.0))
  {
    constexpr std::array<const char*, 4> measures{ { "points do not count", "lines have no length",
      "surfaces have no area", "cells have no volume" } };
    throw std::invalid_argument(std::string("Input's ") +
      measures[static_cast<std::size_t>(dimension)] +
      ", so that no point can be drawn from them; points of a cell must differ");
  }
  if (!(whole.Mass > 0.0))
  {
    throw std::invalid_argument(settings.From == DrawFrom::Shape
        ? array + " is 0 everywhere; it must be positive where points shall fall"
        : std::string("DrawFrom is ") + NameOf(settings.From) + ", but " + array + " has none of " +
          "them: all pixels are " + (settings.From == DrawFrom::DarkPixels ? "white" : "black") +
          " or transparent");
  }
}

scorefields::Axes JitterAxes(const ShapeSurvey& whole, int dimension)
{
  if (dimension < 0 || dimension > 3)
  {
    std::ostringstream message;
    message << "Dimension is " << dimension << "; it must be 1, 2, 3 or 0 for automatic";
    throw std::invalid_argument(message.str());
  }
  scorefields::CloudMoments box;
  box.Count = 1.0;
  box.Lower = whole.Bounds.min();
  box.Upper = whole.Bounds.max();
  return scorefields::AxesOf(box, dimension, scorefields::Axes());
}

void Write(const scorefields::ShapePoints& drawn, int seed, vtkPolyData* output)
{
  SetVertices(drawn.Points, output);
  vtkNew<vtkIdTypeArray> numbers;
  numbers->SetName(names::ParticleNumber);
  numbers->SetNumberOfValues(static_cast<vtkIdType>(drawn.Numbers.size()));
  for (std::size_t i = 0; i < drawn.Numbers.size(); ++i)
  {
    numbers->SetValue(static_cast<vtkIdType>(i), static_cast<vtkIdType>(drawn.Numbers[i]));
  }
  output->GetPointData()->SetGlobalIds(numbers);
  SetFieldValue(output->GetFieldData(), names::Seed, seed);
}

std::string WarningOf(const ShapeSurvey& whole)
{
  std::ostringstream warning;
  if (whole.UncutCells > 0.0)
  {
    warning << whole.UncutCells << " cells of Input get no points: they cannot be cut into "
            << "triangles or tetrahedra, like a polygon that crosses itself.";
  }
  return warning.str();
}
}

std::string RunPointsFromShape(vtkAlgorithm* algorithm, const Communicator& communicator,
  const ShapeSettings& settings, vtkDataObject* input, vtkPolyData* output)
{
  scorefields::ShapeDraw draw = settings.Draw;
  scorefields::Require(draw);
  const ShapeCells cells(input, settings.From, settings.Array, communicator);
  const scorefields::ShapeSampler sampler(cells, MakeExecution(algorithm, Reading));
  const ShapeSurvey whole = Join(sampler.Survey(), communicator);
  draw.JitterAxes = JitterAxes(whole, settings.Dimension);
  RequireMass(whole, settings, cells.Dimension(), cells.DensityName());
  const ShapeShare share = ShareOf(sampler.Survey().Mass, communicator);
  RequireMemoryForPoints(draw.Count,
    BytesPerPoint * static_cast<double>(draw.Count) * ((share.To - share.From) / share.Total),
    MemoryForRank());
  const scorefields::ShapePoints drawn =
    sampler.Draw(draw, share, MakeExecution(algorithm, Drawing));
  Write(drawn, static_cast<int>(draw.Seed), output);
  return communicator.Rank() == 0 ? WarningOf(whole) : std::string();
}
}
