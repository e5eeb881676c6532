// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Exact/ExactSum.h"

#include "Numerics/Exact/ExactProblem.h"
#include "Numerics/Exact/GridTiles.h"
#include "Numerics/Exact/LatticeSum.h"
#include "Numerics/Exact/NearbySamples.h"
#include "Numerics/Exact/PointSum.h"

#include <algorithm>
#include <cmath>

namespace scorefields
{
namespace exact
{
namespace
{
/// Evaluates tiles one after another; one per thread.
class TileEvaluator
{
public:
  TileEvaluator(const Problem& problem, const TiledGrid& tiles, const unsigned char* wanted)
    : Shared(problem)
    , Tiles(tiles)
    , Wanted(wanted)
    , Sums(problem.Set)
  {
  }

  /// By halves if the tile is too wide for the slopes of the samples that count in it.
  void Evaluate(const Tile& tile)
  {
    if (!this->IsWanted(tile))
    {
      return;
    }
    LocalFrame frame =
      FindFrame(this->Shared.Tree, this->Shared.Compacted, this->Tiles.Centre(tile), NoExclusion);
    SetExtent(frame, this->Shared.Compacted, this->Tiles.Half(tile));
    const bool done = this->Tiles.PrefersLattice(tile, this->Shared.Set.Count())
      ? this->ByLattice(tile, frame)
      : this->ByPoints(tile, frame);
    if (!done)
    {
      const std::array<Tile, 2> halves = this->Tiles.Halves(tile, frame.Reach);
      this->Evaluate(halves[0]);
      this->Evaluate(halves[1]);
    }
  }

private:
  static constexpr Index NoExclusion = -1;

  bool IsWanted(const Tile& tile) const
  {
    bool any = !this->Wanted;
    for (Index node = 0; node < tile.Size() && !any; ++node)
    {
      any = this->Wanted[this->Tiles.Entry(tile, node)] != 0;
    }
    return any;
  }

  bool ByLattice(const Tile& tile, const LocalFrame& frame)
  {
    this->Sums.Start(this->Tiles.LatticeOf(tile));
    const bool done =
      VisitNearby(this->Shared.Tree, frame, this->Shared.Compacted, this->Shared.LogTolerance,
        this->Search, [this](const Chunk& chunk) { this->Sums.Add(chunk); });
    for (Index node = 0; node < tile.Size() && done; ++node)
    {
      double moments[MaximumMoments];
      const Index3 place = this->Tiles.LatticePlace(tile, node);
      this->Sums.Read(static_cast<int>(place[0]), static_cast<int>(place[1]),
        static_cast<int>(place[2]), moments);
      this->Finish(tile, frame, node, moments);
    }
    return done;
  }

  bool ByPoints(const Tile& tile, const LocalFrame& frame)
  {
    double moments[Tile::MostNodes][MaximumMoments];
    std::fill(&moments[0][0], &moments[0][0] + tile.Size() * MaximumMoments, 0.0);
    const bool done = VisitNearby(this->Shared.Tree, frame, this->Shared.Compacted,
      this->Shared.LogTolerance, this->Search,
      [this, &tile, &moments](const Chunk& chunk)
      {
        for (Index node = 0; node < tile.Size(); ++node)
        {
          AddAtPoint(chunk, this->Shared.Set, this->Tiles.Offset(tile, node), moments[node]);
        }
      });
    for (Index node = 0; node < tile.Size() && done; ++node)
    {
      this->Finish(tile, frame, node, moments[node]);
    }
    return done;
  }

  void Finish(const Tile& tile, const LocalFrame& frame, Index node, const double* moments) const
  {
    if (this->Wanted && !this->Wanted[this->Tiles.Entry(tile, node)])
    {
      return;
    }
    const PointValues values = FromMoments(this->Shared.Kernel, this->Shared.Compacted, frame,
      this->Tiles.Offset(tile, node), this->Shared.Set, moments);
    this->Shared.WriteEntry(this->Tiles.Entry(tile, node), values);
  }

  const Problem& Shared;
  const TiledGrid& Tiles;
  const unsigned char* Wanted;
  LatticeSum Sums;
  NearbySearch Search;
};
}

void EvaluateOnGrid(const Samples& samples, const GaussianKernel& kernel, const Grid& grid,
  const FieldView& fields, const ExactOptions& options, const Execution& execution)
{
  const Problem problem(samples, kernel, fields, options, execution);
  if (problem.Tree.Count() == 0)
  {
    for (Index node = 0; node < grid.Size(); ++node)
    {
      if (!options.Wanted || options.Wanted[node])
      {
        problem.WriteEntry(node, PointValues());
      }
    }
    return;
  }
  const TiledGrid tiles(grid, kernel, problem.Set.Count());
  const double terms = static_cast<double>(grid.Size()) * static_cast<double>(samples.Count());
  RunPieces(tiles.Count(), terms, execution,
    [&problem, &tiles, &options](Index begin, Index end, const std::function<Index(Index)>& order)
    {
      TileEvaluator evaluator(problem, tiles, options.Wanted);
      for (Index k = begin; k < end; ++k)
      {
        evaluator.Evaluate(tiles.At(order(k)));
      }
    });
}
}
}
