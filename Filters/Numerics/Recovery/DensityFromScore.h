// SPDX-License-Identifier: BSD-3-Clause
#ifndef Recovery_DensityFromScore_h
#define Recovery_DensityFromScore_h

#include "Numerics/Base/Execution.h"
#include "Numerics/Recovery/ConjugateGradients.h"
#include "Numerics/Recovery/Edges.h"
#include "Numerics/Recovery/Islands.h"
#include "Numerics/Recovery/Lattice.h"
#include "Numerics/Recovery/ScoreNodes.h"

namespace scorefields
{
/// Where results go, for each node of the grid; null: not wanted.
struct RecoveryView
{
  double* LogDensity = nullptr;
  double* Density = nullptr;
  int* Island = nullptr;        ///< from 1 on, the largest first; 0: not valid
  double* Residual = nullptr;   ///< 3, as in ScoreResidual.h
  double* Curl = nullptr;       ///< 3
  double* Divergence = nullptr; ///< 1
};

struct RecoveryReport
{
  SolverReport Solver;
  double MisfitShare = 0.0;     ///< as in Edges.h
  Index Nodes = 0;              ///< valid nodes of the lattice
  Index SingleNodes = 0;        ///< islands of one node
  Index UnknownMasses = 0;      ///< islands whose mass relative to the others is a guess
  Eigen::VectorXd IslandMasses; ///< share of each island in the integral of the density
};

/// What LogDensity is at nodes that are not valid: the logarithm of the smallest normal double,
/// about -708, which stands for a density of 0 in all of the project.
double LogOfNoDensity();

/// A density whose score is, in the sense of least squares, a given vector field: the potential u
/// that minimises the sum over the edges of w_e (u_j - u_i - g_e)^2 (Edges.h), exp(u) normalised.
///
/// 1. The lattice, the valid nodes and their weights (ScoreNodes.h) and the islands.
/// 2. The edges.
/// 3. The normal equations D'WD u = D'W g. Where all nodes are valid and weigh the same, by real
///    Fourier transforms, exactly (BoxPoisson.h). Else by conjugate gradients whose preconditioner
///    is S^-1 R (L + c)^-1 R' S^-1: L is D'D on the whole box, solved by the same transforms, R
///    takes the valid nodes, S has the roots of the weights, and c is the Rayleigh quotient of L
///    and these roots (Concus, Golub 1973). With a mask alone S = 1 and c = 0.
/// 4. The gauge. The density's integral over the valid nodes is 1, each counting its Measure
///    (Lattice.h). Between islands nothing is known; IslandOffsets (Islands.h) says what is done.
///    An island of one node has no edges: its value follows from the gauge alone.
/// 5. The residuals (ScoreResidual.h).
///
/// Error in the bulk: of fourth order in the spacing, or better, with at least four valid nodes in
/// each line (Edges.h).
/// Memory: about 6 values per node, 12 with a mask or weights. Cost: O(N log N), times the
/// iterations with a mask or weights. Results do not depend on the number of threads to the last
/// bit.
class DensityFromScore
{
public:
  /// Steps 1 and 2. Score, Mask and Weights are not looked at afterwards.
  /// @throws std::invalid_argument like ReadNodes.
  DensityFromScore(const ScoreNodes& input, const Execution& execution);

  /// Steps 3 to 5.
  /// @param masses  one for each island, in any unit, 0 where it is not known; or empty.
  /// @throws std::invalid_argument if the solver does not converge.
  RecoveryReport Recover(const SolverLimits& limits, const Eigen::VectorXd& masses,
    const RecoveryView& view, const Execution& execution) const;

  const Islands& FoundIslands() const { return this->Parts; }
  /// The island at the node nearest to a place, which is given in spacings from the first node; 0
  /// where the node is not valid, and beyond half a spacing outside of an open box. Periodic axes
  /// repeat the box, reflecting ones mirror it.
  int IslandAt(const Eigen::Vector3d& place) const;
  /// Memory in bytes that a recovery takes beside its results.
  static double MemoryFor(const Index3& dimensions, bool iterative);

private:
  Index3 GridDimensions;
  Lattice Nodes;
  VectorNodes Values;
  Islands Parts;
  Edges Differences;
};
}

#endif
