// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Ridges/RidgeLookup.h"

#include <algorithm>
#include <cmath>

namespace scorefields
{
SegmentDistance DistanceFrom(
  const Eigen::Vector3d& place, const Eigen::Vector3d& from, const Eigen::Vector3d& to)
{
  const Eigen::Vector3d along = to - from;
  const double squared = along.squaredNorm();
  const double share =
    squared > 0.0 ? std::clamp(along.dot(place - from) / squared, 0.0, 1.0) : 0.0;
  return { (place - from - share * along).squaredNorm(), share };
}

Eigen::Vector3d NearestImage(
  const Domain& box, const Eigen::Vector3d& place, const Eigen::Vector3d& from)
{
  Eigen::Vector3d image = place;
  for (int axis = 0; axis < 3; ++axis)
  {
    if (box.At(axis) == Boundary::Periodic)
    {
      image[axis] -= std::round((place[axis] - from[axis]) / box.Length[axis]) * box.Length[axis];
    }
  }
  return image;
}

std::int64_t RidgeLookup::KeyOf(const Eigen::Vector3d& place, int neighbour) const
{
  const int offsets[3] = { neighbour % 3 - 1, neighbour / 3 % 3 - 1, neighbour / 9 - 1 };
  std::uint64_t key = 0;
  for (int axis = 0; axis < 3; ++axis)
  {
    const double cell = std::floor(place[axis] / this->Cell) + offsets[axis];
    // Different cells with one key are no harm: distances are looked at.
    key = key * 0x9e3779b97f4a7c15U +
      static_cast<std::uint64_t>(static_cast<std::int64_t>(std::clamp(cell, -9e15, 9e15)));
  }
  return static_cast<std::int64_t>(key);
}

void RidgeLookup::Add(Index line, const std::vector<RidgePoint>& points)
{
  constexpr int centre = 13;
  for (std::size_t i = 0; i + 1 < points.size(); ++i)
  {
    const Eigen::Vector3d from = this->Box.Folded(points[i].Place);
    const Eigen::Vector3d to = NearestImage(this->Box, points[i + 1].Place, from);
    this->Cells[this->KeyOf(from, centre)].push_back(this->Segments.size());
    this->Segments.push_back({ from, to, line, static_cast<Index>(i) });
  }
}

void RidgeLookup::Search(const Eigen::Vector3d& place, Hit& hit) const
{
  for (int neighbour = 0; neighbour < 27; ++neighbour)
  {
    const auto found = this->Cells.find(this->KeyOf(place, neighbour));
    if (found == this->Cells.end())
    {
      continue;
    }
    for (const std::size_t number : found->second)
    {
      const Segment& segment = this->Segments[number];
      const SegmentDistance near = DistanceFrom(place, segment.From, segment.To);
      const double distance = std::sqrt(near.Squared);
      const Hit other{ segment.Line, segment.Vertex + (near.Share > 0.5 ? 1 : 0), distance };
      const bool first =
        other.Line < hit.Line || (other.Line == hit.Line && other.Vertex < hit.Vertex);
      if (distance < hit.Distance || (distance == hit.Distance && (!hit || first)))
      {
        hit = other;
      }
    }
  }
}

RidgeLookup::Hit RidgeLookup::Find(const Eigen::Vector3d& place, double within) const
{
  Hit hit;
  hit.Distance = within;
  std::vector<Eigen::Vector3d> images{ this->Box.Folded(place) };
  for (int axis = 0; axis < 3; ++axis)
  {
    const double length = this->Box.Length[axis];
    const double offset = images.front()[axis] - this->Box.Lower[axis];
    const std::size_t count = images.size();
    for (std::size_t i = 0; i < count && this->Box.At(axis) == Boundary::Periodic; ++i)
    {
      const Eigen::Vector3d image = images[i];
      // A segment begins in the box but may end a segment's length beyond it.
      if (offset <= this->Cell)
      {
        images.emplace_back(image + length * Eigen::Vector3d::Unit(axis));
      }
      if (offset >= length - this->Cell)
      {
        images.emplace_back(image - length * Eigen::Vector3d::Unit(axis));
      }
    }
  }
  for (const Eigen::Vector3d& image : images)
  {
    this->Search(image, hit);
  }
  return hit;
}
}
