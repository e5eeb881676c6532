// SPDX-License-Identifier: BSD-3-Clause
#ifndef Exact_SampleTree_h
#define Exact_SampleTree_h

#include "Numerics/Base/Execution.h"
#include "Numerics/Base/Types.h"

#include <array>
#include <vector>

namespace scorefields
{
/// A k-d tree over weighted points: bounding boxes down to small runs of neighbours, and the points
/// in tree order, so that the points of each box are contiguous. Points of weight 0 are left out.
///
/// Coordinates are those of the active axes, numbered 0 .. d-1, unchanged; they depend on no
/// bandwidth. Boxes are halved at the median along the side that is longest in units of `lengths`.
/// The tree depends on the points alone, not on the number of threads. Build time O(n log^2 n);
/// memory about 50 bytes per point, twice that while it is built.
class SampleTree
{
public:
  /// A box; boxes 2 and later than 0 are children. The root is box 0.
  struct Box
  {
    std::array<double, 3> Low{ { 0.0, 0.0, 0.0 } };
    std::array<double, 3> High{ { 0.0, 0.0, 0.0 } };
    double LogWeight = 0.0; ///< the largest of its points
    Index Begin = 0;        ///< its points, in tree order
    Index End = 0;
    Index Child = 0; ///< its children are boxes Child and Child + 1; 0 if it has none

    Index Count() const { return this->End - this->Begin; }
  };

  /// @param lengths  positive; the bandwidth along each of the three axes is a good choice.
  /// @param leafSize  boxes of more points than this have children.
  SampleTree(const Samples& samples, const Axes& axes, const Eigen::Vector3d& lengths,
    Index leafSize, const Execution& execution = {});

  /// Memory of the index.
  double Bytes() const;
  int Dimension() const { return this->Dimensions; }
  /// The points left, those of positive weight.
  Index Count() const { return static_cast<Index>(this->Order.size()); }
  /// Empty if there is no point.
  const std::vector<Box>& Boxes() const { return this->AllBoxes; }
  /// Coordinates along one axis, in tree order.
  const double* Coordinates(int axis) const
  {
    return this->Points[static_cast<size_t>(axis)].data();
  }
  /// log w, in tree order.
  const double* LogWeights() const { return this->LogWeight.data(); }
  /// The index in the original samples, in tree order.
  const std::vector<Index>& OriginalIndex() const { return this->Order; }

private:
  /// A point while the tree is built: compact, for the sake of the cache.
  struct Entry
  {
    std::array<double, 3> Point;
    Index Number;
  };
  std::vector<Entry> Collect(const Samples& samples, const Axes& axes) const;
  void Bound(Box& box, const std::vector<Entry>& entries) const;
  Index Divide(Box& box, std::vector<Entry>& entries, const std::array<double, 3>& lengths) const;
  std::size_t Split(std::size_t firstBox, std::vector<Entry>& entries,
    const std::array<double, 3>& lengths, const Execution& execution);
  void Store(const Samples& samples, const std::vector<Entry>& entries, const Execution& execution);
  void BoundWeights();

  int Dimensions;
  Index LeafSize;
  std::vector<Index> Order;
  std::vector<Box> AllBoxes;
  std::array<std::vector<double>, 3> Points;
  std::vector<double> LogWeight;
};
}

#endif
