// SPDX-License-Identifier: BSD-3-Clause
#ifndef Recovery_Edges_h
#define Recovery_Edges_h

#include "Numerics/Base/Execution.h"
#include "Numerics/Recovery/Lattice.h"

#include <array>
#include <vector>

namespace scorefields
{
/// The vectors whose potential is looked for, one for each node of a grid.
struct VectorNodes
{
  const double* Vectors = nullptr; ///< 3 for each node of the grid, 1 / length
  Index3 GridDimensions = Index3::Ones();
  std::vector<unsigned char> Valid; ///< one for each node of the lattice; empty: all are
  std::vector<double> Weights;      ///< likewise, positive where valid; empty: all are 1

  bool IsValid(Index node) const
  {
    return this->Valid.empty() || this->Valid[static_cast<std::size_t>(node)] != 0;
  }
};

/// Differences of a potential u between neighbours of a lattice, as its gradient s gives them.
///
/// Edge e goes from node i to the next node j along an axis with spacing d; both are valid.
/// - Steps: g_e, the integral of s along the edge, by the polynomial through the nodes in line that
///   lie around it and are valid, with i and j = i + 1 in the middle:
///   - six nodes: d (11 s_{i-2} - 93 s_{i-1} + 802 s_i + 802 s_j - 93 s_{j+1} + 11 s_{j+2}) / 1440,
///     with the error d^7 s^(6) 191/60480;
///   - else four: d (-s_{i-1} + 13 s_i + 13 s_j - s_{j+1}) / 24, with the error d^5 s^(4) 11/720;
///   - else four on one side: d (9 s_i + 19 s_j - 5 s_{j+1} + s_{j+2}) / 24, or its mirror image,
///     with the error d^5 s^(4) 19/720;
///   - else the trapezoid d (s_i + s_j) / 2, with the error d^3 s^(2) / 12. That is so between
///     borders or nodes that are not valid only three nodes or fewer apart.
///   The potential is of sixth order inside, and of fourth near borders. A reflecting axis
///   continues beyond its walls as s_{-k} = -s_k along it.
/// - Weights: that of the misfit (u_j - u_i - g_e)^2. The sum over all edges stands for the
/// integral
///   of w |grad u - s|^2: an edge has the volume of a cell for its own, so the weight is
///   w_e d_min^2 / d^2, up to a common factor. w_e is the harmonic mean of the weights of i and j:
///   the variance of the mean of s_i and s_j, if that of s is 1 / w. Cells at a border count whole.
///   Empty if all nodes are valid and weigh the same.
struct Edges
{
  Lattice Nodes;
  Eigen::Vector3d AxisWeight = Eigen::Vector3d::Zero(); ///< d_min^2 / d^2, 0 along a flat axis
  std::array<std::vector<double>, 3> Steps;   ///< at node i, that of the edge from i; 0 without one
  std::array<std::vector<double>, 3> Weights; ///< likewise
  bool IsUniform() const
  {
    return this->Weights[0].empty() && this->Weights[1].empty() && this->Weights[2].empty();
  }
};

Edges MakeEdges(const Lattice& lattice, const VectorNodes& nodes, const Execution& execution);

/// target_i = sum of w_e (u_i - u_j) over the edges of i: the weighted Laplacian D'WD u.
void ApplyLaplacian(
  const Edges& edges, const double* potential, double* target, const Execution& execution);

/// target_i = sum of w_e g_e over the edges that end in i, less those that start there: D'W g.
void GatherSteps(const Edges& edges, double* target, const Execution& execution);

/// sqrt(sum of w_e (g_e - u_j + u_i)^2 / sum of w_e g_e^2): 0 for a gradient, 1 for a field without
/// any, 0 for a field that is 0. The sums run in an order that depends on the lattice alone.
double MisfitShare(const Edges& edges, const double* potential, const Execution& execution);
}

#endif
