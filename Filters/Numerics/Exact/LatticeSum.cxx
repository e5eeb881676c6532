// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Exact/LatticeSum.h"

#include "Numerics/Base/MatrixProduct.h"
#include "Numerics/Exact/LatticeFactors.h"

#include <algorithm>

namespace scorefields
{
namespace exact
{
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

void LatticeSum::Start(const Lattice& lattice)
{
  this->Shape = lattice;
  const Index columns = lattice.Columns.Count;
  const Index rows = lattice.RowCount();
  this->Left.Resize(LeftVariants * ChunkSize * columns);
  this->Right.Resize(RightVariants * ChunkSize * rows);
  const Index size = static_cast<Index>(this->Products.size()) * rows * columns;
  std::fill_n(this->Sums.Resize(size), size, 0.0);
}

void LatticeSum::Add(const Chunk& chunk)
{
  const Index columns = this->Shape.Columns.Count;
  const Index rows = this->Shape.RowCount();
  SetLeftFactors(chunk, this->Set, this->Shape.Columns, this->Left.Data());
  SetRightFactors(chunk, this->Set, this->Shape, this->Right.Data());
  double* sums = this->Sums.Data();
  for (const Product& product : this->Products)
  {
    const LeftFactors right{ this->Right.Data() + product.Right * ChunkSize * rows, rows, 1 };
    AddProduct(right, rows, chunk.Count, this->Left.Data() + product.Left * ChunkSize * columns,
      columns, sums);
    sums += rows * columns;
  }
}

void LatticeSum::Read(int column, int row, int layer, double* moments) const
{
  const Index columns = this->Shape.Columns.Count;
  const Index size = this->Shape.RowCount() * columns;
  const double* sum = this->Sums.Data() + (layer * this->Shape.Rows.Count + row) * columns + column;
  for (std::size_t m = 0; m < this->Products.size(); ++m, sum += size)
  {
    moments[m] = *sum;
  }
}
}
}
