// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Products/ProductPlan.h"

#include "Numerics/Products/AxisKernel.h"
#include "Numerics/Transform/BSpline.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace scorefields
{
namespace
{
/// Seconds on one core, roughly, measured with AVX2 (tests/benchmarks): only their ratios matter.
constexpr double PerProduct = 3e-11;
constexpr double PerSample = 12e-9;
constexpr double PerSplineRow = 1e-9;
constexpr double PerMeshNode = 4e-9;
constexpr double ShareOfUse = 0.1;   ///< of the time to spread, where a mesh is used again
constexpr double FavourOfKept = 0.4; ///< the same, so that not every step spreads anew
constexpr double PerNodeLeft[3] = { 2e-7, 5e-7, 4e-6 };

/// Share of the tolerance for terms beyond Band, and for aliases; twice the latter is spent
/// (ProductSum.h), the rest is for rounding and for samples that are left out beforehand.
constexpr double BandShare = 0.05;
constexpr double AliasShare = 0.25;

/// Along one axis of the mesh.
struct Stretch
{
  double Bandwidth = 1.0;
  double Low = 0.0; ///< of the samples; of the box along a closed axis
  double High = 0.0;
  bool Closed = false;
  double Nodes = 1.0; ///< of the grid
  double NodesLow = 0.0;
  double NodesHigh = 0.0;
  double Mean = 0.0; ///< of the cloud
  double Deviation = 0.0;
};

std::array<Stretch, 3> StretchesOf(const Grid& grid, const GaussianKernel& kernel,
  const CloudMoments& samples, const CloudMoments& cloud, const std::array<Boundary, 3>& boundaries)
{
  std::array<Stretch, 3> stretches;
  const Eigen::Matrix3d covariance = cloud.Covariance();
  for (int a = 0; a < kernel.Dimension(); ++a)
  {
    const int axis = kernel.ActiveAxes().Axis[a];
    Stretch& stretch = stretches[static_cast<std::size_t>(a)];
    const Boundary boundary = boundaries[static_cast<std::size_t>(axis)];
    stretch.Bandwidth = kernel.AxisBandwidths()[axis];
    stretch.Nodes = static_cast<double>(grid.Dimensions[axis]);
    stretch.NodesLow = grid.Origin[axis];
    stretch.NodesHigh = grid.Origin[axis] + (stretch.Nodes - 1.0) * grid.Spacing[axis];
    stretch.Closed = boundary != Boundary::Open && grid.Dimensions[axis] > 1;
    stretch.Low = stretch.Closed ? stretch.NodesLow : samples.Lower[axis];
    stretch.High = stretch.Closed ? stretch.NodesHigh : samples.Upper[axis];
    stretch.Mean = cloud.Mean[axis];
    stretch.Deviation = std::sqrt(covariance(axis, axis));
    if (stretch.Closed && boundary == Boundary::Reflecting)
    {
      stretch.High += stretch.High - stretch.Low; // the period holds the mirror image, too
    }
  }
  return stretches;
}

/// About how far below K(0) the logarithm of the density is at a lattice of a few nodes, twice:
/// squares of what reaches they need. The nearest sample is taken to lie where a normal cloud of
/// that many samples with these moments ends, and in the samples' box.
std::vector<double> ReachesNeeded(
  const std::array<Stretch, 3>& stretches, int dimension, double count)
{
  constexpr int Steps = 24;
  const double edge = std::sqrt(2.0 * std::log(std::max(count, 2.0)));
  std::vector<double> needed;
  const int layers = dimension > 2 ? Steps : 1;
  const int rows = dimension > 1 ? Steps : 1;
  for (int node = 0; node < layers * rows * Steps; ++node)
  {
    const std::array<int, 3> place{ { node % Steps, node / Steps % Steps,
      node / (Steps * Steps) } };
    double box = 0.0;
    double cloud = 0.0;    // squared distance from the mean in deviations,
    double straight = 0.0; // and in bandwidths
    for (std::size_t a = 0; a < static_cast<std::size_t>(dimension); ++a)
    {
      const Stretch& s = stretches[a];
      const double x = s.NodesLow + (s.NodesHigh - s.NodesLow) * (place[a] / (Steps - 1.0));
      const double away = s.Closed ? 0.0 : std::max({ s.Low - x, x - s.High, 0.0 });
      const double off = s.Closed ? 0.0 : x - s.Mean;
      box += away * away / (s.Bandwidth * s.Bandwidth);
      cloud += s.Deviation > 0.0 ? off * off / (s.Deviation * s.Deviation) : 0.0;
      straight += off * off / (s.Bandwidth * s.Bandwidth);
    }
    const double beyond = cloud > edge * edge ? 1.0 - edge / std::sqrt(cloud) : 0.0;
    needed.push_back(
      std::max(box, straight * beyond * beyond) + 2.0 * std::log(std::max(count, 1.0)));
  }
  std::sort(needed.begin(), needed.end());
  return needed;
}

/// The shares of the nodes that are beyond each of Reaches: as counted, or else estimated.
NodesBeyond SharesBeyond(const std::array<Stretch, 3>& stretches, const Grid& grid, int dimension,
  double count, const ProductWish& wish)
{
  NodesBeyond shares{};
  const std::vector<double> needed =
    wish.Beyond ? std::vector<double>() : ReachesNeeded(stretches, dimension, count);
  for (std::size_t k = 0; k < Reaches.size(); ++k)
  {
    const auto first = std::upper_bound(needed.begin(), needed.end(), Reaches[k] * Reaches[k]);
    shares[k] = wish.Beyond
      ? std::min(1.0, (*wish.Beyond)[k] / static_cast<double>(grid.Size()))
      : static_cast<double>(needed.end() - first) / static_cast<double>(needed.size());
  }
  return shares;
}

/// Nodes of a mesh along a stretch.
double SizeAlong(const Stretch& stretch, int order, double resolution)
{
  const double length = (stretch.High - stretch.Low) / stretch.Bandwidth;
  return std::ceil(length * resolution) + (stretch.Closed ? 1.0 : order + 2.0);
}

/// The time of all passes (ProductSum.h).
double ProductSeconds(const std::array<Stretch, 3>& stretches, int dimension, int order,
  double resolution, double band, const ProductWish& wish)
{
  std::array<double, 3> mesh{ { 1.0, 1.0, 1.0 } };
  double before = 1.0; // nodes of the grid along the axes that are summed already
  double size = 1.0;
  for (std::size_t a = 0; a < static_cast<std::size_t>(dimension); ++a)
  {
    mesh[a] = SizeAlong(stretches[a], order, resolution);
    size *= mesh[a];
  }
  double rest = size;
  double products = 0.0;
  for (std::size_t a = 0; a < static_cast<std::size_t>(dimension); ++a)
  {
    // Sums after this axis: multi-indices over the axes so far of at most that order.
    const double axes = static_cast<double>(a) + 1.0;
    const double sums = wish.Derivatives == 0
      ? 1.0
      : (wish.Derivatives == 1 ? 1.0 + axes : 1.0 + axes + 0.5 * axes * (axes + 1.0));
    rest /= mesh[a];
    before *= stretches[a].Nodes;
    products += sums * before * rest * std::min(mesh[a], 2.0 * band * resolution);
  }
  return PerProduct * products + PerMeshNode * size;
}

/// The time to spread the samples.
double SpreadSeconds(int dimension, int order, double count)
{
  const double rows = std::pow(order, dimension - 1) * (order > 8 ? 2.8 : 1.2);
  return count * (PerSample + PerSplineRow * rows);
}

MeshAxis AxisOf(const Grid& grid, const Stretch& stretch, int axis, int order, double resolution)
{
  MeshAxis mesh;
  mesh.Axis = axis;
  mesh.KeepAbove = -std::numeric_limits<double>::infinity();
  mesh.KeepUpTo = std::numeric_limits<double>::infinity();
  mesh.NodeSpacing = grid.Spacing[axis];
  mesh.Size = static_cast<Index>(SizeAlong(stretch, order, resolution));
  if (stretch.Closed)
  {
    mesh.Size = std::max<Index>(mesh.Size, order + 1); // a spline meets itself nowhere
    mesh.Size += mesh.Size % 2;
    mesh.Origin = stretch.Low;
    mesh.Period = stretch.High - stretch.Low;
    mesh.Spacing = mesh.Period / static_cast<double>(mesh.Size);
  }
  else
  {
    mesh.Spacing = stretch.Bandwidth / resolution;
    mesh.Period = mesh.Spacing * static_cast<double>(mesh.Size);
    mesh.Origin = stretch.Low - mesh.Spacing * (order / 2 + 1);
  }
  mesh.Resolution = stretch.Bandwidth / mesh.Spacing;
  return mesh;
}

/// The same axis of a mesh for another bandwidth and grid.
MeshAxis KeptAxisOf(MeshAxis kept, const Grid& grid, const Stretch& stretch)
{
  kept.NodeSpacing = grid.Spacing[kept.Axis];
  kept.Resolution = stretch.Bandwidth / kept.Spacing;
  return kept;
}

/// How many images of a sample may come within `reach` of a node.
double ImagesWithin(const std::array<Stretch, 3>& stretches, int dimension, double reach)
{
  double images = 1.0;
  for (std::size_t a = 0; a < static_cast<std::size_t>(dimension); ++a)
  {
    const Stretch& s = stretches[a];
    images *= s.Closed ? 2.0 + std::floor(4.0 * reach * s.Bandwidth / (s.High - s.Low)) : 1.0;
  }
  return images;
}

/// A mesh that is tried.
struct Candidate
{
  int Order = 0;
  double Reach = 0.0;
  double Resolution = 0.0;
  double Band = 0.0;
  double Seconds = std::numeric_limits<double>::infinity();
  bool ServesAll = false;
};

/// In bandwidths: terms farther than this hold less than their share of the tolerance.
double BandOf(double reach, double amplified, double tolerance, int order, double resolution)
{
  return std::sqrt(reach * reach + 2.0 * std::log(amplified / (BandShare * tolerance))) +
    0.5 * order / resolution;
}

Candidate Try(const std::array<Stretch, 3>& stretches, int dimension, int order, double reach,
  const CloudMoments& samples, const ProductWish& wish)
{
  const double amplified = Amplification(wish.Derivatives, reach, order);
  const double share = AliasShare * wish.Tolerance / amplified;
  Candidate tried;
  tried.Order = order;
  tried.Reach = reach;
  tried.Resolution =
    std::max(AxisKernel::LeastResolution, reach / (2.0 * Pi) * std::pow(0.4 * share, -1.0 / order));
  tried.Band = BandOf(reach, amplified, wish.Tolerance, order, tried.Resolution);
  double size = 1.0;
  for (std::size_t a = 0; a < static_cast<std::size_t>(dimension); ++a)
  {
    size *= SizeAlong(stretches[a], order, tried.Resolution);
  }
  if (size <= wish.MaximumMesh)
  {
    tried.Seconds =
      ProductSeconds(stretches, dimension, order, tried.Resolution, tried.Band, wish) +
      (wish.Spare ? ShareOfUse : 1.0) * SpreadSeconds(dimension, order, samples.Count);
  }
  return tried;
}

/// What a reach leaves over: the time for that.
double SecondsLeft(const Grid& grid, int dimension, double count, double beyond)
{
  return beyond * static_cast<double>(grid.Size()) * PerNodeLeft[dimension - 1] +
    (beyond > 0.0 ? 1e-2 + count * PerSample : 0.0);
}

/// The fastest one, with the time for what it leaves over; infinitely slow if all are too large.
Candidate Fastest(const std::array<Stretch, 3>& stretches, const Grid& grid, int dimension,
  const CloudMoments& samples, const CloudMoments& cloud, const ProductWish& wish)
{
  const NodesBeyond shares = SharesBeyond(stretches, grid, dimension, cloud.Count, wish);
  Candidate best;
  for (std::size_t k = 0; k < Reaches.size(); ++k)
  {
    const double reach = Reaches[k];
    const double beyond = shares[k];
    const double left = SecondsLeft(grid, dimension, cloud.Count, beyond);
    for (const int order : SplineOrders)
    {
      if (reach > wish.LeastReach && order >= AxisKernel::LeastOrder && order <= reach * reach)
      {
        Candidate tried = Try(stretches, dimension, order, reach, samples, wish);
        tried.Seconds += left;
        tried.ServesAll = beyond == 0.0;
        best = tried.Seconds < best.Seconds ? tried : best;
      }
    }
  }
  return best;
}

/// Bandwidth over spacing of a mesh that is kept, the same along all axes; 0 if the mesh is of
/// another box, other axes or another shape of kernel.
double ResolutionOfKept(const std::array<Stretch, 3>& stretches, const GaussianKernel& kernel,
  const std::array<Boundary, 3>& boundaries, const ProductPlan& kept)
{
  double least = std::numeric_limits<double>::infinity();
  double most = 0.0;
  for (std::size_t a = 0; a < static_cast<std::size_t>(kernel.Dimension()); ++a)
  {
    const MeshAxis& axis = kept.Mesh.Axes[a];
    const Stretch& stretch = stretches[a];
    const double half = 0.5 * kept.Mesh.Order * axis.Spacing;
    const double last = axis.Origin + axis.Spacing * static_cast<double>(axis.Size - 1);
    const bool covers = stretch.Closed
      ? axis.Origin == stretch.Low && axis.Period == stretch.High - stretch.Low
      : axis.Origin <= stretch.Low - half && last >= stretch.High + half;
    const bool mirrors =
      stretch.Closed && boundaries[static_cast<std::size_t>(axis.Axis)] == Boundary::Reflecting;
    if (axis.Axis != kernel.ActiveAxes().Axis[static_cast<Index>(a)] || !covers ||
      kept.Closed[a] != stretch.Closed || axis.Mirror != mirrors)
    {
      return 0.0;
    }
    least = std::min(least, stretch.Bandwidth / axis.Spacing);
    most = std::max(most, stretch.Bandwidth / axis.Spacing);
  }
  return kept.Mesh.Dimension == kernel.Dimension() && most <= 1.01 * least ? least : 0.0;
}

/// The fastest reach with a mesh that is kept; infinitely slow if the mesh does not do.
Candidate FastestOfKept(const std::array<Stretch, 3>& stretches, const Grid& grid, int dimension,
  double resolution, int order, const CloudMoments& cloud, const ProductWish& wish)
{
  const NodesBeyond shares = SharesBeyond(stretches, grid, dimension, cloud.Count, wish);
  Candidate best;
  for (std::size_t k = 0; k < Reaches.size(); ++k)
  {
    const double reach = Reaches[k];
    const double amplified = Amplification(wish.Derivatives, reach, order);
    const double share = 0.5 * AliasShare * wish.Tolerance / amplified;
    const bool does = resolution >= AxisKernel::LeastResolution && reach > wish.LeastReach &&
      order <= reach * reach && AxisKernel::AliasShare(order, resolution, reach) <= share;
    const double beyond = shares[k];
    Candidate tried;
    tried.Order = order;
    tried.Reach = reach;
    tried.Resolution = resolution;
    tried.ServesAll = beyond == 0.0;
    tried.Band = BandOf(reach, amplified, wish.Tolerance, order, resolution);
    tried.Seconds = ProductSeconds(stretches, dimension, order, resolution, tried.Band, wish) +
      SecondsLeft(grid, dimension, cloud.Count, beyond);
    best = does && tried.Seconds < best.Seconds ? tried : best;
  }
  return best;
}

/// What aliases allow, and the candidate has.
double ResolutionNeeded(const Candidate& candidate, const ProductWish& wish)
{
  const double share =
    AliasShare * wish.Tolerance / Amplification(wish.Derivatives, candidate.Reach, candidate.Order);
  return std::max(
    candidate.Resolution, AxisKernel::ResolutionFor(candidate.Order, candidate.Reach, 0.5 * share));
}

void Describe(const Candidate& best, const ProductWish& wish, int dimension, ProductPlan& plan)
{
  plan.Tolerance = wish.Tolerance;
  plan.Reach = best.Reach;
  plan.Band = best.Band;
  plan.Seconds = best.Seconds;
  plan.ServesAll = best.ServesAll;
  plan.Mesh.Order = best.Order;
  plan.Mesh.Dimension = dimension;
  plan.Mesh.Deconvolve = true;
}

/// Makes a candidate finer, where that is cheap.
void AddSpare(const std::array<Stretch, 3>& stretches, int dimension, double count,
  const ProductWish& wish, Candidate& best)
{
  const double finer = SpareResolution * best.Resolution;
  double size = 1.0;
  for (std::size_t a = 0; a < static_cast<std::size_t>(dimension); ++a)
  {
    size *= SizeAlong(stretches[a], best.Order, finer);
  }
  const double more = ProductSeconds(stretches, dimension, best.Order, finer, best.Band, wish) -
    ProductSeconds(stretches, dimension, best.Order, best.Resolution, best.Band, wish);
  if (size <= wish.MaximumMesh && more < 0.5 * SpreadSeconds(dimension, best.Order, count))
  {
    best.Resolution = finer;
  }
}
}

NodesBeyond CountBeyond(const double* logDensity, Index count, double logPeak)
{
  NodesBeyond nodes{};
  for (Index node = 0; node < count; ++node)
  {
    const double needed = std::sqrt(std::max(0.0, 2.0 * (logPeak - logDensity[node])));
    const auto first = std::lower_bound(Reaches.begin(), Reaches.end(), needed);
    nodes[0] += first == Reaches.begin() ? 0.0 : 1.0;
    for (auto reach = Reaches.begin() + 1; reach < first; ++reach)
    {
      nodes[static_cast<std::size_t>(reach - Reaches.begin())] += 1.0;
    }
  }
  return nodes;
}

double Amplification(int derivatives, double reach, int order)
{
  const double slope = reach + 1.0 + order / reach;
  return derivatives == 0 ? 1.0 : (derivatives == 1 ? slope : 5.0 * slope * slope);
}

std::optional<ProductPlan> PlanProducts(const Grid& grid, const GaussianKernel& kernel,
  const CloudMoments& samples, const CloudMoments& cloud, const std::array<Boundary, 3>& boundaries,
  const ProductWish& wish, const ProductPlan* kept)
{
  const int dimension = kernel.Dimension();
  const auto stretches = StretchesOf(grid, kernel, samples, cloud, boundaries);
  Candidate best = Fastest(stretches, grid, dimension, samples, cloud, wish);
  const double resolution = kept ? ResolutionOfKept(stretches, kernel, boundaries, *kept) : 0.0;
  const Candidate again = resolution > 0.0
    ? FastestOfKept(stretches, grid, dimension, resolution, kept->Mesh.Order, cloud, wish)
    : Candidate();
  if (!std::isfinite(std::min(best.Seconds, again.Seconds)))
  {
    return std::nullopt;
  }
  ProductPlan plan;
  const double spread = SpreadSeconds(dimension, best.Order, samples.Count);
  plan.IsKept = again.Seconds <= best.Seconds + (wish.Spare ? FavourOfKept * spread : 0.0);
  if (plan.IsKept)
  {
    best = again;
  }
  else if (wish.Spare)
  {
    AddSpare(stretches, dimension, samples.Count, wish, best);
  }
  Describe(best, wish, dimension, plan);
  plan.Images = ImagesWithin(stretches, dimension, best.Band);
  const double needed = ResolutionNeeded(best, wish);
  for (int a = 0; a < dimension; ++a)
  {
    const auto i = static_cast<std::size_t>(a);
    const int axis = kernel.ActiveAxes().Axis[a];
    plan.Closed[i] = stretches[i].Closed;
    plan.Mesh.Axes[i] = plan.IsKept ? KeptAxisOf(kept->Mesh.Axes[i], grid, stretches[i])
                                    : AxisOf(grid, stretches[i], axis, best.Order, needed);
    plan.Mesh.Axes[i].Mirror =
      stretches[i].Closed && boundaries[static_cast<std::size_t>(axis)] == Boundary::Reflecting;
  }
  return plan;
}
}
