// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Exact/LatticeSum.h"

#include <algorithm>

namespace scorefields
{
namespace exact
{
namespace
{
/// What the left (column) factors are multiplied by.
enum LeftVariant
{
  LeftPlain,
  LeftU,
  LeftUU,
  LeftSquared, ///< the factor itself squared
  LeftVariants
};

/// What the right (row and layer) factors are multiplied by; V and W are the slopes along the axes
/// of rows and layers.
enum RightVariant
{
  RightPlain,
  RightV,
  RightW,
  RightVV,
  RightVW,
  RightWW,
  RightSquared,
  RightVariants
};

constexpr int RowBlock = 8; ///< rows whose sums stay in registers

/// Powers of exp(Step u) for eight samples at a time.
struct Powers
{
  Lanes One;
  Lanes Two;
  Lanes Four;
  Lanes MinusOne;
  Lanes MinusFour;
};

[[gnu::always_inline]] inline void Raise(const double* slopes, double step, Powers& powers)
{
  powers.One = *reinterpret_cast<const Lanes*>(slopes) * step;
  Exponential(powers.One);
  powers.MinusOne = 1.0 / powers.One;
  powers.Two = powers.One * powers.One;
  powers.Four = powers.Two * powers.Two;
  const Lanes minusTwo = powers.MinusOne * powers.MinusOne;
  powers.MinusFour = minusTwo * minusTwo;
}

/// Powers -4 .. 3 of one sample (groups = 1), or -8 .. 7 (groups = 2), times scale.
[[gnu::always_inline]] inline void Spread(
  const Powers& powers, int sample, int groups, double scale, Lanes* out)
{
  const Lanes one = Lanes{} + 1.0;
  const LaneBits bit0 = { 0, -1, 0, -1, 0, -1, 0, -1 };
  const LaneBits bit1 = { 0, 0, -1, -1, 0, 0, -1, -1 };
  const LaneBits bit2 = { 0, 0, 0, 0, -1, -1, -1, -1 };
  const Lanes first = bit0 ? Lanes{} + powers.One[sample] : one;
  const Lanes second = bit1 ? Lanes{} + powers.Two[sample] : one;
  const Lanes third = bit2 ? one : Lanes{} + powers.MinusFour[sample];
  const Lanes centred = (first * second) * (third * scale);
  if (groups == 1)
  {
    out[0] = centred;
    return;
  }
  out[0] = centred * powers.MinusFour[sample];
  out[1] = centred * powers.Four[sample];
}

/// left: variant, sample, group of columns.
SCOREFIELDS_CLONES
void PackLeft(
  const Chunk& chunk, const MomentSet& set, const Lattice::Direction& columns, Lanes* left)
{
  const int groups = columns.Count / LaneCount;
  const Index variant = ChunkSize * groups;
  const double* slopes = chunk.Slope[columns.Axis];
  for (Index i = 0; i < chunk.Count; i += LaneCount)
  {
    Powers powers;
    Raise(slopes + i, columns.Step, powers);
    for (int k = 0; k < LaneCount; ++k)
    {
      Lanes* out = left + (i + k) * groups;
      Spread(powers, k, groups, 1.0, out);
      const double u = slopes[i + k];
      for (int g = 0; g < groups; ++g)
      {
        if (set.First)
        {
          out[LeftU * variant + g] = out[g] * u;
        }
        if (set.Second)
        {
          out[LeftUU * variant + g] = out[g] * (u * u);
        }
        if (set.Squares)
        {
          out[LeftSquared * variant + g] = out[g] * out[g];
        }
      }
    }
  }
}

/// The variants of one sample's right factors.
[[gnu::always_inline]] inline void MultiplyRight(
  const MomentSet& set, Index variant, int groups, double v, double w, Lanes* out)
{
  for (int g = 0; g < groups; ++g)
  {
    const Lanes plain = out[g];
    if (set.First && set.Dimension > 1)
    {
      out[RightV * variant + g] = plain * v;
    }
    if (set.First && set.Dimension > 2)
    {
      out[RightW * variant + g] = plain * w;
    }
    if (set.Second && set.Dimension > 1)
    {
      out[RightVV * variant + g] = plain * (v * v);
    }
    if (set.Second && set.Dimension > 2)
    {
      out[RightVW * variant + g] = plain * (v * w);
      out[RightWW * variant + g] = plain * (w * w);
    }
    if (set.Squares)
    {
      out[RightSquared * variant + g] = plain * plain;
    }
  }
}

/// right: variant, sample, layer, group of rows.
SCOREFIELDS_CLONES
void PackRight(const Chunk& chunk, const MomentSet& set, const Lattice& lattice, Lanes* right)
{
  const int rowGroups = lattice.Rows.Count / LaneCount;
  const int groups = rowGroups * lattice.Layers.Count;
  const double* v = chunk.Slope[lattice.Rows.Axis];
  const double* w = chunk.Slope[lattice.Layers.Axis];
  for (Index i = 0; i < chunk.Count; i += LaneCount)
  {
    Powers rows;
    Powers layers;
    Raise(v + i, lattice.Rows.Step, rows);
    Raise(w + i, lattice.Layers.Step, layers); // Step 0: all ones
    Lanes scale = *reinterpret_cast<const Lanes*>(chunk.Term + i);
    Exponential(scale);
    for (int layer = 0; layer < lattice.Layers.Count / 2; ++layer)
    {
      scale *= layers.MinusOne;
    }
    for (int layer = 0; layer < lattice.Layers.Count; ++layer)
    {
      for (int k = 0; k < LaneCount; ++k)
      {
        Spread(rows, k, rowGroups, scale[k], right + (i + k) * groups + layer * rowGroups);
      }
      scale *= layers.One;
    }
    for (int k = 0; k < LaneCount; ++k)
    {
      MultiplyRight(set, ChunkSize * groups, groups, v[i + k], w[i + k], right + (i + k) * groups);
    }
  }
}

/// sums[row, group of columns] += sum over samples of left[sample, group] right[sample, row].
SCOREFIELDS_CLONES
void AddOuterProducts(
  Index count, int groups, int rows, const Lanes* left, const Lanes* right, Lanes* sums)
{
  for (int row = 0; row < rows; row += RowBlock)
  {
    for (int g = 0; g < groups; ++g)
    {
      const double* factors = reinterpret_cast<const double*>(right) + row;
      Lanes* block = sums + row * groups + g;
      Lanes sum[RowBlock];
      for (int r = 0; r < RowBlock; ++r)
      {
        sum[r] = block[r * groups];
      }
      for (Index i = 0; i < count; ++i)
      {
        const Lanes l = left[i * groups + g];
        for (int r = 0; r < RowBlock; ++r)
        {
          sum[r] += l * factors[i * rows + r];
        }
      }
      for (int r = 0; r < RowBlock; ++r)
      {
        block[r * groups] = sum[r];
      }
    }
  }
}
}

ActiveVector Lattice::Offset(int column, int row, int layer) const
{
  ActiveVector offset{};
  const auto add = [&offset](const Direction& direction, int k) {
    offset[static_cast<std::size_t>(direction.Axis)] += (k - direction.Count / 2) * direction.Step;
  };
  add(this->Columns, column);
  add(this->Rows, row);
  add(this->Layers, layer);
  return offset;
}

LatticeSum::LatticeSum(const MomentSet& set)
  : Set(set)
{
  this->Products.push_back({ LeftPlain, RightPlain });
  const Product first[] = { { LeftU, RightPlain }, { LeftPlain, RightV }, { LeftPlain, RightW } };
  const Product second[][3] = {
    { { LeftUU, RightPlain }, { LeftU, RightV }, { LeftU, RightW } },
    { { LeftPlain, RightVV }, { LeftPlain, RightVW }, {} },
    { { LeftPlain, RightWW }, {}, {} },
  };
  for (int a = 0; a < set.Dimension && set.First; ++a)
  {
    this->Products.push_back(first[a]);
  }
  for (int a = 0; a < set.Dimension && set.Second; ++a)
  {
    for (int b = a; b < set.Dimension; ++b)
    {
      this->Products.push_back(second[a][b - a]);
    }
  }
  if (set.Squares)
  {
    this->Products.push_back({ LeftSquared, RightSquared });
  }
}

Lanes* LatticeSum::AsLanes(std::vector<EightDoubles>& values)
{
  return reinterpret_cast<Lanes*>(values.data());
}

void LatticeSum::Start(const Lattice& lattice)
{
  this->Shape = lattice;
  const auto columnGroups = static_cast<std::size_t>(lattice.Columns.Count / LaneCount);
  const auto rows = static_cast<std::size_t>(lattice.RowCount());
  this->Left.resize(LeftVariants * ChunkSize * columnGroups);
  this->Right.resize(RightVariants * ChunkSize * rows / LaneCount);
  this->Sums.assign(this->Products.size() * rows * columnGroups, EightDoubles{});
}

void LatticeSum::Add(const Chunk& chunk)
{
  PackLeft(chunk, this->Set, this->Shape.Columns, AsLanes(this->Left));
  PackRight(chunk, this->Set, this->Shape, AsLanes(this->Right));
  const int groups = this->Shape.Columns.Count / LaneCount;
  const int rows = this->Shape.RowCount();
  Lanes* sums = AsLanes(this->Sums);
  for (const Product& product : this->Products)
  {
    AddOuterProducts(chunk.Count, groups, rows,
      AsLanes(this->Left) + product.Left * ChunkSize * groups,
      AsLanes(this->Right) + product.Right * ChunkSize * (rows / LaneCount), sums);
    sums += rows * groups;
  }
}

void LatticeSum::Read(int column, int row, int layer, double* moments) const
{
  const int groups = this->Shape.Columns.Count / LaneCount;
  const int rows = this->Shape.RowCount();
  const int lattice = (layer * this->Shape.Rows.Count + row) * groups + column / LaneCount;
  for (std::size_t m = 0; m < this->Products.size(); ++m)
  {
    moments[m] =
      this->Sums[m * static_cast<std::size_t>(rows * groups) + static_cast<std::size_t>(lattice)]
        .Value[column % LaneCount];
  }
}
}
}
