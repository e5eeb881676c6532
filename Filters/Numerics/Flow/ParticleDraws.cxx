// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Flow/ParticleDraws.h"

#include "Numerics/Base/Random.h"

#include <algorithm>
#include <cmath>
#include <sstream>
#include <stdexcept>

namespace scorefields
{
namespace
{
/// No step of a flow, nor one of those in Random.h.
constexpr std::uint32_t StartStep = 0xfffffffdU;

Eigen::Vector3d NormalVector(const StepMetric& metric, RandomStream& random)
{
  Eigen::Vector3d z = Eigen::Vector3d::Zero();
  for (int a = 0; a < metric.Active.Count; ++a)
  {
    z[metric.Active.Axis[a]] = random.Normal();
  }
  return metric.Factor * z;
}

Eigen::Matrix3Xd AtMean(const CloudMoments& cloud, const ParticleNumbers& numbers)
{
  return cloud.Mean.replicate(1, static_cast<Index>(numbers.size()));
}
}

Eigen::Matrix3Xd DrawNormal(const CloudMoments& cloud, const GaussianKernel& kernel,
  std::uint64_t seed, const ParticleNumbers& numbers, const Domain& domain)
{
  const StepMetric metric(kernel.ActiveAxes(), cloud.Covariance() + kernel.Covariance());
  Eigen::Matrix3Xd points = AtMean(cloud, numbers);
  for (std::size_t i = 0; i < numbers.size(); ++i)
  {
    RandomStream random(seed, numbers[i], StartStep);
    auto point = points.col(static_cast<Index>(i));
    point += NormalVector(metric, random);
    for (int a = 0; a < metric.Active.Count; ++a)
    {
      const int axis = metric.Active.Axis[a];
      if (domain.IsClosed(axis))
      {
        point[axis] = domain.Lower[axis] + random.Uniform() * domain.Length[axis];
      }
    }
  }
  return points;
}

Eigen::Matrix3Xd DrawFromBox(const CloudMoments& cloud, const Axes& axes,
  const Eigen::AlignedBox3d& box, std::uint64_t seed, const ParticleNumbers& numbers)
{
  for (int a = 0; a < axes.Count; ++a)
  {
    const int axis = axes.Axis[a];
    const double side = box.max()[axis] - box.min()[axis];
    if (!(side >= 0.0 && side < 1e300))
    {
      std::ostringstream message;
      message << "StartBounds go from " << box.min()[axis] << " to " << box.max()[axis]
              << " along axis " << axis << "; they must be finite and not decrease";
      throw std::invalid_argument(message.str());
    }
  }
  Eigen::Matrix3Xd points = AtMean(cloud, numbers);
  for (std::size_t i = 0; i < numbers.size(); ++i)
  {
    RandomStream random(seed, numbers[i], StartStep);
    for (int a = 0; a < axes.Count; ++a)
    {
      const int axis = axes.Axis[a];
      points(axis, static_cast<Index>(i)) =
        box.min()[axis] + random.Uniform() * (box.max()[axis] - box.min()[axis]);
    }
  }
  return points;
}

Eigen::VectorXd LogDensityOfNormal(const CloudMoments& cloud, const GaussianKernel& kernel,
  const Eigen::Matrix3Xd& points, const Domain& domain)
{
  Axes open;
  open.Count = 0;
  double uniform = 0.0;
  for (int a = 0; a < kernel.Dimension(); ++a)
  {
    const int axis = kernel.ActiveAxes().Axis[a];
    if (domain.IsClosed(axis))
    {
      uniform -= std::log(domain.Length[axis]);
    }
    else
    {
      open.Axis[open.Count++] = axis;
    }
  }
  Eigen::VectorXd values = Eigen::VectorXd::Constant(points.cols(), uniform);
  if (open.Count == 0)
  {
    return values;
  }
  const GaussianKernel normal(open, cloud.Covariance() + kernel.Covariance());
  for (Index i = 0; i < points.cols(); ++i)
  {
    values[i] += normal.LogPeak() - 0.5 * normal.SquaredDistance(points.col(i) - cloud.Mean);
  }
  return values;
}

namespace
{
/// How many points of a period lattice through x lie in [from, to].
double CountBetween(double from, double to, double x, double period)
{
  return std::floor((to - x) / period) - std::ceil((from - x) / period) + 1.0;
}

/// How many images of a coordinate that was drawn from [from, to] lie there: at least itself.
double ImagesBetween(const Domain& domain, int axis, double from, double to, double x)
{
  double images = 1.0;
  switch (domain.At(axis))
  {
    case Boundary::Open:
      break;
    case Boundary::Periodic:
      images = CountBetween(from, to, x, domain.Length[axis]);
      break;
    case Boundary::Reflecting:
      images = CountBetween(from, to, x, 2.0 * domain.Length[axis]) +
        CountBetween(from, to, 2.0 * domain.Lower[axis] - x, 2.0 * domain.Length[axis]);
      break;
  }
  return std::max(images, 1.0);
}
}

Eigen::VectorXd LogDensityOfBox(const Axes& axes, const Eigen::AlignedBox3d& box,
  const Eigen::Matrix3Xd& points, const Domain& domain)
{
  Eigen::VectorXd values = Eigen::VectorXd::Zero(points.cols());
  for (int a = 0; a < axes.Count; ++a)
  {
    const int axis = axes.Axis[a];
    const double from = box.min()[axis];
    const double to = box.max()[axis];
    for (Index i = 0; i < points.cols(); ++i)
    {
      values[i] += std::log(ImagesBetween(domain, axis, from, to, points(axis, i)) / (to - from));
    }
  }
  return values;
}

Eigen::Matrix3Xd DrawFromSamples(const Samples& samples, const GaussianKernel& kernel, bool noise,
  std::uint64_t seed, const ParticleNumbers& numbers)
{
  const StepMetric metric(kernel.ActiveAxes(), kernel.Covariance());
  Eigen::VectorXd sums(samples.Count());
  double sum = 0.0;
  for (Index i = 0; i < samples.Count(); ++i)
  {
    sum += samples.Weight(i);
    sums[i] = sum;
  }
  Eigen::Matrix3Xd points(3, static_cast<Index>(numbers.size()));
  for (std::size_t i = 0; i < numbers.size(); ++i)
  {
    RandomStream random(seed, numbers[i], StartStep);
    const double* const found =
      std::upper_bound(sums.data(), sums.data() + sums.size(), random.Uniform() * sum);
    const Index sample = std::min<Index>(found - sums.data(), samples.Count() - 1);
    points.col(static_cast<Index>(i)) = samples.Points.col(sample);
    if (noise)
    {
      points.col(static_cast<Index>(i)) += NormalVector(metric, random);
    }
  }
  return points;
}
}
