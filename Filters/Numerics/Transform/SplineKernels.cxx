// SPDX-License-Identifier: BSD-3-Clause
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "Numerics/Transform/SplineKernels.cxx"
#include "Numerics/Base/EachTarget.h"

#include "Numerics/Base/Lanes.h"
#include "Numerics/Transform/BSpline.h"
#include "Numerics/Transform/SplineKernels.h"

HWY_BEFORE_NAMESPACE();
namespace scorefields
{
namespace HWY_NAMESPACE
{
namespace
{
/// Nodes that are written for a spline: those it has, and what fills the last register.
constexpr int WrittenFor(int order)
{
  int size = 2;
  while (size < order)
  {
    size = size < RegisterSize ? 2 * size : size + RegisterSize;
  }
  return size;
}

/// Where the samples of one patch go, by value, so that no store can change it.
struct Strides
{
  Index First[3];
  Index Row;
  Index Plane;
  double* Values;
};

/// The weights along one axis, by Horner's rule for all nodes at once.
template <int Order, int Size>
HWY_INLINE Pack<Size> Weights(const SplineTable& table, double position)
{
  using P = Pack<Size>;
  const P s = P::All(position - static_cast<double>(static_cast<Index>(position)) - 0.5);
  P weights = P::Load(table[Order - 1].data());
  for (int k = Order - 2; k >= 0; --k)
  {
    weights = MulAdd(weights, s, P::Load(table[static_cast<std::size_t>(k)].data()));
  }
  return weights;
}

template <int Dimension, int Order>
HWY_INLINE void AddOne(const SplineTable& table, const MeshSample& sample, const Strides& patch)
{
  constexpr int size = WrittenFor(Order);
  using P = Pack<size>;
  alignas(64) double y[16];
  alignas(64) double z[16];
  const P x = Weights<Order, size>(table, sample.Position[0]) * P::All(sample.Weight);
  double* origin = patch.Values + (static_cast<Index>(sample.Position[0]) - patch.First[0]);
  if (Dimension > 1)
  {
    Weights<Order, size>(table, sample.Position[1]).Store(y);
    origin += (static_cast<Index>(sample.Position[1]) - patch.First[1]) * patch.Row;
  }
  if (Dimension > 2)
  {
    Weights<Order, size>(table, sample.Position[2]).Store(z);
    origin += (static_cast<Index>(sample.Position[2]) - patch.First[2]) * patch.Plane;
  }
  for (int k = 0; k < (Dimension > 2 ? Order : 1); ++k)
  {
    double* row = origin + k * patch.Plane;
    const P plane = Dimension > 2 ? x * P::All(z[k]) : x;
    for (int j = 0; j < (Dimension > 1 ? Order : 1); ++j, row += patch.Row)
    {
      const P nodes = P::Load(row);
      (Dimension > 1 ? MulAdd(plane, P::All(y[j]), nodes) : plane + nodes).Store(row);
    }
  }
}

template <int Dimension, int Order>
HWY_NOINLINE void Add(const MeshSample* samples, Index count, const Strides& patch)
{
  const Strides own = patch;
  const SplineTable& table = SplineWeights(Order);
  for (Index i = 0; i < count; ++i)
  {
    AddOne<Dimension, Order>(table, samples[i], own);
  }
}

template <int Dimension>
void AddOfOrder(int order, const MeshSample* samples, Index count, const Strides& patch)
{
  switch (order)
  {
    case 2:
      return Add<Dimension, 2>(samples, count, patch);
    case 3:
      return Add<Dimension, 3>(samples, count, patch);
    case 4:
      return Add<Dimension, 4>(samples, count, patch);
    case 5:
      return Add<Dimension, 5>(samples, count, patch);
    case 6:
      return Add<Dimension, 6>(samples, count, patch);
    case 7:
      return Add<Dimension, 7>(samples, count, patch);
    case 8:
      return Add<Dimension, 8>(samples, count, patch);
    case 10:
      return Add<Dimension, 10>(samples, count, patch);
    case 12:
      return Add<Dimension, 12>(samples, count, patch);
    case 14:
      return Add<Dimension, 14>(samples, count, patch);
    default:
      return Add<Dimension, 16>(samples, count, patch);
  }
}

void AddToPatch(
  int dimension, int order, const MeshSample* samples, Index count, const Patch& patch)
{
  const Strides strides{ { patch.First[0], patch.First[1], patch.First[2] }, patch.RowStride,
    patch.PlaneStride, patch.Values };
  switch (dimension)
  {
    case 1:
      return AddOfOrder<1>(order, samples, count, strides);
    case 2:
      return AddOfOrder<2>(order, samples, count, strides);
    default:
      return AddOfOrder<3>(order, samples, count, strides);
  }
}
}
}
}
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace scorefields
{
HWY_EXPORT(AddToPatch);

void AddSamples(
  int dimension, int order, const MeshSample* samples, Index count, const Patch& patch)
{
  HWY_DYNAMIC_DISPATCH(AddToPatch)(dimension, order, samples, count, patch);
}
}
#endif
