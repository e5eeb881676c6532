// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Bandwidth/KernelChoice.h"

#include "Numerics/Bandwidth/BandwidthSelectors.h"
#include "Numerics/Bandwidth/SheatherJones.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <sstream>
#include <stdexcept>
#include <string>

namespace scorefields
{
namespace
{
Samples Thinned(const SampleSource& source, const Axes& axes, double share)
{
  const auto limit = static_cast<std::uint64_t>(
    share * static_cast<double>(std::numeric_limits<std::uint64_t>::max()));
  Samples thinned;
  const Index entries = source.EntryCount();
  thinned.Points.resize(3, entries);
  thinned.Weights.resize(entries);
  Index kept = 0;
  SampleSource::Storage storage;
  ForEachBatch(source, 0, entries, storage,
    [&](const SampleBatch& run)
    {
      for (Index i = 0; i < run.Count; ++i)
      {
        const Eigen::Vector3d point = Eigen::Map<const Eigen::Vector3d>(run.Points + 3 * i);
        if (LocationHash(axes, point) < limit)
        {
          thinned.Points.col(kept) = point;
          thinned.Weights[kept++] = run.Weight(i);
        }
      }
    });
  thinned.Points.conservativeResize(3, kept);
  thinned.Weights.conservativeResize(kept);
  thinned.TotalWeight = thinned.Weights.sum();
  return thinned;
}

std::string TiesOf(const Locations& locations)
{
  std::ostringstream text;
  const double coincident = locations.PointCount - static_cast<double>(locations.Count());
  text << coincident << " of " << locations.PointCount << " points coincide with others";
  return text.str();
}

double DistinctValues(const Locations& locations, int axis)
{
  Eigen::VectorXd values = locations.Points.row(axis);
  std::sort(values.begin(), values.end());
  return static_cast<double>(std::unique(values.begin(), values.end()) - values.begin());
}

/// @param unit  of the bandwidth, in the unit of the points.
std::string ProblemOf(
  const PlugInBandwidth& found, const Locations& locations, int axis, char name, double unit)
{
  const double distinct = DistinctValues(locations, axis);
  const bool tied = distinct < 0.9 * locations.PointCount;
  std::ostringstream text;
  text << locations.PointCount << " points have ";
  if (tied)
  {
    text << "only " << distinct << " different values of " << name << ", and ";
  }
  else
  {
    text << "different values of " << name << ", but ";
  }
  if (found.Bandwidth > 0.0)
  {
    text << "the bandwidth along it is " << found.Bandwidth * unit
         << ", which would show these values one by one";
  }
  else
  {
    text << "the rule's equation has no solution along it";
  }
  return text.str();
}

[[noreturn]] void Refuse(BandwidthRule rule, const std::string& problem)
{
  throw std::invalid_argument(std::string("BandwidthRule \"") + NameOf(rule) +
    "\" finds no bandwidth: " + problem +
    ". Choose the rule \"Normal scale for the gradient\", or Manual and give Bandwidth");
}

KernelChoice CrossValidated(Criterion criterion, const KernelRequest& request,
  const Locations& locations, const Eigen::Matrix3d& shape, const Axes& axes, double thinning,
  const Execution& execution)
{
  const SelectedBandwidth selected = MinimizeCriterion(criterion, locations, execution);
  if (!selected.Found)
  {
    std::ostringstream problem;
    problem << TiesOf(locations) << ", and its objective has no minimum between " << selected.Least
            << " and " << selected.Largest << " standard deviations";
    Refuse(request.Rule, problem.str());
  }
  const double bandwidth =
    request.Scale * selected.Bandwidth * std::pow(thinning, CriterionRate(criterion, axes.Count));
  return { GaussianKernel(axes, bandwidth * bandwidth * shape), selected.Error };
}

KernelChoice PlugIn(const KernelRequest& request, const Locations& locations,
  const Eigen::Matrix3d& shape, const Axes& axes, double thinning)
{
  Eigen::Vector3d lengths = Eigen::Vector3d::Ones();
  double mean = 1.0;
  const double solver = locations.Count() > DirectSheatherJones ? 1e-3 : 1e-9;
  double error = 0.0;
  for (int a = 0; a < axes.Count; ++a)
  {
    const PlugInBandwidth found = SheatherJonesBandwidth(locations, a);
    const int axis = axes.Axis[a];
    if (!(found.Bandwidth > 0.0) || found.TracesTies())
    {
      const double unit = std::sqrt(shape(axis, axis));
      Refuse(request.Rule, ProblemOf(found, locations, a, "xyz"[axis], unit));
    }
    lengths[axis] = request.Scale * found.Bandwidth * std::pow(thinning, 0.2);
    mean *= std::pow(lengths[axis], 1.0 / axes.Count);
    error = std::max(error, std::hypot(found.TiedShare, solver));
  }
  const Eigen::Matrix3d scales = request.Shape == BandwidthShape::PerAxis
    ? Eigen::Matrix3d(lengths.asDiagonal())
    : Eigen::Matrix3d(mean * Eigen::Matrix3d::Identity());
  return { GaussianKernel(axes, scales * shape * scales), error };
}

/// The locations of all parts; of a share of the points if there are very many.
Locations GatherLocations(const SampleSource& local, const Axes& axes, const Domain& domain,
  double share, const Exchange& exchange)
{
  Samples storage;
  if (share < 1.0)
  {
    storage = Thinned(local, axes, share);
  }
  const Samples& part = share < 1.0 ? storage : InMemory(local, storage);
  return FindLocations(exchange.Gather(part), axes, domain);
}

/// A rule that looks at points turns the axes of a covariance into each other, which a period does
/// not allow. (With a reflecting axis there is no correlation.)
void RequirePeriodicAxesAlone(const KernelRequest& request, const Axes& axes, const Domain& domain)
{
  for (int a = 0; a < axes.Count; ++a)
  {
    const int axis = axes.Axis[a];
    if (request.Shape == BandwidthShape::Covariance && axes.Count > 1 &&
      domain.At(axis) == Boundary::Periodic)
    {
      throw std::invalid_argument(std::string("BandwidthRule \"") + NameOf(request.Rule) +
        "\" cannot have BandwidthShape Covariance with a Boundary that is Periodic along " +
        std::string(1, "xyz"[axis]) +
        "; set BandwidthShape to Isotropic or Per axis, or take the"
        " rule \"Normal scale for the gradient\"");
    }
  }
}

// A matrix of the first axes as one of the active axes.
Eigen::Matrix3d OnAxes(const Axes& axes, const Eigen::Matrix3d& compact)
{
  Eigen::Matrix3d matrix = Eigen::Matrix3d::Identity();
  const auto used = axes.Axis.head(axes.Count);
  matrix(used, used) = compact.topLeftCorner(axes.Count, axes.Count);
  return matrix;
}
}

KernelChoice ChooseKernel(const KernelRequest& request, const SampleSource& local,
  const CloudMoments& moments, const Axes& axes, const Exchange& exchange,
  const Execution& execution, const Domain& domain)
{
  if (KindOf(request.Rule) == RuleKind::Manual || !(moments.Count > 0.0))
  {
    return { ResolveKernel(request, moments, axes), 0.0 };
  }
  const CloudMoments own = MomentsIn(domain, axes, local, moments, exchange, execution);
  if (!NeedsSamples(request.Rule))
  {
    return { ResolveKernel(request, own, axes), 0.0 };
  }
  RequireScale(request.Scale);
  RequirePeriodicAxesAlone(request, axes, domain);
  ShapedCovariance(request.Shape, own, axes); // refuses what no rule can work on
  const double share = std::min(1.0, MostSamplesGathered / moments.Count);
  Locations locations = GatherLocations(local, axes, domain, share, exchange);
  // Moments of the sorted locations: the same to the bit however the points are distributed.
  const CloudMoments sorted = MomentsOf(locations);
  const Eigen::Matrix3d shape = ShapedCovariance(request.Shape, sorted, Axes::First(axes.Count));
  Whiten(locations, shape, sorted.Mean);
  const Eigen::Matrix3d onAxes = OnAxes(axes, shape);
  switch (KindOf(request.Rule))
  {
    case RuleKind::SheatherJones:
      return PlugIn(request, locations, onAxes, axes, share);
    case RuleKind::CrossValidation:
      return CrossValidated(
        *CriterionOf(request.Rule), request, locations, onAxes, axes, share, execution);
    case RuleKind::Manual:
    case RuleKind::Covariance:
      break; // chosen above already
  }
  return { ResolveKernel(request, own, axes), 0.0 };
}

std::string RoughBandwidthWarning(const KernelChoice& choice, BandwidthRule rule)
{
  constexpr double largest = 0.2;
  if (!(choice.RelativeError > largest))
  {
    return std::string();
  }
  const char* const reason = KindOf(rule) == RuleKind::SheatherJones
    ? " from points of which many have the same coordinate, as rounded ones do"
    : " from samples of the points";
  std::ostringstream message;
  message << "BandwidthRule \"" << NameOf(rule) << "\" found the bandwidth "
          << choice.Kernel.EquivalentBandwidth() << reason << ", with a relative error of "
          << choice.RelativeError << ". Compare it with another rule, or look at Bandwidth Scan.";
  return message.str();
}

std::string WideKernelWarning(
  const GaussianKernel& kernel, BandwidthShape shape, const CloudMoments& moments)
{
  const Axes& axes = kernel.ActiveAxes();
  const double bandwidth = kernel.EquivalentBandwidth();
  const Eigen::Vector3d extent = moments.Upper - moments.Lower;
  std::string hidden;
  std::string extents;
  int seen = 0;
  for (int a = 0; a < axes.Count; ++a)
  {
    const int axis = axes.Axis[a];
    const bool hides = extent[axis] > 0.0 && bandwidth >= 0.5 * extent[axis];
    seen += extent[axis] > 0.0 && !hides ? 1 : 0;
    if (hides)
    {
      std::ostringstream length;
      length << extent[axis];
      hidden += (hidden.empty() ? "" : " and ") + std::string(1, "xyz"[axis]);
      extents += (extents.empty() ? "" : " and ") + length.str();
    }
  }
  if (shape != BandwidthShape::Isotropic || hidden.empty() || seen == 0)
  {
    return std::string();
  }
  std::ostringstream message;
  message << "The bandwidth is " << bandwidth << ", and the points extend over " << extents
          << " along " << hidden << ", so that the density has a single hump there whatever the"
          << " points are like. Set BandwidthShape to \"Per axis\" if the axes differ in unit or"
          << " scale, or Dimension to " << seen << " to leave " << hidden << " out.";
  return message.str();
}
}
