// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Bandwidth/LocationImages.h"

#include <algorithm>
#include <cmath>

namespace scorefields
{
namespace
{
/// The images along one axis: sign and shift.
struct AxisImage
{
  double Sign;
  double Shift;
};

std::vector<AxisImage> ImagesAlong(const Domain& box, int axis, double reach)
{
  std::vector<AxisImage> images{ { 1.0, 0.0 } };
  const double length = box.Length[axis];
  const double lower = box.Lower[axis];
  // The image in the k-th box beside this one leaves k - 1 boxes between them.
  for (double k = 1.0; box.IsClosed(axis) && (k - 1.0) * length <= reach; ++k)
  {
    const bool mirrored = box.At(axis) == Boundary::Reflecting && std::fmod(k, 2.0) != 0.0;
    if (mirrored)
    {
      // About the wall (k + 1) / 2 boxes above the lower end, and that (k - 1) / 2 boxes below it.
      images.push_back({ -1.0, 2.0 * lower + (k + 1.0) * length });
      images.push_back({ -1.0, 2.0 * lower - (k - 1.0) * length });
    }
    else
    {
      images.push_back({ 1.0, k * length });
      images.push_back({ 1.0, -k * length });
    }
  }
  return images;
}
}

std::vector<LocationImage> ImagesOf(const Domain& box, double reach)
{
  std::vector<LocationImage> images;
  for (const AxisImage& z : ImagesAlong(box, 2, reach))
  {
    for (const AxisImage& y : ImagesAlong(box, 1, reach))
    {
      for (const AxisImage& x : ImagesAlong(box, 0, reach))
      {
        images.push_back({ { x.Sign, y.Sign, z.Sign }, { x.Shift, y.Shift, z.Shift } });
      }
    }
  }
  images.erase(images.begin()); // the box itself
  return images;
}

double ReachOf(double bandwidth)
{
  return bandwidth * std::sqrt(2.0 * std::log(1e12));
}

ImagedLocations WithImages(const Locations& locations, double reach)
{
  double distance = reach;
  for (int axis = 0; axis < 3; ++axis)
  {
    distance = std::max(distance, locations.Box.IsClosed(axis) ? locations.Box.Length[axis] : 0.0);
  }
  ImagedLocations result;
  result.Images = ImagesOf(locations.Box, distance);
  const Eigen::Array3d lower = locations.Points.rowwise().minCoeff().array() - distance;
  const Eigen::Array3d upper = locations.Points.rowwise().maxCoeff().array() + distance;
  std::vector<double> points(
    locations.Points.data(), locations.Points.data() + locations.Points.size());
  for (Index i = 0; i < locations.Count(); ++i)
  {
    result.Owners.push_back(i);
  }
  for (const LocationImage& image : result.Images)
  {
    for (Index i = 0; i < locations.Count(); ++i)
    {
      const Eigen::Vector3d point = image.Of(locations.Points.col(i));
      if ((point.array() >= lower).all() && (point.array() <= upper).all())
      {
        points.insert(points.end(), point.data(), point.data() + 3);
        result.Owners.push_back(i);
      }
    }
  }
  const auto count = static_cast<Index>(result.Owners.size());
  result.All.Points = Eigen::Map<Eigen::Matrix3Xd>(points.data(), 3, count);
  result.All.Weights.resize(count);
  for (Index j = 0; j < count; ++j)
  {
    result.All.Weights[j] = locations.Weights[result.Owners[static_cast<std::size_t>(j)]];
  }
  return result;
}

double SumOverOwnImages(const Locations& locations, double bandwidth, bool laplacian)
{
  const double d = locations.Dimension;
  const double inverse = 1.0 / (bandwidth * bandwidth);
  double sum = 0.0;
  for (const LocationImage& image : ImagesOf(locations.Box, ReachOf(bandwidth)))
  {
    const auto termOf = [&](const Eigen::Vector3d& z)
    {
      const double exponent = 0.5 * image.OffsetOf(z).squaredNorm() * inverse;
      return std::exp(-exponent) * (laplacian ? (2.0 * exponent - d) * inverse : 1.0);
    };
    if (image.Sign.minCoeff() > 0.0)
    {
      sum += locations.SquaredWeights * termOf(Eigen::Vector3d::Zero());
      continue;
    }
    for (Index i = 0; i < locations.Count(); ++i)
    {
      const double weight = locations.Weights[i];
      sum += weight * (weight - locations.Others[i]) * termOf(locations.Points.col(i));
    }
  }
  return sum * std::pow(2.0 * Pi * bandwidth * bandwidth, -0.5 * d);
}
}
