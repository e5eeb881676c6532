// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Transform/SampleLocator.h"

#include "Numerics/Base/Lanes.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace scorefields
{
SampleLocator::SampleLocator(const MeshPlan& plan, const Grid& grid)
  : Dimension(plan.Dimension)
  , Lines{}
  , Turns{}
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
    for (int i = line.Axis; i < 3 * LaneCount; i += 3)
    {
      this->Turns.Origin[i] = line.Origin;
      this->Turns.PerSpacing[i] = line.PerSpacing;
      this->Turns.Shift[i] = line.Shift;
    }
  }
}

// Also the least and the largest of each of 24 coordinates in turn.
SCOREFIELDS_CLONES
void SampleLocator::Scale(const Pattern& pattern, const double* points, LocatedSamples& located,
  double* least, double* most)
{
  typedef double Unaligned __attribute__((vector_size(64), aligned(8), may_alias));
  constexpr Index turn = 3 * LaneCount;
  const Lanes far = Lanes{} + std::numeric_limits<double>::infinity();
  Lanes lows[3] = { far, far, far };
  Lanes highs[3] = { -far, -far, -far };
  const Index values = 3 * located.Count;
  const Index whole = values / turn * turn;
  for (Index k = 0; k < whole; k += turn)
  {
    for (Index v = 0; v < 3; ++v)
    {
      const Index place = LaneCount * v;
      const Lanes x = *reinterpret_cast<const Unaligned*>(points + k + place);
      lows[v] = x < lows[v] ? x : lows[v];
      highs[v] = x > highs[v] ? x : highs[v];
      *reinterpret_cast<Lanes*>(located.Position + k + place) =
        (x - *reinterpret_cast<const Lanes*>(pattern.Origin + place)) *
          *reinterpret_cast<const Lanes*>(pattern.PerSpacing + place) +
        *reinterpret_cast<const Lanes*>(pattern.Shift + place);
    }
  }
  for (Index i = 0; i < turn; ++i)
  {
    least[i] = lows[i / LaneCount][i % LaneCount];
    most[i] = highs[i / LaneCount][i % LaneCount];
  }
  for (Index k = whole; k < values; ++k)
  {
    const Index i = k - whole;
    least[i] = std::min(least[i], points[k]);
    most[i] = std::max(most[i], points[k]);
    located.Position[k] =
      (points[k] - pattern.Origin[i]) * pattern.PerSpacing[i] + pattern.Shift[i];
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
  double least[3 * LaneCount];
  double most[3 * LaneCount];
  Scale(this->Turns, points, located, least, most);
  bool kept = true;
  bool inside = true;
  for (std::size_t a = 0; a < static_cast<std::size_t>(this->Dimension); ++a)
  {
    const Line& line = this->Lines[a];
    double low = least[line.Axis];
    double high = most[line.Axis];
    for (int i = line.Axis; i < 3 * LaneCount; i += 3)
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
