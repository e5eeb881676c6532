// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Exact/ExactSum.h"

#include "Numerics/Exact/ExactProblem.h"
#include "Numerics/Exact/GridTiles.h"
#include "Numerics/Exact/LatticeSum.h"
#include "Numerics/Exact/NearbySamples.h"
#include "Numerics/Exact/PointSum.h"

#include <algorithm>
#include <cmath>

// Exact sums at the nodes of a grid:
//   1. Build the tree of the samples, unless one is given (Problem).
//   2. Cut the grid into tiles of nodes (TiledGrid), which threads take in turns (RunPieces).
//   Then, for each tile with a wanted node (TileEvaluator):
//   3. Find the sample that counts most at its centre; all others are seen relative to it.
//   4. Collect the samples that count anywhere in the tile (VisitNearby).
//   5. Add their moments at all nodes, by products along the axes or point by point.
//   6. If an exponent grows too large for that, do the halves of the tile instead.
//   7. Turn the moments into the fields and write these (Finish).
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
    // Step 3.
    LocalFrame frame =
      FindFrame(this->Shared.Tree, this->Shared.Compacted, this->Tiles.Centre(tile));
    SetExtent(frame, this->Shared.Compacted, this->Tiles.Half(tile));
    // Steps 4, 5 and 7.
    const bool done = this->Tiles.PrefersLattice(tile, this->Shared.Set.Count())
      ? this->ByLattice(tile, frame)
      : this->ByPoints(tile, frame);
    if (!done)
    {
      // Step 6.
      const std::array<Tile, 2> halves = this->Tiles.Halves(tile, frame.Reach);
      this->Evaluate(halves[0]);
      this->Evaluate(halves[1]);
    }
  }

private:
  bool IsWanted(const Tile& tile) const
  {
    bool any = !this->Wanted;
    for (Index node = 0; node < tile.Size() && !any; ++node)
    {
      any = this->Wanted[this->Tiles.Entry(tile, node)] != 0;
    }
    return any;
  }

  // Steps 4, 5 and 7, by products along the axes.
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

  // Steps 4, 5 and 7, point by point.
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

  // Step 7.
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
  // Step 1.
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
  // Step 2.
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
