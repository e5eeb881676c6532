// SPDX-License-Identifier: BSD-3-Clause
#ifndef Products_ProductPlan_h
#define Products_ProductPlan_h

#include "Numerics/Base/Boundary.h"
#include "Numerics/Base/GaussianKernel.h"
#include "Numerics/Cloud/CloudMoments.h"
#include "Numerics/Transform/MeshPlan.h"

#include <array>
#include <optional>

namespace scorefields
{
/// Reaches that are tried, in bandwidths; beyond, the exact sums have few samples to look at.
constexpr std::array<double, 11> Reaches{ { 6.0, 7.0, 8.0, 9.0, 10.0, 12.0, 14.0, 16.0, 18.0, 21.0,
  24.0 } };
/// For each of Reaches, how many nodes of a grid are beyond it.
using NodesBeyond = std::array<double, Reaches.size()>;

/// Of nodes whose log density is known. @param logPeak  the kernel's.
NodesBeyond CountBeyond(const double* logDensity, Index count, double logPeak);

/// What a sum over a mesh is to give.
struct ProductWish
{
  /// Relative error of the density and absolute error of its logarithm; with derivatives also of
  /// the score in units of 1 / bandwidth, and of the Hessian in units of 1 / bandwidth^2.
  double Tolerance = 1e-4;
  int Derivatives = 0;      ///< 0: the density alone, 1: its gradient, 2: its second derivatives
  double MaximumMesh = 0.0; ///< most nodes of the mesh
  double LeastReach = 0.0;  ///< a plan that reaches no farther than this is of no use
  /// Whether the mesh is to be used again, for other bandwidths. Then a tenth of the time to spread
  /// the samples counts for each use. The mesh may be finer than this kernel needs, so that it
  /// serves narrower ones too: by SpareResolution, if that costs less than half of spreading.
  bool Spare = false;
  /// What was counted for about this bandwidth and grid; null: it is estimated from the moments.
  const NodesBeyond* Beyond = nullptr;
};

/// How many times narrower a kernel may be for a mesh with spare resolution.
constexpr double SpareResolution = 1.5;

/// By how much derivatives of the log density are more wrong than the density, in units of the
/// bandwidth, if the error is that of splines of order p, epsilon(r) = (r c)^p, for samples up to R
/// bandwidths away: with m = R + 1 + p / R (the terms' own slopes and that of epsilon) m for the
/// score; for the Hessian m^2, and twice that for each of the two factors of score score'.
double Amplification(int derivatives, double reach, int order);

/// A mesh for the sums over it (ProductSum.h), and how far into the tails they hold.
///
/// The mesh covers the cloud; along a closed axis it covers one period. By Reach, in bandwidths, a
/// node is served if its density is at least K(0) exp(-Reach^2 / 2) times the number of images that
/// a sample has: samples farther than Reach then hold so little of the sum that the aliases of all
/// samples together (AxisKernel.h) stay within half the tolerance.
struct ProductPlan
{
  MeshPlan Mesh;
  double Reach = 0.0;
  double Tolerance = 1e-4; ///< of the wish
  /// Terms farther than this along an axis are left out; in bandwidths, half a spline included.
  double Band = 0.0;
  std::array<bool, 3> Closed{ { false, false, false } }; ///< by mesh axis: the mesh is a circle
  double Images = 1.0;    ///< how many images of a sample may lie within Reach of a node
  double Seconds = 0.0;   ///< rough cost on one core
  bool ServesAll = false; ///< no node of the grid is farther than Reach, as far as the boxes tell
  bool IsKept = false;    ///< the mesh is the one of the kept plan
};

/// The cheapest plan for one kernel, by a model with measured constants: splines of high order need
/// few nodes, those of low order little time per sample; a far reach needs a finer mesh, a near one
/// leaves nodes over.
/// @param samples  that are spread, of all parts; `cloud` is what they are taken from, whose shape
///                 tells what reach the nodes need. @pre the kernel is diagonal.
/// @param kept     the plan of a mesh that holds these samples already, whatever the kernel and the
///                 grid; null: none. It is taken where it does and costs less than another mesh.
/// @return none if each of the meshes would have too many nodes.
std::optional<ProductPlan> PlanProducts(const Grid& grid, const GaussianKernel& kernel,
  const CloudMoments& samples, const CloudMoments& cloud, const std::array<Boundary, 3>& boundaries,
  const ProductWish& wish, const ProductPlan* kept = nullptr);
}

#endif
