// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Transform/SplineKernels.h"

#include "Numerics/Transform/BSpline.h"

namespace scorefields
{
namespace
{
// A vector of doubles that may lie anywhere in memory; the compiler maps it to what there is.
template <int Size>
struct Pack
{
  typedef double Type __attribute__((vector_size(Size * sizeof(double)), aligned(8), may_alias));
};

// The weights along one axis of Size nodes from the First on, by Horner's rule for all at once.
template <int Order, int Size, int First = 0>
[[gnu::always_inline]] inline void Weights(
  const SplineTable& table, double position, typename Pack<Size>::Type& weights)
{
  using Lanes = typename Pack<Size>::Type;
  const double s = position - static_cast<double>(static_cast<Index>(position)) - 0.5;
  weights = *reinterpret_cast<const Lanes*>(table[Order - 1].data() + First);
  for (int k = Order - 2; k >= 0; --k)
  {
    const auto power = static_cast<std::size_t>(k);
    weights = weights * s + *reinterpret_cast<const Lanes*>(table[power].data() + First);
  }
}

template <int Dimension, int Order>
[[gnu::always_inline]] inline void Add(const MeshSample* samples, Index count, const Patch& patch)
{
  constexpr int size = Order <= 4 ? 4 : 8;
  using Lanes = typename Pack<size>::Type;
  const SplineTable table = SplineWeights(Order);
  for (Index i = 0; i < count; ++i)
  {
    const MeshSample& sample = samples[i];
    Lanes x;
    Lanes y{};
    Lanes z{};
    Weights<Order, size>(table, sample.Position[0], x);
    x *= sample.Weight;
    double* origin = patch.Values + (static_cast<Index>(sample.Position[0]) - patch.First[0]);
    if (Dimension > 1)
    {
      Weights<Order, size>(table, sample.Position[1], y);
      origin += (static_cast<Index>(sample.Position[1]) - patch.First[1]) * patch.RowStride;
    }
    if (Dimension > 2)
    {
      Weights<Order, size>(table, sample.Position[2], z);
      origin += (static_cast<Index>(sample.Position[2]) - patch.First[2]) * patch.PlaneStride;
    }
    for (int k = 0; k < (Dimension > 2 ? Order : 1); ++k)
    {
      double* row = origin + k * patch.PlaneStride;
      const Lanes plane = Dimension > 2 ? x * z[k] : x;
      for (int j = 0; j < (Dimension > 1 ? Order : 1); ++j, row += patch.RowStride)
      {
        Lanes& nodes = *reinterpret_cast<Lanes*>(row);
        nodes += Dimension > 1 ? plane * y[j] : plane;
      }
    }
  }
}

// The same for orders above 8, whose rows take two packs.
template <int Order>
struct WideWeights
{
  using Half = Pack<8>::Type;
  alignas(64) double Value[16];

  [[gnu::always_inline]] inline void Set(const SplineTable& table, double position)
  {
    Weights<Order, 8>(table, position, *reinterpret_cast<Half*>(this->Value));
    Weights<Order, 8, 8>(table, position, *reinterpret_cast<Half*>(this->Value + 8));
  }
};

template <int Dimension, int Order>
[[gnu::always_inline]] inline void AddWide(
  const MeshSample* samples, Index count, const Patch& patch)
{
  using Half = typename WideWeights<Order>::Half;
  const SplineTable table = SplineWeights(Order);
  WideWeights<Order> x;
  WideWeights<Order> y;
  WideWeights<Order> z;
  for (Index i = 0; i < count; ++i)
  {
    const MeshSample& sample = samples[i];
    x.Set(table, sample.Position[0]);
    const Half low = *reinterpret_cast<const Half*>(x.Value) * sample.Weight;
    const Half high = *reinterpret_cast<const Half*>(x.Value + 8) * sample.Weight;
    double* origin = patch.Values + (static_cast<Index>(sample.Position[0]) - patch.First[0]);
    if (Dimension > 1)
    {
      y.Set(table, sample.Position[1]);
      origin += (static_cast<Index>(sample.Position[1]) - patch.First[1]) * patch.RowStride;
    }
    if (Dimension > 2)
    {
      z.Set(table, sample.Position[2]);
      origin += (static_cast<Index>(sample.Position[2]) - patch.First[2]) * patch.PlaneStride;
    }
    for (int k = 0; k < (Dimension > 2 ? Order : 1); ++k)
    {
      double* row = origin + k * patch.PlaneStride;
      const double plane = Dimension > 2 ? z.Value[k] : 1.0;
      for (int j = 0; j < (Dimension > 1 ? Order : 1); ++j, row += patch.RowStride)
      {
        const double share = Dimension > 1 ? plane * y.Value[j] : plane;
        *reinterpret_cast<Half*>(row) += low * share;
        *reinterpret_cast<Half*>(row + 8) += high * share;
      }
    }
  }
}

template <int Dimension>
[[gnu::always_inline]] inline void AddOfOrder(
  int order, const MeshSample* samples, Index count, const Patch& patch)
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
      return AddWide<Dimension, 10>(samples, count, patch);
    case 12:
      return AddWide<Dimension, 12>(samples, count, patch);
    case 14:
      return AddWide<Dimension, 14>(samples, count, patch);
    default:
      return AddWide<Dimension, 16>(samples, count, patch);
  }
}

// One copy per instruction set, chosen when the library is loaded. All round alike.
SCOREFIELDS_CLONES void AddOnLine(
  int order, const MeshSample* samples, Index count, const Patch& patch)
{
  AddOfOrder<1>(order, samples, count, patch);
}

SCOREFIELDS_CLONES void AddInPlane(
  int order, const MeshSample* samples, Index count, const Patch& patch)
{
  AddOfOrder<2>(order, samples, count, patch);
}

SCOREFIELDS_CLONES void AddInSpace(
  int order, const MeshSample* samples, Index count, const Patch& patch)
{
  AddOfOrder<3>(order, samples, count, patch);
}
}

void AddSamples(
  int dimension, int order, const MeshSample* samples, Index count, const Patch& patch)
{
  if (dimension == 1)
  {
    AddOnLine(order, samples, count, patch);
  }
  else if (dimension == 2)
  {
    AddInPlane(order, samples, count, patch);
  }
  else
  {
    AddInSpace(order, samples, count, patch);
  }
}
}
