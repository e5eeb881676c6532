// SPDX-License-Identifier: BSD-3-Clause
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "Numerics/Transform/SampleLocator.cxx"
#include "Numerics/Base/EachTarget.h"

#include "Numerics/Base/Lanes.h"
#include "Numerics/Transform/SampleLocator.h"

#include <algorithm>
#include <cmath>
#include <limits>

HWY_BEFORE_NAMESPACE();
namespace scorefields
{
namespace HWY_NAMESPACE
{
namespace
{
constexpr int StepSize = 3 * RegisterSize; ///< three registers at a time, so that none waits

/// Whole turns of coordinates; also the least and the largest of each of the turn's places.
void ScaleTurns(const LocatorTurn& turn, const double* points, Index values, double* positions,
  double* least, double* most)
{
  using P = Pack<StepSize>;
  for (Index place = 0; place < LocatorTurn::Size; place += StepSize)
  {
    const P origin = P::LoadAligned(turn.Origin + place);
    const P perSpacing = P::LoadAligned(turn.PerSpacing + place);
    const P shift = P::LoadAligned(turn.Shift + place);
    P low = P::Load(least + place);
    P high = P::Load(most + place);
    for (Index k = place; k < values; k += LocatorTurn::Size)
    {
      const P x = P::Load(points + k);
      low = Smaller(x, low);
      high = Larger(x, high);
      MulAdd(x - origin, perSpacing, shift).Store(positions + k);
    }
    low.Store(least + place);
    high.Store(most + place);
  }
}

/// Three coordinates of at least one sample each.
void Scale(const LocatorTurn& turn, const double* points, Index values, double* positions,
  double* least, double* most)
{
  constexpr Index size = LocatorTurn::Size;
  for (Index i = 0; i < size; ++i)
  {
    least[i] = std::numeric_limits<double>::infinity();
    most[i] = -std::numeric_limits<double>::infinity();
  }
  const Index whole = values / size * size;
  ScaleTurns(turn, points, whole, positions, least, most);
  if (whole < values)
  {
    // The last turn is filled up with its first sample, to round as in whole ones.
    double rest[size];
    double located[size];
    for (Index i = 0; i < size; ++i)
    {
      rest[i] = points[whole + i < values ? whole + i : whole + i % 3];
    }
    ScaleTurns(turn, rest, size, located, least, most);
    std::copy_n(located, values - whole, positions + whole);
  }
}
}
}
}
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace scorefields
{
HWY_EXPORT(Scale);

SampleLocator::SampleLocator(const MeshPlan& plan, const Grid& grid)
  : Dimension(plan.Dimension)
  , Lines{}
  , Turn{}
{
  for (std::size_t a = 0; a < static_cast<std::size_t>(plan.Dimension); ++a)
  {
    const MeshAxis& axis = plan.Axes[a];
    const bool closed = !std::isfinite(axis.KeepAbove);
    const double length =
      static_cast<double>(grid.Dimensions[axis.Axis] - 1) * grid.Spacing[axis.Axis];
    Line& line = this->Lines[a];
    line.Axis = axis.Axis;
    line.Origin = axis.Origin;
    line.PerSpacing = 1.0 / axis.Spacing;
    line.Shift = 1.0 - 0.5 * plan.Order;
    line.Size = static_cast<double>(axis.Size);
    line.KeepAbove = axis.KeepAbove;
    line.KeepUpTo = axis.KeepUpTo;
    line.Lower = closed ? axis.KeepAbove : axis.Origin;
    line.Upper = closed ? axis.KeepUpTo : axis.Origin + length;
    for (int i = line.Axis; i < LocatorTurn::Size; i += 3)
    {
      this->Turn.Origin[i] = line.Origin;
      this->Turn.PerSpacing[i] = line.PerSpacing;
      this->Turn.Shift[i] = line.Shift;
    }
  }
}

// Around the period.
void SampleLocator::Wrap(const Line& line, LocatedSamples& located)
{
  for (Index i = 0; i < located.Count; ++i)
  {
    double& u = located.Position[3 * i + line.Axis];
    if (!(u >= 0.0 && u < line.Size))
    {
      u -= line.Size * std::floor(u / line.Size);
      u = u >= 0.0 && u < line.Size ? u : 0.0; // rounding at the seam
    }
  }
}

// Which samples are kept and inside, where not all are.
void SampleLocator::Check(const Line& line, const double* points, LocatedSamples& located)
{
  for (Index i = 0; i < located.Count; ++i)
  {
    const double x = points[3 * i + line.Axis];
    located.Kept[i] = located.Kept[i] && x > line.KeepAbove && x <= line.KeepUpTo;
    located.Inside[i] = located.Inside[i] && x >= line.Lower && x <= line.Upper;
  }
}

void SampleLocator::Locate(const double* points, Index count, LocatedSamples& located) const
{
  located.Count = count;
  double least[LocatorTurn::Size];
  double most[LocatorTurn::Size];
  HWY_DYNAMIC_DISPATCH(Scale)(this->Turn, points, 3 * count, located.Position, least, most);
  bool kept = true;
  bool inside = true;
  for (std::size_t a = 0; a < static_cast<std::size_t>(this->Dimension); ++a)
  {
    const Line& line = this->Lines[a];
    double low = least[line.Axis];
    double high = most[line.Axis];
    for (int i = line.Axis; i < LocatorTurn::Size; i += 3)
    {
      low = std::min(low, least[i]);
      high = std::max(high, most[i]);
    }
    kept = kept && low > line.KeepAbove && high <= line.KeepUpTo;
    inside = inside && low >= line.Lower && high <= line.Upper;
    const double first = (low - line.Origin) * line.PerSpacing + line.Shift;
    const double last = (high - line.Origin) * line.PerSpacing + line.Shift;
    // Clear of the seam, where positions may round otherwise than here.
    if (!(first >= 0.5 && last < line.Size - 0.5))
    {
      Wrap(line, located);
    }
  }
  located.AllCount = kept && inside;
  std::fill_n(located.Kept, located.AllCount ? 0 : count, true);
  std::fill_n(located.Inside, located.AllCount ? 0 : count, true);
  for (std::size_t a = 0; a < static_cast<std::size_t>(this->Dimension) && !located.AllCount; ++a)
  {
    Check(this->Lines[a], points, located);
  }
}
}
#endif
