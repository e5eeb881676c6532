// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Score/TruthErrors.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace scorefields
{
namespace
{
constexpr Index PieceSize = 1 << 15;

void Add(ScoreErrors& errors, double density, double distance, Index node)
{
  errors.Mass += density;
  errors.Squared += density * distance * distance;
  if (errors.Worst < 0 || distance > errors.Largest)
  {
    errors.Largest = distance;
    errors.Worst = node;
  }
}

void Join(ScoreErrors& errors, const ScoreErrors& later)
{
  errors.Mass += later.Mass;
  errors.Squared += later.Squared;
  if (later.Worst >= 0 && (errors.Worst < 0 || later.Largest > errors.Largest))
  {
    errors.Largest = later.Largest;
    errors.Worst = later.Worst;
  }
}

TruthErrors ComparePiece(Index begin, Index end, const TruthView& view)
{
  TruthErrors errors;
  for (Index i = begin; i < end; ++i)
  {
    const Eigen::Map<const Eigen::Vector3d> truth(view.TrueScore + 3 * i);
    const double density = view.TrueDensity[i];
    if ((view.Skip && view.Skip[i]) || !truth.allFinite() || !std::isfinite(density))
    {
      continue;
    }
    const double distance = (Eigen::Map<const Eigen::Vector3d>(view.Score + 3 * i) - truth).norm();
    Add(errors.Classes[view.Classes[i]], density, distance, i);
    Add(errors.All, density, distance, i);
    if (view.Mask[i])
    {
      Add(errors.Stable, density, distance, i);
    }
  }
  return errors;
}
}

TruthErrors CompareWithTruth(Index count, const TruthView& view, const Execution& execution)
{
  const Index pieces = (count + PieceSize - 1) / PieceSize;
  std::vector<TruthErrors> parts(static_cast<std::size_t>(pieces));
  execution.For(pieces,
    [&](Index begin, Index end)
    {
      for (Index piece = begin; piece < end; ++piece)
      {
        parts[static_cast<std::size_t>(piece)] =
          ComparePiece(piece * PieceSize, std::min(count, (piece + 1) * PieceSize), view);
      }
    });
  TruthErrors errors;
  for (const TruthErrors& part : parts)
  {
    for (std::size_t c = 0; c < errors.Classes.size(); ++c)
    {
      Join(errors.Classes[c], part.Classes[c]);
    }
    Join(errors.Stable, part.Stable);
    Join(errors.All, part.All);
  }
  return errors;
}
}
