// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Flow/HermiteField.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <limits>

namespace scorefields
{
namespace
{
constexpr double NaN = std::numeric_limits<double>::quiet_NaN();

/// The four functions of an axis, by corner and kind, at one u, and their derivatives as far as
/// they are wanted.
template <int Derivatives>
struct Basis
{
  double Values[Derivatives + 1][4];

  void Set(double u)
  {
    const double v = 1.0 - u;
    double* const value = this->Values[0];
    double* const first = this->Values[1];
    value[0] = (1.0 + 2.0 * u) * v * v;
    value[1] = u * v * v;
    value[2] = (1.0 + 2.0 * v) * u * u;
    value[3] = -v * u * u;
    first[0] = -6.0 * u * v;
    first[1] = v * (1.0 - 3.0 * u);
    first[2] = 6.0 * u * v;
    first[3] = u * (3.0 * u - 2.0);
    if constexpr (Derivatives > 1)
    {
      double* const second = this->Values[2];
      second[0] = 12.0 * u - 6.0;
      second[1] = 6.0 * u - 4.0;
      second[2] = 6.0 - 12.0 * u;
      second[3] = 6.0 * u - 2.0;
    }
  }
};

/// A cell: the data of its first node, from a corner to the next, and where u is in it.
template <int D, int Derivatives>
struct Cell
{
  const double* Corner;
  Index Stride[D];
  Basis<Derivatives> Axis[D];
};

/// The sum over the terms of the axes from A on, with its derivatives along these, for every kind
/// of the axes before A at once.
template <int A, int D, bool Hessian>
struct Jet
{
  using Row = Eigen::Array<double, (1 << A), 1>;
  static constexpr int Axes = D - A;
  Row Value;
  std::array<Row, Axes> First;
  std::array<Row, Hessian ? Axes*(Axes + 1) / 2 : 0> Second; ///< of axes a <= b; b = a first

  void SetZero()
  {
    this->Value.setZero();
    std::for_each(this->First.begin(), this->First.end(), [](Row& row) { row.setZero(); });
    std::for_each(this->Second.begin(), this->Second.end(), [](Row& row) { row.setZero(); });
  }

