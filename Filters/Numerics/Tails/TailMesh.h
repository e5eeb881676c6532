// SPDX-License-Identifier: BSD-3-Clause
#ifndef Tails_TailMesh_h
#define Tails_TailMesh_h

#include "Numerics/Base/Execution.h"
#include "Numerics/Base/Fft.h"
#include "Numerics/Transform/MeshPlan.h"
#include "Numerics/Transform/Spreading.h"

#include <array>
#include <optional>

namespace scorefields
{
/// The part of a mesh of spread samples that holds weight, taken off the torus: node (i, j, k) lies
/// at Lines[a].First + i * Lines[a].Spacing along mesh axis a, relative to the grid's origin.
struct TailMesh
{
  struct Line
  {
    double First = 0.0;
    double Spacing = 1.0;
    Index Size = 1;
  };
  int Dimension = 1;
  int Order = 2;
  std::array<Line, 3> Lines; ///< beyond Dimension: one node
  FftBuffer<double> Values;  ///< the first axis fastest

  /// Where a node lies along a mesh axis.
  double Place(Index axis, Index node) const
  {
    const Line& line = this->Lines[static_cast<std::size_t>(axis)];
    return line.First + static_cast<double>(node) * line.Spacing;
  }
  Index Size() const { return this->Lines[0].Size * this->Lines[1].Size * this->Lines[2].Size; }
};

/// The mesh's weights with their places in space; none if these are not unique: with a closed axis,
/// with samples dropped, or where the cloud fills the period. Cost: two passes over the mesh.
std::optional<TailMesh> Unwrapped(
  const MeshPlan& plan, const CloudSummary& cloud, const Mesh& mesh, const Execution& execution);

/// The same samples spread to a mesh of twice the spacing, by the two-scale relation of splines,
///   B_p(x / 2) = 2^(1-p) sum_k C(p, k) B_p(x + p/2 - k),
/// exactly: all terms are positive. For odd p the new nodes lie between the old ones.
TailMesh Coarsened(const TailMesh& mesh, const Execution& execution);
}

#endif
