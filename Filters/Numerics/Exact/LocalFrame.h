// SPDX-License-Identifier: BSD-3-Clause
#ifndef Exact_LocalFrame_h
#define Exact_LocalFrame_h

#include "Numerics/Base/GaussianKernel.h"
#include "Numerics/Exact/SampleTree.h"

#include <algorithm>
#include <array>

namespace scorefields
{
namespace exact
{
using ActiveVector = std::array<double, 3>; ///< a vector along the active axes, 0 in unused entries

/// The kernel along the active axes, numbered 0 .. d-1; unused entries are 0.
struct ActiveKernel
{
  int Dimension = 0;
  std::array<ActiveVector, 3> Root{}; ///< W, upper triangular, P = W' W: |W u|^2 = u' P u

  explicit ActiveKernel(const GaussianKernel& kernel);
};

/// A box of evaluation points around Centre, and the sample x_0 that counts most at Centre. All
/// other samples are seen relative to it: with t_i = W (x_i - x_0), y_0 = W (x_0 - Centre) and
/// delta = x - Centre, the summand of sample i is that of x_0 times
///   exp(g_i + delta' u_i),  g_i = log(w_i / w_0) - t_i' (t_i + 2 y_0) / 2,  u_i = W' t_i.
/// The exponent is linear in delta, 0 for x_0, and free of the large squared distances that all
/// samples share far from the cloud. So the sum of these factors is at least 1, never under- or
/// overflows, and samples whose factor stays below Tolerance / n all over the box can go.
struct LocalFrame
{
  ActiveVector Reference{}; ///< x_0
  ActiveVector Offset{};    ///< x_0 - Centre
  ActiveVector Distance{};  ///< y_0
  double LogWeight = 0.0;
  ActiveVector Half{};  ///< half sides of the box: |delta_a| <= Half_a
  ActiveVector Reach{}; ///< |W| Half: bounds |W delta|

  /// The position, in tree order, of the reference sample.
  Index Position = 0;
};

/// A point as the unevaluated sum of two doubles: a node is Origin + index * Spacing exactly.
struct SplitPoint
{
  ActiveVector Value{};
  ActiveVector Remainder{};
};

/// Samples that a point does not count: their positions in tree order, ascending.
struct Excluded
{
  const Index* Positions = nullptr;
  Index Count = 0;

  bool Has(Index position) const
  {
    return std::binary_search(this->Positions, this->Positions + this->Count, position);
  }
};

/// Finds the reference sample for a centre. The search visits boxes that can still hold a better
/// one; its result does not depend on earlier searches.
/// @param excluded  samples that must not be taken.
/// @return a frame whose Half and Reach are 0; Position is -1 if there is no sample to take.
LocalFrame FindFrame(const SampleTree& index, const ActiveKernel& kernel, const SplitPoint& centre,
  const Excluded& excluded = {});

/// Sets the half sides of the frame's box.
void SetExtent(LocalFrame& frame, const ActiveKernel& kernel, const ActiveVector& half);

/// An upper bound of g_i + delta' u_i for all samples i of a box and all |delta_a| <= Half_a;
/// for diagonal H the least one.
double BoundOf(const SampleTree::Box& box, const LocalFrame& frame, const ActiveKernel& kernel);
}
}

#endif