  /// Adds what a corner gives, by a function of this axis with the value and the derivatives given.
  /// @param of  the rows of the corner's jet that are of this function's kind.
  template <class Part, class Of>
  void Add(const Part& part, const Of& of, double value, double slope, double bend)
  {
    this->Value += value * of(part.Value);
    this->First[0] += slope * of(part.Value);
    for (std::size_t a = 0; a < part.First.size(); ++a)
    {
      this->First[a + 1] += value * of(part.First[a]);
    }
    if constexpr (Hessian)
    {
      this->Second[0] += bend * of(part.Value);
      for (std::size_t a = 0; a < part.First.size(); ++a)
      {
        this->Second[a + 1] += slope * of(part.First[a]);
      }
      for (std::size_t k = 0; k < part.Second.size(); ++k)
      {
        this->Second[part.First.size() + 1 + k] += value * of(part.Second[k]);
      }
    }
  }
};

/// The second derivative of a term of an axis, where it is wanted.
template <bool Hessian, class Basis>
double BendOf([[maybe_unused]] const Basis& basis, [[maybe_unused]] int term)
{
  if constexpr (Hessian)
  {
    return basis[2][term];
  }
  return 0.0;
}

template <int A, int D, bool Hessian>
Jet<A, D, Hessian> SumFrom(const Cell<D, Hessian ? 2 : 1>& cell, const double* corner)
{
  using Row = typename Jet<A, D, Hessian>::Row;
  Jet<A, D, Hessian> sum;
  if constexpr (A == D)
  {
    sum.Value = Eigen::Map<const Row>(corner);
  }
  else
  {
    constexpr int kinds = 1 << A;
    sum.SetZero();
    for (int side = 0; side < 2; ++side)
    {
      const Jet<A + 1, D, Hessian> part =
        SumFrom<A + 1, D, Hessian>(cell, corner + side * cell.Stride[A]);
      for (int kind = 0; kind < 2; ++kind)
      {
        const auto& basis = cell.Axis[A].Values;
        const int term = 2 * side + kind;
        const auto of = [kind](const auto& row)
        { return row.template segment<kinds>(kind * kinds); };
        sum.Add(part, of, basis[0][term], basis[1][term], BendOf<Hessian>(basis, term));
      }
    }
  }
  return sum;
}

Axes ActiveAxesOf(const Grid& nodes)
{
  const Index3& n = nodes.Dimensions;
  return Axes::FromFlags(n[0] > 1, n[1] > 1, n[2] > 1);
}

Index StrideOf(const Grid& nodes, int axis)
{
  return axis == 0 ? 1 : nodes.Dimensions.head(axis).prod();
}
}

HermiteField::HermiteField(const Grid& nodes, const Eigen::Ref<const Eigen::VectorXd>& values,
  const PointsRef& gradients, const Execution& execution)
  : Knots(nodes)
  , Active(ActiveAxesOf(nodes))
{
  assert(values.size() == nodes.Size() && gradients.cols() == nodes.Size());
  const int kinds = 1 << this->Active.Count;
  for (int a = 0; a < this->Active.Count; ++a)
  {
    const int axis = this->Active.Axis[a];
    this->Ways[static_cast<std::size_t>(a)] = { axis, nodes.Origin[axis], 1.0 / nodes.Spacing[axis],
      static_cast<double>(nodes.Dimensions[axis] - 1), kinds * StrideOf(nodes, axis) };
  }
  this->Data.resize(static_cast<std::size_t>(kinds * nodes.Size()));
  execution.For(nodes.Size(),
    [&](Index begin, Index end)
    {
      for (Index node = begin; node < end; ++node)
      {
        const bool known = std::isfinite(values[node]) && gradients.col(node).allFinite();
        double* const data = this->Data.data() + kinds * node;
        std::fill_n(data, kinds, NaN);
        data[0] = known ? values[node] : NaN;
        for (int a = 0; a < this->Active.Count && known; ++a)
        {
          const int axis = this->Active.Axis[a];
          data[1 << a] = nodes.Spacing[axis] * gradients(axis, node);
        }
      }
    });
  for (const int kind : { 3, 5, 6, 7 }) // the last one from the others
  {
    if (kind < kinds)
    {
      this->AddMixed(kind, execution);
      execution.Checkpoint(kind / 7.0);
    }
  }
}

double HermiteField::Bytes(const Grid& nodes)
{
  const auto active = (nodes.Dimensions.array() > 1).count();
  return 8.0 * static_cast<double>(nodes.Size() << active);
}

// The mean, over the axes of a kind, of differences of the derivative without that axis.
void HermiteField::AddMixed(int kind, const Execution& execution)
{
  const int kinds = 1 << this->Active.Count;
  execution.For(this->Knots.Size(),
    [&](Index begin, Index end)
    {
      for (Index node = begin; node < end; ++node)
      {
        double sum = 0.0;
        double count = 0.0;
        for (int a = 0; a < this->Active.Count; ++a)
        {
          if ((kind >> a) % 2 == 1)
          {
            sum += this->DifferenceAt(kind & ~(1 << a), a, node);
            count += 1.0;
          }
        }
        this->Data[static_cast<std::size_t>(kinds * node + kind)] = sum / count;
      }
    });
}

// Per spacing; NaN where a node has no neighbour with a value.
double HermiteField::DifferenceAt(int kind, int axis, Index node) const
{
  const int along = this->Active.Axis[axis];
  const Index count = this->Knots.Dimensions[along];
  const Index stride = StrideOf(this->Knots, along);
  const Index place = node / stride % count;
  const int kinds = 1 << this->Active.Count;
  const auto value = [&](Index offset)
  {
    const bool there = place + offset >= 0 && place + offset < count;
    return there ? this->Data[static_cast<std::size_t>(kinds * (node + offset * stride) + kind)]
                 : NaN;
  };
  const double here = value(0);
  const double before = value(-1);
  const double after = value(1);
  if (!std::isnan(before) && !std::isnan(after))
  {
    return 0.5 * (after - before);
  }
  const Index side = std::isnan(after) ? -1 : 1;
  const double next = side > 0 ? after : before;
  const double beyond = value(2 * side);
  const double forward =
    std::isnan(beyond) ? next - here : 0.5 * (4.0 * next - 3.0 * here - beyond);
  return static_cast<double>(side) * forward;
}

template <int D, bool Hessian>
HermiteField::Value HermiteField::Evaluate(const Eigen::Vector3d& point) const
{
  Cell<D, Hessian ? 2 : 1> cell;
  cell.Corner = this->Data.data();
  for (int a = 0; a < D; ++a)
  {
    const Along& axis = this->Ways[static_cast<std::size_t>(a)];
    const double place = (point[axis.Axis] - axis.Origin) * axis.PerSpacing;
    const double inside = std::min(std::max(place, 0.0), axis.Cells);
    const double first =
      std::min(static_cast<double>(static_cast<Index>(inside)), axis.Cells - 1.0);
    cell.Axis[a].Set(inside - first);
    cell.Stride[a] = axis.Stride;
    cell.Corner += static_cast<Index>(first) * axis.Stride;
  }
  const Jet<0, D, Hessian> sum = SumFrom<0, D, Hessian>(cell, cell.Corner);
  Value value;
  value.Function = sum.Value[0];
  value.Gradient.setZero();
  value.Hessian.setZero();
  std::size_t entry = 0;
  for (std::size_t a = 0; a < D; ++a)
  {
    const Along& one = this->Ways[a];
    value.Gradient[one.Axis] = sum.First[a][0] * one.PerSpacing;
    for (std::size_t b = a; Hessian && b < D; ++b)
    {
      const Along& two = this->Ways[b];
      const double second = sum.Second[entry++][0] * one.PerSpacing * two.PerSpacing;
      value.Hessian(one.Axis, two.Axis) = second;
      value.Hessian(two.Axis, one.Axis) = second;
    }
  }
  return value;
}

HermiteField::Value HermiteField::At(const Eigen::Vector3d& point, bool hessian) const
{
  switch (this->Active.Count)
  {
    case 1:
      return hessian ? this->Evaluate<1, true>(point) : this->Evaluate<1, false>(point);
    case 2:
      return hessian ? this->Evaluate<2, true>(point) : this->Evaluate<2, false>(point);
    default:
      return hessian ? this->Evaluate<3, true>(point) : this->Evaluate<3, false>(point);
  }
}
}
