// SPDX-License-Identifier: BSD-3-Clause
// The moments of a cloud in a domain:
// 1. Directions of periodic axes, from sums over the cloud.
// 2. Moments about these, each sample by its nearest image.
// 3. Reflecting axes: no correlation, and the mirror images where the samples lie at a wall.
#include "Numerics/Cloud/Domain.h"

#include <algorithm>
#include <cmath>
#include <sstream>
#include <stdexcept>

namespace scorefields
{
namespace
{
constexpr double LeastDirection = 1e-6;
constexpr Index Sums = 9;

/// Adds up to Sums values of each sample, in an order that depends on the cloud alone.
template <class Term>
std::array<double, Sums> SumOver(const SampleSource& source, const Exchange& exchange,
  const Execution& execution, const Term& term)
{
  constexpr Index length = SampleSource::BatchLength;
  const Index entries = source.EntryCount();
  const Index pieces = (entries + length - 1) / length;
  Eigen::MatrixXd partial = Eigen::MatrixXd::Zero(Sums, pieces);
  execution.For(pieces,
    [&](Index begin, Index end)
    {
      SampleSource::Storage storage;
      for (Index piece = begin; piece < end; ++piece)
      {
        const SampleBatch batch =
          source.Read(piece * length, std::min(entries, (piece + 1) * length), storage);
        for (Index i = 0; i < batch.Count; ++i)
        {
          term(Eigen::Vector3d(Eigen::Map<const Eigen::Vector3d>(batch.Points + 3 * i)),
            batch.Weight(i), partial.col(piece).data());
        }
      }
    });
  std::array<double, Sums> sums{};
  for (Index piece = 0; piece < pieces; ++piece)
  {
    for (Index s = 0; s < Sums; ++s)
    {
      sums[static_cast<std::size_t>(s)] += partial(s, piece);
    }
  }
  exchange.Sum(sums.data(), Sums);
  return sums;
}

/// Where the moments of each axis are taken about, and whether that means anything.
struct Centre
{
  Eigen::Vector3d Place;
  std::array<bool, 3> Known{ true, true, true };
};

Centre FindCentre(const Domain& domain, const SampleSource& local, const CloudMoments& moments,
  const Exchange& exchange, const Execution& execution)
{
  const auto sums = SumOver(local, exchange, execution,
    [&domain](const Eigen::Vector3d& point, double weight, double* sum)
    {
      for (int axis = 0; axis < 3; ++axis)
      {
        if (domain.At(axis) == Boundary::Periodic)
        {
          const double angle = 2.0 * Pi * (point[axis] - domain.Lower[axis]) / domain.Length[axis];
          sum[2 * axis] += weight * std::cos(angle);
          sum[2 * axis + 1] += weight * std::sin(angle);
        }
      }
    });
  Centre centre;
  for (int axis = 0; axis < 3; ++axis)
  {
    const auto a = static_cast<std::size_t>(axis);
    centre.Place[axis] = domain.Folded(axis, moments.Mean[axis]);
    if (domain.At(axis) == Boundary::Periodic)
    {
      const double cosines = sums[2 * a];
      const double sines = sums[2 * a + 1];
      centre.Known[a] = std::hypot(cosines, sines) > LeastDirection * moments.TotalWeight;
      centre.Place[axis] = domain.Lower[axis] +
        domain.Length[axis] * (centre.Known[a] ? std::atan2(sines, cosines) / (2.0 * Pi) : 0.5);
    }
  }
  return centre;
}

Eigen::Vector3d OffsetOf(const Domain& domain, const Centre& centre, const Eigen::Vector3d& point)
{
  Eigen::Vector3d offset;
  for (int axis = 0; axis < 3; ++axis)
  {
    offset[axis] = domain.At(axis) == Boundary::Periodic
      ? std::remainder(point[axis] - centre.Place[axis], domain.Length[axis])
      : domain.Folded(axis, point[axis]) - centre.Place[axis];
  }
  return offset;
}

void AddSquares(const Eigen::Vector3d& offset, double weight, double* sums)
{
  Eigen::Map<Eigen::Vector3d> first(sums);
  Eigen::Map<SymmetricTensor> second(sums + 3);
  first += weight * offset;
  second += weight * ToTensor(offset * offset.transpose());
}

void ClearCorrelation(Eigen::Matrix3d& scatter, int axis)
{
  const double own = scatter(axis, axis);
  scatter.row(axis).setZero();
  scatter.col(axis).setZero();
  scatter(axis, axis) = own;
}

/// The cloud and its mirror image about the wall, if that is the likelier cloud.
void MirrorAtWall(const Domain& domain, int axis, CloudMoments& moments)
{
  const double lower = domain.Lower[axis];
  const double upper = lower + domain.Length[axis];
  const double mean = moments.Mean[axis];
  const double wall = mean - lower < upper - mean ? lower : upper;
  const double variance = moments.Covariance()(axis, axis);
  const double about = moments.Scatter(axis, axis) / moments.TotalWeight + std::pow(mean - wall, 2);
  if (!(about < 4.0 * variance))
  {
    return;
  }
  moments.Count *= 2.0;
  moments.TotalWeight *= 2.0;
  moments.SquaredWeights *= 2.0;
  moments.Scatter *= 2.0;
  moments.Scatter(axis, axis) = about * moments.TotalWeight;
  moments.Mean[axis] = wall;
}
}

Domain Domain::Of(const Grid& grid, const std::array<Boundary, 3>& boundaries)
{
  Domain domain;
  for (int axis = 0; axis < 3; ++axis)
  {
    if (grid.Dimensions[axis] > 1 && boundaries[static_cast<std::size_t>(axis)] != Boundary::Open)
    {
      domain.Boundaries[static_cast<std::size_t>(axis)] =
        boundaries[static_cast<std::size_t>(axis)];
      domain.Lower[axis] = grid.Origin[axis];
      domain.Length[axis] = static_cast<double>(grid.Dimensions[axis] - 1) * grid.Spacing[axis];
    }
  }
  return domain;
}

bool Domain::IsClosed() const
{
  return this->IsClosed(0) || this->IsClosed(1) || this->IsClosed(2);
}

double Domain::Folded(int axis, double x) const
{
  const double lower = this->Lower[axis];
  const double length = this->Length[axis];
  if (!this->IsClosed(axis) || (x >= lower && x < lower + length))
  {
    return x;
  }
  const bool mirrors = this->At(axis) == Boundary::Reflecting;
  const double period = mirrors ? 2.0 * length : length;
  double offset = std::fmod(x - lower, period);
  offset += offset < 0.0 ? period : 0.0;
  offset = mirrors && offset > length ? period - offset : offset;
  return lower + (!mirrors && offset >= length ? 0.0 : offset);
}

Eigen::Vector3d Domain::Folded(const Eigen::Vector3d& place) const
{
  return { this->Folded(0, place[0]), this->Folded(1, place[1]), this->Folded(2, place[2]) };
}

bool Domain::IsMirrored(int axis, double x) const
{
  const bool mirrors = this->At(axis) == Boundary::Reflecting;
  const double turns = mirrors ? std::floor((x - this->Lower[axis]) / this->Length[axis]) : 0.0;
  return std::fmod(turns, 2.0) != 0.0 && this->Folded(axis, x) != x;
}

Domain Domain::Among(const Axes& axes) const
{
  Domain domain = *this;
  for (int axis = 0; axis < 3; ++axis)
  {
    auto& boundary = domain.Boundaries[static_cast<std::size_t>(axis)];
    boundary = axes.IsActive(axis) ? boundary : Boundary::Open;
  }
  return domain;
}

Domain Domain::Compact(const Axes& axes) const
{
  Domain compact;
  for (int a = 0; a < axes.Count; ++a)
  {
    const int axis = axes.Axis[a];
    compact.Boundaries[static_cast<std::size_t>(a)] = this->At(axis);
    compact.Lower[a] = this->Lower[axis];
    compact.Length[a] = this->Length[axis];
  }
  return compact;
}

Domain DomainOf(const GridRequest& request, const std::array<Boundary, 3>& boundaries,
  const CloudMoments& moments, const Axes& axes)
{
  const Grid grid = PlaceGrid(request, moments, axes, Eigen::Vector3d::Zero());
  const Domain domain = Domain::Of(grid, boundaries);
  for (int axis = 0; axis < 3 && request.UseInputBounds; ++axis)
  {
    if (domain.IsClosed(axis))
    {
      std::ostringstream message;
      message << "Boundary is " << NameOf(domain.At(axis)) << " along "
              << "xyz"[axis]
              << ", but UseInputBounds is on, so that the box would be that of the points and a"
                 " margin. Set UseInputBounds to off and SamplingBounds to the box beyond which the"
                 " density "
              << (domain.At(axis) == Boundary::Periodic ? "repeats" : "is mirrored");
      throw std::invalid_argument(message.str());
    }
  }
  return domain;
}

CloudMoments MomentsIn(const Domain& domain, const Axes& axes, const SampleSource& local,
  const CloudMoments& moments, const Exchange& exchange, const Execution& execution)
{
  const Domain own = domain.Among(axes);
  if (!own.IsClosed() || !(moments.TotalWeight > 0.0))
  {
    return moments;
  }
  const Centre centre = FindCentre(own, local, moments, exchange, execution); // 1.
  auto sums = SumOver(local, exchange, execution,
    [&](const Eigen::Vector3d& point, double weight, double* sum)
    { AddSquares(OffsetOf(own, centre, point), weight, sum); });
  const Eigen::Vector3d shift = Eigen::Map<Eigen::Vector3d>(sums.data()) / moments.TotalWeight;
  CloudMoments result = moments; // 2.
  result.Mean = centre.Place + shift;
  result.Scatter = ToMatrix(Eigen::Map<SymmetricTensor>(sums.data() + 3)) -
    moments.TotalWeight * shift * shift.transpose();
  for (int axis = 0; axis < 3; ++axis) // 3.
  {
    if (!centre.Known[static_cast<std::size_t>(axis)])
    {
      result.Scatter(axis, axis) = moments.TotalWeight * own.Length[axis] * own.Length[axis] / 12.0;
    }
    if (!centre.Known[static_cast<std::size_t>(axis)] || own.At(axis) == Boundary::Reflecting)
    {
      ClearCorrelation(result.Scatter, axis);
    }
    if (own.At(axis) == Boundary::Reflecting)
    {
      MirrorAtWall(own, axis, result);
    }
  }
  return result;
}
}
