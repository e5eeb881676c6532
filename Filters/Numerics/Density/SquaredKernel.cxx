// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Density/SquaredKernel.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

namespace scorefields
{
namespace
{
constexpr double LeastWeight = 1e-18;

/// Sum of exp(-((s + m t) / (2 h))^2) over the even m, or over the odd ones.
double SumOfTerms(double s, double t, double h, bool odd)
{
  const double reach = 13.0 * h; // exp(-6.5^2) < 1e-18
  const double step = 2.0 * t;
  const double first = s + (odd ? t : 0.0);
  double sum = 0.0;
  for (double k = std::ceil((-reach - first) / step); first + k * step <= reach; k += 1.0)
  {
    const double offset = (first + k * step) / (2.0 * h);
    sum += std::exp(-offset * offset);
  }
  return sum;
}
}

SquaredKernelSource::SquaredKernelSource(
  const SampleSource& samples, const GaussianKernel& kernel, const Domain& domain)
  : Source(samples)
{
  for (int axis = 0; axis < 3; ++axis)
  {
    AxisPlaces& places = this->ByAxis[static_cast<std::size_t>(axis)];
    places.Bandwidth = kernel.AxisBandwidths()[axis];
    if (places.Bandwidth > 0.0 && domain.IsClosed(axis))
    {
      places.Kind = domain.At(axis);
      places.Lower = domain.Lower[axis];
      places.Length = domain.Length[axis];
      if (!kernel.IsDiagonal())
      {
        throw std::invalid_argument("ComputeStandardError is on, which needs a kernel without"
                                    " correlation in a box with closed axes; set BandwidthShape to"
                                    " Isotropic or Per axis, or Boundary to Open");
      }
    }
  }
}

Index SquaredKernelSource::AxisPlaces::Count() const
{
  switch (this->Kind)
  {
    case Boundary::Open:
      return 1;
    case Boundary::Periodic:
      return 2;
    case Boundary::Reflecting:
      return 4;
  }
  return 1;
}

double SquaredKernelSource::AxisPlaces::Move(Index place, double& coordinate) const
{
  if (this->Kind == Boundary::Open)
  {
    return 1.0;
  }
  const bool odd = place % 2 == 1;
  if (this->Kind == Boundary::Periodic)
  {
    coordinate += odd ? 0.5 * this->Length : 0.0;
    return SumOfTerms(0.0, this->Length, this->Bandwidth, odd);
  }
  const double period = 2.0 * this->Length;
  const double offset = coordinate - this->Lower;
  const bool wall = place >= 2;
  if (wall)
  {
    coordinate = this->Lower + (odd ? this->Length : 0.0);
  }
  else if (odd)
  {
    coordinate = this->Lower + this->Length - offset;
  }
  return SumOfTerms(wall ? 2.0 * offset : 0.0, period, this->Bandwidth, odd);
}

Index SquaredKernelSource::EntryCount() const
{
  Index count = this->Source.EntryCount();
  for (const AxisPlaces& axis : this->ByAxis)
  {
    count *= axis.Count();
  }
  return count;
}

SampleBatch SquaredKernelSource::Read(Index begin, Index end, Storage& storage) const
{
  const Index entries = this->Source.EntryCount();
  Storage own;
  SampleBatch moved;
  storage.Points.clear();
  storage.Weights.clear();
  for (Index first = begin; first < end;)
  {
    const Index turn = first / entries;
    const Index last = std::min(end, (turn + 1) * entries);
    const SampleBatch batch = this->Source.Read(first - turn * entries, last - turn * entries, own);
    for (Index i = 0; i < batch.Count; ++i)
    {
      std::array<double, 3> point{ batch.Points[3 * i], batch.Points[3 * i + 1],
        batch.Points[3 * i + 2] };
      double share = 1.0;
      Index rest = turn;
      for (std::size_t axis = 0; axis < 3; ++axis)
      {
        const Index count = this->ByAxis[axis].Count();
        share *= this->ByAxis[axis].Move(rest % count, point[axis]);
        rest /= count;
      }
      if (share > LeastWeight)
      {
        storage.Points.insert(storage.Points.end(), point.begin(), point.end());
        storage.Weights.push_back(share * batch.Weight(i) * batch.Weight(i));
      }
    }
    moved.NotFinite += turn == 0 ? batch.NotFinite : 0;
    first = last;
  }
  moved.Points = storage.Points.data();
  moved.Weights = storage.Weights.data();
  moved.Count = static_cast<Index>(storage.Weights.size());
  return moved;
}

CloudMoments MomentsOfSquares(const SquaredKernelSource& squares, const CloudMoments& moments,
  const Domain& domain, const Exchange& parts)
{
  double sums[2] = { 0.0, 0.0 };
  SampleSource::Storage storage;
  ForEachBatch(squares, 0, squares.EntryCount(), storage,
    [&sums](const SampleBatch& batch)
    {
      for (Index i = 0; i < batch.Count; ++i)
      {
        sums[0] += batch.Weights[i] > 0.0 ? 1.0 : 0.0;
        sums[1] += batch.Weights[i];
      }
    });
  parts.Sum(sums, 2);
  CloudMoments all = moments;
  all.Count = sums[0];
  all.TotalWeight = sums[1];
  for (int axis = 0; axis < 3; ++axis)
  {
    if (domain.IsClosed(axis))
    {
      // Samples may lie beyond the faces.
      const double lower = domain.Lower[axis];
      const double length = domain.Length[axis];
      const double mirrored = 2.0 * lower + length;
      const double least = moments.Lower[axis];
      const double most = moments.Upper[axis];
      all.Lower[axis] = std::min({ least, lower, mirrored - most });
      all.Upper[axis] = std::max({ most + 0.5 * length, lower + length, mirrored - least });
    }
  }
  return all;
}
}
