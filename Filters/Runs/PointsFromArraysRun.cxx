// SPDX-License-Identifier: BSD-3-Clause
// 1. Find the blocks and their entries that count. 2. Read the values along the axes. 3. Leave out
// what is no point. 4. Write the points, the arrays of their entries, and what is known of axes.
#include "Runs/PointsFromArraysRun.h"

#include "Pipeline/Adaptor.h"
#include "Pipeline/Communicator.h"
#include "Pipeline/FieldNames.h"
#include "Pipeline/Machine.h"
#include "Pipeline/Vertices.h"

#include <vtkDataSetAttributes.h>
#include <vtkDoubleArray.h>
#include <vtkFieldData.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkPolyData.h>
#include <vtkStringArray.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <limits>
#include <sstream>
#include <stdexcept>

namespace vtkscorefields
{
using scorefields::Index;

namespace
{
constexpr Phase Reading{ "Reading the arrays", 0.0, 0.5 };
constexpr Phase Measuring{ "Measuring the cells", 0.5, 0.9 };
/// The coordinates twice, the number of the entry and a vertex.
constexpr double BytesPerPoint = 6.0 * sizeof(double) + 3.0 * sizeof(vtkIdType);
constexpr Index Batch = 1 << 16;

/// How many entries are no points, on this rank or on all.
struct LeftOut
{
  double NotFinite = 0.0;
  std::array<double, 3> NotPositive{}; ///< by axis, where it is the first that is at fault
};

/// Of what is not positive the logarithm is -infinity.
void TakeLogarithms(Eigen::Ref<Eigen::VectorXd> values)
{
  for (double& value : values)
  {
    value = value > 0.0 ? std::log10(value)
      : value <= 0.0    ? -std::numeric_limits<double>::infinity()
                        : value;
  }
}

/// Three coordinates of each entry of a block; -infinity stands for the logarithm of what is not
/// positive. Unused axes are 0.
Eigen::Matrix3Xd CoordinatesOf(const DataBlock& block, const std::vector<DataAxis>& axes,
  const scorefields::Execution& execution)
{
  const auto count = static_cast<Index>(block.Entries.size());
  Eigen::Matrix3Xd points = Eigen::Matrix3Xd::Zero(3, count);
  for (std::size_t i = 0; i < axes.size(); ++i)
  {
    const AxisValues source(block, axes[i]);
    execution.ForInBatches(count, Batch,
      [&](Index begin, Index end)
      {
        Eigen::VectorXd values(end - begin);
        source.Read(begin, end, values.data());
        if (axes[i].LogScale)
        {
          TakeLogarithms(values);
        }
        points.row(static_cast<Index>(i)).segment(begin, end - begin) = values.transpose();
      });
  }
  return points;
}

/// Keeps the points that are some: with finite coordinates and a size above 0.
/// @param sizes  of the entries; empty if they do not matter.
void KeepPoints(const std::vector<DataAxis>& axes, DataBlock& block, Eigen::Matrix3Xd& points,
  std::vector<double>& sizes, LeftOut& leftOut)
{
  Index kept = 0;
  for (Index i = 0; i < points.cols(); ++i)
  {
    const auto entry = static_cast<std::size_t>(i);
    if (!sizes.empty() && !(sizes[entry] > 0.0))
    {
      continue;
    }
    std::size_t axis = 0;
    while (axis < axes.size() && std::isfinite(points(static_cast<Index>(axis), i)))
    {
      ++axis;
    }
    if (axis < axes.size())
    {
      const bool notPositive = axes[axis].LogScale &&
        points(static_cast<Index>(axis), i) == -std::numeric_limits<double>::infinity();
      (notPositive ? leftOut.NotPositive[axis] : leftOut.NotFinite) += 1.0;
      continue;
    }
    const auto place = static_cast<std::size_t>(kept);
    points.col(kept) = points.col(i);
    block.Entries[place] = block.Entries[entry];
    if (!sizes.empty())
    {
      sizes[place] = sizes[entry];
    }
    ++kept;
  }
  points.conservativeResize(3, kept);
  block.Entries.resize(static_cast<std::size_t>(kept));
  sizes.resize(sizes.empty() ? 0 : static_cast<std::size_t>(kept));
}

/// The arrays that all blocks have, of their entries one after the other.
void CopyArrays(const std::vector<DataBlock>& blocks, vtkIdType count, vtkPointData* output)
{
  output->CopyFieldOff(vtkDataSetAttributes::GhostArrayName());
  if (blocks.size() == 1 &&
    static_cast<vtkIdType>(blocks.front().Entries.size()) ==
      blocks.front().Attributes->GetNumberOfTuples())
  {
    output->PassData(blocks.front().Attributes);
    return;
  }
  vtkDataSetAttributes::FieldList arrays;
  for (const DataBlock& block : blocks)
  {
    arrays.IntersectFieldList(block.Attributes);
  }
  output->CopyAllOn(vtkDataSetAttributes::COPYTUPLE);
  output->CopyAllocate(arrays, count);
  vtkIdType to = 0;
  for (std::size_t i = 0; i < blocks.size(); ++i)
  {
    for (const vtkIdType from : blocks[i].Entries)
    {
      output->CopyData(arrays, blocks[i].Attributes, static_cast<int>(i), from, to++);
    }
  }
  output->RemoveArray(vtkDataSetAttributes::GhostArrayName());
}

/// The text of the first rank that has one.
std::string FirstText(const std::string& text, const Communicator& communicator)
{
  std::vector<double> letters(text.begin(), text.end());
  letters.insert(letters.begin(), static_cast<double>(text.size()));
  communicator.Gather(letters);
  auto from = letters.begin();
  while (from != letters.end() && *from == 0.0)
  {
    ++from;
  }
  std::string first;
  if (from != letters.end())
  {
    const auto length = static_cast<std::ptrdiff_t>(*from);
    std::transform(from + 1, from + 1 + length, std::back_inserter(first),
      [](double letter) { return static_cast<char>(letter); });
  }
  return first;
}

/// A title in field data as ParaView reads it: also the name of the component, which the window
/// sees without the value.
void SetTitle(const char* name, const std::string& title, vtkFieldData* fieldData)
{
  SetFieldText(fieldData, name, title);
  fieldData->GetAbstractArray(name)->SetComponentName(0, title.c_str());
}

void WriteAxes(const std::vector<DataAxis>& axes, const std::vector<DataBlock>& blocks,
  const Communicator& communicator, vtkFieldData* fieldData)
{
  constexpr std::array<const char*, 3> fields{ { names::AxisTitleForX, names::AxisTitleForY,
    names::AxisTitleForZ } };
  std::array<double, 3> logarithms{};
  for (std::size_t i = 0; i < axes.size(); ++i)
  {
    const std::string own = blocks.empty() ? "" : AxisValues(blocks.front(), axes[i]).Title();
    const std::string title = FirstText(own, communicator);
    logarithms[i] = axes[i].LogScale ? 1.0 : 0.0;
    SetTitle(fields[i], title, fieldData);
  }
  SetFieldValue(fieldData, names::LogAxes, logarithms.data(), 3);
}

std::string WarningOf(const LeftOut& leftOut, double count, const std::vector<DataAxis>& axes)
{
  std::ostringstream warning;
  const char* separator = "";
  for (std::size_t i = 0; i < axes.size(); ++i)
  {
    if (leftOut.NotPositive[i] > 0.0)
    {
      warning << separator << leftOut.NotPositive[i] << " points are left out, where "
              << (axes[i].IsCoordinate() ? "a coordinate" : axes[i].NameOfArray())
              << " is 0 or less, which has no place on a log scale (" << axes[i].Letter
              << "LogScale).";
      separator = " ";
    }
  }
  if (leftOut.NotFinite > 0.0)
  {
    warning << separator << leftOut.NotFinite
            << " points are left out, where a value is not finite.";
    separator = " ";
  }
  if (!(count > 0.0))
  {
    warning << separator << "Input has no " << (*separator != '\0' ? "other " : "")
            << "points, so that there is no cloud.";
  }
  return warning.str();
}

void RequireCells(const ArraySettings& settings)
{
  if (!settings.WeightByCellSize || CommonKind(settings.Axes) == DataEntry::Cell)
  {
    return;
  }
  for (const DataAxis& axis : settings.Axes)
  {
    if (!axis.IsCoordinate())
    {
      throw std::invalid_argument("WeightByCellSize is on, but " + axis.NameOfArray() +
        " is no cell array; put Point Data To Cell Data before, or switch WeightByCellSize off");
    }
  }
  throw std::invalid_argument(
    "WeightByCellSize is on, but no axis is a cell array; choose one, or switch it off");
}

/// The points of all blocks one after the other, with the arrays of their entries.
/// @returns their number.
vtkIdType WritePoints(const std::vector<DataBlock>& blocks,
  const std::vector<Eigen::Matrix3Xd>& coordinates, vtkPolyData* output)
{
  Index count = 0;
  for (const Eigen::Matrix3Xd& part : coordinates)
  {
    count += part.cols();
  }
  Eigen::Matrix3Xd points(3, count);
  Index first = 0;
  for (const Eigen::Matrix3Xd& part : coordinates)
  {
    points.middleCols(first, part.cols()) = part;
    first += part.cols();
  }
  SetVertices(points, output);
  CopyArrays(blocks, count, output->GetPointData());
  return count;
}

void WriteSizes(const std::vector<std::vector<double>>& sizes, vtkIdType count, vtkPolyData* output)
{
  auto array = NewArray(names::CellSize, 1, count);
  double* to = array->GetPointer(0);
  for (const std::vector<double>& part : sizes)
  {
    to = std::copy(part.begin(), part.end(), to);
  }
  output->GetPointData()->AddArray(array);
}

/// Writes PointsLeftOut.
/// @returns what to tell the user; on rank 0, of all ranks.
std::string Report(const LeftOut& own, vtkIdType count, const std::vector<DataAxis>& axes,
  const Communicator& communicator, vtkFieldData* fieldData)
{
  double sums[5] = { static_cast<double>(count), own.NotFinite, own.NotPositive[0],
    own.NotPositive[1], own.NotPositive[2] };
  communicator.Sum(sums, 5);
  SetFieldValue(fieldData, names::PointsLeftOut, sums[1] + sums[2] + sums[3] + sums[4]);
  return communicator.Rank() == 0
    ? WarningOf({ sums[1], { { sums[2], sums[3], sums[4] } } }, sums[0], axes)
    : std::string();
}
}

std::string RunPointsFromArrays(vtkAlgorithm* algorithm, const Communicator& communicator,
  const ArraySettings& settings, vtkDataObject* input, vtkPolyData* output)
{
  RequireCells(settings);
  std::vector<DataBlock> blocks = // 1.
    ReadBlocks(input, CommonKind(settings.Axes), communicator);
  double entries = 0.0;
  for (const DataBlock& block : blocks)
  {
    entries += static_cast<double>(block.Entries.size());
  }
  RequireMemoryForPoints(static_cast<vtkIdType>(entries), BytesPerPoint * entries, MemoryForRank());
  const scorefields::Execution reading = MakeExecution(algorithm, Reading); // 2.
  std::vector<Eigen::Matrix3Xd> coordinates;
  for (const DataBlock& block : blocks)
  {
    coordinates.push_back(CoordinatesOf(block, settings.Axes, reading));
  }
  WriteAxes(settings.Axes, blocks, communicator, output->GetFieldData());
  std::vector<std::vector<double>> sizes(blocks.size()); // empty
  if (settings.WeightByCellSize)
  {
    sizes = CellSizes(blocks, communicator, MakeExecution(algorithm, Measuring));
  }
  LeftOut leftOut; // 3.
  for (std::size_t i = 0; i < blocks.size(); ++i)
  {
    KeepPoints(settings.Axes, blocks[i], coordinates[i], sizes[i], leftOut);
  }
  const vtkIdType count = WritePoints(blocks, coordinates, output); // 4.
  if (settings.WeightByCellSize)
  {
    WriteSizes(sizes, count, output);
  }
  return Report(leftOut, count, settings.Axes, communicator, output->GetFieldData());
}
}
