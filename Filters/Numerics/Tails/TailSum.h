// SPDX-License-Identifier: BSD-3-Clause
#ifndef Tails_TailSum_h
#define Tails_TailSum_h

#include "Numerics/Base/Execution.h"
#include "Numerics/Tails/TailCensus.h"
#include "Numerics/Tails/TailMesh.h"

#include <memory>
#include <optional>
#include <vector>

namespace scorefields
{
/// A kernel density in the tails, from the mesh that the transform's samples were spread to.
///
/// The transform's error is absolute; that of the sum
///   f(x) = 1/W sum_j m_j prod_a k_a(x_a - z_ja)
/// over the same mesh is relative, as all its terms are positive (TailKernel.h): for a sample at a
/// distance of r_a bandwidths along each axis, at most sum_a epsilon_a(r_a) of its own summand. The
/// sum is done tile by tile of the grid (AxisSums.h), over the part of the mesh that counts there
/// (TailReach.h), on the coarsest of the meshes made from each other by doubling the spacing
/// (TailMesh.h) that still meets the tolerance at the distances of that part.
/// The tolerance is shared out: a quarter for what is left out of the sums, and half for the
/// aliases, of it half for samples beyond TailKernel::Near.
///
/// Cost per node: some hundreds of products in two dimensions, whatever the number of samples.
class TailSum
{
public:
  /// Whether it is worth it for a kernel and a grid: a diagonal H, and a grid fine enough for tiles
  /// of many nodes within two bandwidths. Else Evaluate does nothing.
  static bool Serves(const Grid& grid, const GaussianKernel& kernel);

  /// For the mesh of a plan before it is transformed. Null if it cannot serve: closed axes, dropped
  /// samples, splines of low order.
  static std::shared_ptr<const TailSum> Of(
    const MeshPlan& plan, const CloudSummary& cloud, const Mesh& mesh, const Execution& execution);

  TailSum(const TailSum&) = delete;
  TailSum& operator=(const TailSum&) = delete;
  double Bytes() const;

  struct Task
  {
    const GaussianKernel& Kernel;
    const Grid& Nodes;
    const NodeBlock& Block;
    /// Density, LogDensity, Score and EffectiveSampleSize are written; others must be null.
    const FieldView& Fields;
    double TotalWeight;
    double SampleCount;
    /// Relative error of the density and absolute error of its logarithm; h times that of the score
    /// stays below 2 (r + 1) times this, r the distance of the farthest sample that counts.
    /// Below 1e-6 nothing is evaluated.
    double Tolerance;
  };

  /// Evaluates the task's fields at the flagged nodes, where the bound holds, and clears the flags
  /// of those. Tiles are those of the whole grid: blocks of a grid get what the whole would.
  /// The result does not depend on the number of threads, to the bit.
  void Evaluate(const Task& task, unsigned char* wanted, const Execution& execution) const;

private:
  TailSum(std::vector<TailMesh> levels, std::array<int, 3> axes, const Index3& side,
    const Execution& execution);

  std::vector<TailMesh> Levels; ///< each of twice the spacing of the one before
  std::array<int, 3> Axes;      ///< of the grid, by mesh axis
  TailCensus Census;            ///< of the first level
};
}

#endif
