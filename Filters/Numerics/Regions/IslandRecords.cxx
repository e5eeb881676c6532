// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Regions/IslandRecords.h"

#include "Numerics/Regions/CellSimplices.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace scorefields
{
namespace
{
constexpr Index None = -1;

std::size_t At(Index index)
{
  return static_cast<std::size_t>(index);
}

/// The number of a node of the whole grid; one for all that are the same place.
Index NumberOf(const RegionNodes& nodes, Index3 place)
{
  const Index3& count = nodes.Whole.Dimensions;
  for (int axis = 0; axis < 3; ++axis)
  {
    const bool periodic = nodes.Borders[static_cast<std::size_t>(axis)] == Boundary::Periodic;
    place[axis] = periodic && place[axis] == count[axis] - 1 ? 0 : place[axis];
  }
  return place[0] + count[0] * (place[1] + count[1] * place[2]);
}

/// Labels of the owned nodes of one part, and what belongs to each label.
class Part
{
public:
  Part(const RegionField& field, double level)
    : Field(field)
    , Nodes(field.Nodes())
    , Level(level)
    , Labels(field.Density().size(), static_cast<int>(None))
  {
    for (std::size_t corner = 0; corner < std::size_t(1) << field.ActiveAxes().Count; ++corner)
    {
      this->Offsets[corner] = field.CornerOffset(corner);
    }
  }

  std::vector<double> Records();

private:
  bool IsIn(Index node) const { return this->Field.Density()[At(node)] >= this->Level; }
  template <class Body>
  void ForOwned(const Body& body) const;
  void Label();
  void Fill(Index seed, int label);
  void AddNeighbours(Index node, int label, std::vector<Index>& stack);
  template <int Dimension>
  void AddMasses();
  template <int Dimension>
  void AddCell(Index node);
  bool IsShared(const Index3& place) const;

  struct Found
  {
    double Mass = 0.0;
    double Measure = 0.0;
    double Peak = -1.0;
    Index PeakNode = 0;
  };

  const RegionField& Field;
  const RegionNodes& Nodes;
  double Level;
  std::vector<int> Labels;
  std::array<Index, 8> Offsets{}; ///< of the corners of a cell
  std::vector<Found> Islands;
};

template <class Body>
void Part::ForOwned(const Body& body) const
{
  const NodeBlock& owned = this->Nodes.Owned;
  for (Index k = 0; k < owned.Dimensions[2]; ++k)
  {
    for (Index j = 0; j < owned.Dimensions[1]; ++j)
    {
      Index node = owned.First[0] + (owned.First[1] + j) * this->Field.Stride(1) +
        (owned.First[2] + k) * this->Field.Stride(2);
      for (Index i = 0; i < owned.Dimensions[0]; ++i)
      {
        body(node++);
      }
    }
  }
}

void Part::AddNeighbours(Index node, int label, std::vector<Index>& stack)
{
  const Axes& axes = this->Field.ActiveAxes();
  const NodeBlock& owned = this->Nodes.Owned;
  const Index3 place = this->Field.PlaceOf(node) - this->Nodes.Known.First - owned.First;
  for (const Index sign : { -1, 1 })
  {
    for (std::size_t direction = 1; direction < (std::size_t(1) << axes.Count); ++direction)
    {
      bool inside = true;
      for (int a = 0; a < axes.Count; ++a)
      {
        const int axis = axes.Axis[a];
        const Index beside = place[axis] + (((direction >> a) & 1) != 0 ? sign : 0);
        inside = inside && beside >= 0 && beside < owned.Dimensions[axis];
      }
      const Index next = node + sign * this->Offsets[direction];
      if (inside && this->Labels[At(next)] == None && this->IsIn(next))
      {
        this->Labels[At(next)] = label;
        stack.push_back(next);
      }
    }
  }
}

void Part::Fill(Index seed, int label)
{
  Found island;
  std::vector<Index> stack{ seed };
  this->Labels[At(seed)] = label;
  while (!stack.empty())
  {
    const Index node = stack.back();
    stack.pop_back();
    const double density = this->Field.Density()[At(node)];
    const Index number = NumberOf(this->Nodes, this->Field.PlaceOf(node));
    if (std::make_tuple(density, -number) > std::make_tuple(island.Peak, -island.PeakNode))
    {
      island.Peak = density;
      island.PeakNode = number;
    }
    this->AddNeighbours(node, label, stack);
  }
  this->Islands.push_back(island);
}

void Part::Label()
{
  this->ForOwned(
    [this](Index node)
    {
      if (this->Labels[At(node)] == None && this->IsIn(node))
      {
        this->Fill(node, static_cast<int>(this->Islands.size()));
      }
    });
}

template <int Dimension>
void Part::AddCell(Index node)
{
  constexpr std::size_t corners = std::size_t(1) << Dimension;
  constexpr double share = 1.0 / static_cast<double>(CellSimplices<Dimension>::Corners.size());
  std::array<Index, corners> nodes;
  bool any = false;
  bool all = true;
  for (std::size_t corner = 0; corner < corners; ++corner)
  {
    nodes[corner] = node + this->Offsets[corner];
    any = any || this->Labels[At(nodes[corner])] != None;
    all = all && this->Field.Balanced()[At(nodes[corner])] >= 0.0; // not so for NaN
  }
  if (!any || !all)
  {
    return;
  }
  for (const auto& simplex : CellSimplices<Dimension>::Corners)
  {
    SimplexValues<Dimension> values;
    Index densest = nodes[simplex[0]];
    double mean = 0.0;
    for (std::size_t i = 0; i < values.size(); ++i)
    {
      const Index corner = nodes[simplex[i]];
      values[i] = this->Field.Balanced()[At(corner)];
      mean += values[i] / (Dimension + 1);
      densest =
        this->Field.Density()[At(corner)] > this->Field.Density()[At(densest)] ? corner : densest;
    }
    const int label = this->Labels[At(densest)];
    if (label == None)
    {
      continue;
    }
    std::sort(values.begin(), values.end());
    const PartAbove part = values[0] >= this->Level ? PartAbove{ 1.0, mean }
                                                    : AboveLevel<Dimension>(values, this->Level);
    this->Islands[At(label)].Mass += share * part.Mass;
    this->Islands[At(label)].Measure += share * part.Measure;
  }
}

template <int Dimension>
void Part::AddMasses()
{
  const Index step = this->Field.Stride(this->Field.ActiveAxes().Axis[0]);
  for (Index row = 0; row < this->Field.Rows(); ++row)
  {
    Index node = this->Field.FirstOfRow(row);
    for (Index cell = 0; cell < this->Field.CellsInRow(); ++cell, node += step)
    {
      this->AddCell<Dimension>(node);
    }
  }
}

bool Part::IsShared(const Index3& place) const
{
  const NodeBlock& owned = this->Nodes.Owned;
  const Index3 first = this->Nodes.Known.First + owned.First;
  for (int a = 0; a < this->Field.ActiveAxes().Count; ++a)
  {
    const int axis = this->Field.ActiveAxes().Axis[a];
    const Index last = this->Nodes.Whole.Dimensions[axis] - 1;
    const bool isSeam = this->Nodes.Borders[static_cast<std::size_t>(axis)] == Boundary::Periodic;
    const bool isFace =
      place[axis] == first[axis] || place[axis] == first[axis] + owned.Dimensions[axis] - 1;
    const bool isEnd = place[axis] == 0 || place[axis] == last;
    if (isFace && (!isEnd || isSeam))
    {
      return true;
    }
  }
  return false;
}

std::vector<double> Part::Records()
{
  this->Label();
  switch (this->Field.ActiveAxes().Count)
  {
    case 1:
      this->AddMasses<1>();
      break;
    case 2:
      this->AddMasses<2>();
      break;
    default:
      this->AddMasses<3>();
      break;
  }
  std::vector<double> links;
  this->ForOwned(
    [this, &links](Index node)
    {
      const Index3 place = this->Field.PlaceOf(node);
      if (this->Labels[At(node)] != None && this->IsShared(place))
      {
        links.push_back(static_cast<double>(NumberOf(this->Nodes, place)));
        links.push_back(static_cast<double>(this->Labels[At(node)]));
      }
    });
  std::vector<double> records{ static_cast<double>(this->Islands.size()),
    static_cast<double>(links.size() / 2) };
  for (const Found& island : this->Islands)
  {
    records.insert(records.end(),
      { island.Mass * this->Field.CellMeasure(), island.Measure * this->Field.CellMeasure(),
        island.Peak, static_cast<double>(island.PeakNode) });
  }
  records.insert(records.end(), links.begin(), links.end());
  return records;
}
}

std::vector<double> IslandRecords(const RegionField& field, double level)
{
  return Part(field, level).Records();
}
}
