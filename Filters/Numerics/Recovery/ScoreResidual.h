// SPDX-License-Identifier: BSD-3-Clause
#ifndef Recovery_ScoreResidual_h
#define Recovery_ScoreResidual_h

#include "Numerics/Recovery/Edges.h"

namespace scorefields
{
/// What of a vector field is not the gradient of the potential u, at the nodes of a lattice.
///
/// With g_e as in Edges.h, and e_e = g_e - (u_j - u_i) for the edge e from node i to node j along
/// an axis a with spacing d_a:
/// - Residual_a: the mean of e_e / d_a over the edges along a that begin or end at the node; 1 /
///   length.
/// - Curl: component c is the mean, over the faces of the lattice across c that have the node as a
///   corner and four edges, of the circulation of g around the face over its area; a, b, c in
///   cyclic order, so that d s_b / dx_a - d s_a / dx_b counts positive; 1 / length^2. The curl of
///   a gradient is 0, so this is the curl of the residual too. It does not depend on u.
/// - Divergence: the sum over the axes of (sum of e_e that begin at the node - sum of those that
/// end
///   there) / d_a^2; 1 / length^2. It is the residual of the normal equations without weights: 0
///   to rounding or to the solver's tolerance, where all edges weigh the same. With weights it says
///   where a vector gave way to others that weigh more.
/// All are 0 where there is no edge or face. Errors: that of g over the spacing, d^4; and d^2 from
/// the means, since edges and faces lie half a spacing beside the node.
struct NodeResidual
{
  Eigen::Vector3d Residual = Eigen::Vector3d::Zero();
  Eigen::Vector3d Curl = Eigen::Vector3d::Zero();
  double Divergence = 0.0;
};

/// At a node of the lattice.
NodeResidual ResidualAt(const Edges& edges, const double* potential, const Index3& place);
}

#endif
