// SPDX-License-Identifier: BSD-3-Clause
#ifndef Ridges_RidgeLookup_h
#define Ridges_RidgeLookup_h

#include "Numerics/Cloud/Domain.h"
#include "Numerics/Ridges/RidgePoint.h"

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace scorefields
{
/// The segments of lines by where they are, to find those near a place. In a closed domain places
/// and segments count by their images in the box; across a periodic seam the nearest images do.
class RidgeLookup
{
public:
  struct Hit
  {
    Index Line = -1; ///< -1: none
    Index Vertex = 0;
    double Distance = 0.0;
    explicit operator bool() const { return this->Line >= 0; }
  };

  /// @param longest  no segment is longer, and no search goes farther than half of it.
  RidgeLookup(double longest, const Domain& box)
    : Cell(longest)
    , Box(box)
  {
  }

  void Add(Index line, const std::vector<RidgePoint>& points);
  /// The nearest line within a distance, and the end of its segment that is nearer; the first of
  /// those that are equally near.
  Hit Find(const Eigen::Vector3d& place, double within) const;

private:
  struct Segment
  {
    Eigen::Vector3d From, To;
    Index Line, Vertex; ///< the number of From
  };

  std::int64_t KeyOf(const Eigen::Vector3d& place, int neighbour) const;
  void Search(const Eigen::Vector3d& place, Hit& hit) const;

  double Cell;
  Domain Box;
  std::vector<Segment> Segments;
  std::unordered_map<std::int64_t, std::vector<std::size_t>> Cells; ///< by the cell of From
};

/// The squared distance of a place from a segment, and which share of it is nearest.
struct SegmentDistance
{
  double Squared;
  double Share;
};
SegmentDistance DistanceFrom(
  const Eigen::Vector3d& place, const Eigen::Vector3d& from, const Eigen::Vector3d& to);

/// The place as seen from another: the image beyond periodic seams that is nearest to it.
Eigen::Vector3d NearestImage(
  const Domain& box, const Eigen::Vector3d& place, const Eigen::Vector3d& from);
}

#endif
