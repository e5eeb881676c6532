// SPDX-License-Identifier: BSD-3-Clause
#include "Input/ScoreReader.h"

#include "Input/DensityReader.h"
#include "Input/FactsReader.h"
#include "Pipeline/Adaptor.h"
#include "Pipeline/Communicator.h"
#include "Pipeline/FieldNames.h"

#include <vtkCellData.h>
#include <vtkDataSetAttributes.h>
#include <vtkImageData.h>
#include <vtkPointData.h>
#include <vtkUnsignedCharArray.h>

#include <algorithm>
#include <stdexcept>

namespace vtkscorefields
{
namespace
{
vtkDataArray* FindScore(vtkImageData* image, const std::string& name)
{
  vtkPointData* points = image->GetPointData();
  if (name.empty() && !points->GetArray(names::Score) && points->GetVectors() &&
    points->GetVectors()->GetName())
  {
    return RequireArray(image, "ScoreArray", points->GetVectors()->GetName(), 3);
  }
  return RequireArray(image, "ScoreArray", name.empty() ? names::Score : name, 3);
}

std::vector<double> ValuesOf(vtkDataArray* array)
{
  std::vector<double> values(static_cast<std::size_t>(array->GetNumberOfValues()));
  ReadValues(array, 0, array->GetNumberOfValues(), values.data());
  return values;
}

/// What one rank has.
struct PartOfScore
{
  std::string ScoreName;
  std::vector<double> Score;
  std::vector<double> Mask; ///< 0 or 1; empty: none
  std::vector<double> Weights;
};

void AddMask(const std::vector<double>& values, PartOfScore& part)
{
  part.Mask.resize(values.size());
  // A mask that is not a number tells nothing good of its node.
  std::transform(values.begin(), values.end(), part.Mask.begin(),
    [](double value) { return value != 0.0 && value == value ? 1.0 : 0.0; });
}

void AddBlanks(vtkImageData* image, PartOfScore& part)
{
  vtkUnsignedCharArray* ghosts = image->GetPointGhostArray();
  for (vtkIdType i = 0; ghosts && i < ghosts->GetNumberOfValues(); ++i)
  {
    if (ghosts->GetValue(i) & vtkDataSetAttributes::HIDDENPOINT)
    {
      if (part.Mask.empty())
      {
        part.Mask.assign(static_cast<std::size_t>(image->GetNumberOfPoints()), 1.0);
      }
      part.Mask[static_cast<std::size_t>(i)] = 0.0;
    }
  }
}

PartOfScore ReadPart(vtkImageData* image, const ScoreArrayNames& names)
{
  PartOfScore part;
  vtkDataArray* score = FindScore(image, names.Score);
  part.ScoreName = score->GetName() ? score->GetName() : "";
  part.Score = ValuesOf(score);
  const Eigen::Matrix3d direction = DirectionOf(image);
  if (!direction.isIdentity(0.0))
  {
    Eigen::Map<Eigen::Matrix3Xd> vectors(part.Score.data(), 3, image->GetNumberOfPoints());
    vectors = (direction.transpose() * vectors).eval();
  }
  const bool stable = names.Mask.empty() && names.UseStabilityMask &&
    image->GetPointData()->GetArray(names::StabilityMask);
  if (stable || !names.Mask.empty())
  {
    const std::string mask = stable ? std::string(names::StabilityMask) : names.Mask;
    AddMask(ValuesOf(RequireArray(image, "MaskArray", mask, 1)), part);
  }
  AddBlanks(image, part);
  if (!names.Weight.empty())
  {
    part.Weights = ValuesOf(RequireArray(image, "WeightArray", names.Weight, 1));
  }
  return part;
}
}

void ReadScore(
  vtkImageData* image, const ScoreArrayNames& names, const Communicator& ranks, WholeScore& whole)
{
  PartOfScore part;
  if (image->GetNumberOfPoints() > 0)
  {
    part = ReadPart(image, names);
  }
  whole.Place = JoinNodes(image, ranks);
  const auto join = [&](std::vector<double>& values, int components)
  {
    return ranks.Size() == 1
      ? std::move(values)
      : JoinValues(image, whole.Place, values.data(), components, ranks, "Density From Score");
  };
  whole.Score = join(part.Score, 3);
  if (ranks.Any(!part.Mask.empty()))
  {
    part.Mask.resize(static_cast<std::size_t>(image->GetNumberOfPoints()), 1.0);
    const std::vector<double> mask = join(part.Mask, 1);
    whole.Mask.assign(mask.size(), 0);
    std::transform(mask.begin(), mask.end(), whole.Mask.begin(),
      [](double value) { return static_cast<unsigned char>(value); });
  }
  if (ranks.Any(!part.Weights.empty()))
  {
    whole.Weights = join(part.Weights, 1);
  }
  whole.Input.Nodes = whole.Place.Nodes;
  whole.Input.Score = whole.Score.data();
  whole.Input.Mask = whole.Mask.empty() ? nullptr : whole.Mask.data();
  whole.Input.Weights = whole.Weights.empty() ? nullptr : whole.Weights.data();
  whole.Input.ScoreName = part.ScoreName;
  whole.Input.WeightName = names.Weight;
}

scorefields::Boundaries ReadBorders(
  vtkImageData* image, const WholeNodes& whole, const Communicator& ranks)
{
  using scorefields::Boundary;
  using scorefields::LineEnds;
  double codes[3] = {};
  if (image->GetNumberOfPoints() > 0)
  {
    const auto ends = ReadEnds(image, scorefields::DensityFacts(), whole.Nodes);
    std::transform(ends.begin(), ends.end(), codes,
      [](LineEnds end)
      {
        return static_cast<double>(end == LineEnds::Periodic ? Boundary::Periodic
            : end == LineEnds::Mirrored                      ? Boundary::Reflecting
                                                             : Boundary::Open);
      });
  }
  ranks.Maximum(codes, 3);
  scorefields::Boundaries borders{};
  std::transform(codes, codes + 3, borders.begin(),
    [](double code) { return static_cast<Boundary>(static_cast<int>(code)); });
  return borders;
}
}
