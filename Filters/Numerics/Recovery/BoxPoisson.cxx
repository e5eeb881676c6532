// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Recovery/BoxPoisson.h"

#include "Numerics/Base/Fft.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace scorefields
{
/// One axis with edges.
struct BoxPoisson::Axis
{
  int Number;
  Index Count;
  Index Stride;
  std::unique_ptr<CosineFft> Cosines; ///< or
  std::unique_ptr<HalfComplexFft> Waves;
  std::vector<double> Eigenvalues; ///< weight times those of D'D

  Axis(const Lattice& lattice, int axis, double weight)
    : Number(axis)
    , Count(lattice.Dimensions()[axis])
    , Stride(lattice.Stride(axis))
  {
    const bool periodic = lattice.IsPeriodic(axis);
    if (periodic)
    {
      this->Waves = std::make_unique<HalfComplexFft>(this->Count);
    }
    else
    {
      this->Cosines = std::make_unique<CosineFft>(this->Count);
    }
    for (Index k = 0; k < this->Count; ++k)
    {
      // 2 - 2 cos(2 t) = 4 sin(t)^2, without cancellation.
      const Index frequency = periodic ? std::min(k, this->Count - k) : k;
      const double half = Pi * static_cast<double>(frequency) / static_cast<double>(this->Count);
      const double sine = std::sin(periodic ? half : 0.5 * half);
      this->Eigenvalues.push_back(4.0 * weight * sine * sine);
    }
  }

  /// What Backward(Forward) multiplies by.
  double Norm() const { return static_cast<double>(this->Count) * (this->Waves ? 1.0 : 2.0); }
  void Forward(FftBuffer<double>& lines) const
  {
    this->Waves ? this->Waves->Forward(lines) : this->Cosines->Forward(lines);
  }
  void Backward(FftBuffer<double>& lines) const
  {
    this->Waves ? this->Waves->Backward(lines) : this->Cosines->Backward(lines);
  }
};

/// What the harmonics are multiplied by.
struct BoxPoisson::Factors
{
  double Shift;
  double Constant;
  double Norm;
};

/// What is done with the lines along an axis: transformed, and for the last axis multiplied and
/// transformed back at once.
class BoxPoisson::Lines
{
public:
  static constexpr Index Width = CosineFft::Lines;
  static_assert(CosineFft::Lines == HalfComplexFft::Lines);

  enum class Step
  {
    Forward,
    ForwardAndBack,
    Backward
  };

  Lines(const std::vector<Axis>& axes, Step step, const Factors& factors)
    : Axes(axes)
    , What(step)
    , By(factors)
  {
  }

  /// @param node  the first node of the first line, of which there are `count`, `apart` nodes from
  ///              one to the next.
  void Run(const Axis& axis, double* values, Index node, Index apart, Index count,
    FftBuffer<double>& buffer) const
  {
    for (Index j = 0; j < axis.Count; ++j)
    {
      const double* const from = values + node + j * axis.Stride;
      for (Index line = 0; line < Width; ++line)
      {
        buffer[j * Width + line] = line < count ? from[line * apart] : 0.0;
      }
    }
    if (this->What != Step::Backward)
    {
      axis.Forward(buffer);
    }
    if (this->What == Step::ForwardAndBack)
    {
      this->Multiply(axis, node, apart, count, buffer);
    }
    if (this->What != Step::Forward)
    {
      axis.Backward(buffer);
    }
    for (Index j = 0; j < axis.Count; ++j)
    {
      double* const to = values + node + j * axis.Stride;
      for (Index line = 0; line < count; ++line)
      {
        to[line * apart] = buffer[j * Width + line];
      }
    }
  }

private:
  void Multiply(
    const Axis& axis, Index node, Index apart, Index count, FftBuffer<double>& buffer) const
  {
    double others[Width] = {};
    for (Index line = 0; line < count; ++line)
    {
      others[line] = this->By.Shift;
      for (const Axis& other : this->Axes)
      {
        const Index place = (node + line * apart) / other.Stride % other.Count;
        others[line] +=
          other.Number == axis.Number ? 0.0 : other.Eigenvalues[static_cast<std::size_t>(place)];
      }
    }
    for (Index j = 0; j < axis.Count; ++j)
    {
      const double own = axis.Eigenvalues[static_cast<std::size_t>(j)];
      for (Index line = 0; line < count; ++line)
      {
        const bool mean = j == 0 && node + line * apart == 0;
        const double factor = mean ? this->By.Constant : 1.0 / (own + others[line]);
        buffer[j * Width + line] *= factor / this->By.Norm;
      }
    }
  }

  const std::vector<Axis>& Axes;
  Step What;
  const Factors& By;
};

BoxPoisson::BoxPoisson(const Lattice& lattice, const Eigen::Vector3d& axisWeights)
  : Nodes(lattice)
{
  for (int axis = 0; axis < 3; ++axis)
  {
    if (lattice.HasEdges(axis))
    {
      this->Axes.emplace_back(lattice, axis, axisWeights[axis]);
    }
  }
}

BoxPoisson::~BoxPoisson() = default;

double BoxPoisson::LeastEigenvalue() const
{
  double least = std::numeric_limits<double>::infinity();
  for (const Axis& axis : this->Axes)
  {
    least = std::min(least, axis.Eigenvalues[1]);
  }
  return this->Axes.empty() ? 1.0 : least;
}

void BoxPoisson::Run(int axis, double* values, const Lines& lines, const Execution& execution) const
{
  const Axis& along = this->Axes[static_cast<std::size_t>(axis)];
  // Lines beside one another along x, or along y where they run along x themselves.
  const bool rows = along.Number == 0;
  const Index beside = rows ? this->Nodes.Rows() : along.Stride;
  const Index apart = rows ? along.Count : 1;
  const Index layers = rows ? 1 : this->Nodes.Size() / (along.Stride * along.Count);
  const Index tiles = (beside + Lines::Width - 1) / Lines::Width;
  execution.For(layers * tiles,
    [&](Index begin, Index end)
    {
      FftBuffer<double> buffer(along.Count * Lines::Width);
      for (Index tile = begin; tile < end; ++tile)
      {
        const Index first = tile % tiles * Lines::Width;
        const Index node = tile / tiles * along.Stride * along.Count + first * apart;
        lines.Run(along, values, node, apart, std::min(Lines::Width, beside - first), buffer);
      }
    });
}

void BoxPoisson::Solve(
  double* values, double shift, double constant, const Execution& execution) const
{
  if (this->Axes.empty())
  {
    values[0] *= constant;
    return;
  }
  Factors factors{ shift, constant, 1.0 };
  for (const Axis& axis : this->Axes)
  {
    factors.Norm *= axis.Norm();
  }
  const int last = static_cast<int>(this->Axes.size()) - 1;
  const Lines forward(this->Axes, Lines::Step::Forward, factors);
  const Lines both(this->Axes, Lines::Step::ForwardAndBack, factors);
  const Lines backward(this->Axes, Lines::Step::Backward, factors);
  for (int axis = 0; axis < last; ++axis)
  {
    this->Run(axis, values, forward, execution);
  }
  this->Run(last, values, both, execution);
  for (int axis = last - 1; axis >= 0; --axis)
  {
    this->Run(axis, values, backward, execution);
  }
}
}
