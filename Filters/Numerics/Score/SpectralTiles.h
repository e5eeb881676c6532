// SPDX-License-Identifier: BSD-3-Clause
#ifndef Score_SpectralTiles_h
#define Score_SpectralTiles_h

#include "Numerics/Score/SpectralScore.h"
#include "Numerics/Score/SpectralWorker.h"

#include <vector>

namespace scorefields
{
/// Where results go, one per node: the slopes along one axis, from node FirstSlope of the block on;
/// and for the whole block the sums over the axes of the squared errors h |ds|, a square being
/// infinite where there is no slope.
struct SpectralTarget
{
  double* Slope;
  Index FirstSlope;
  float* Ringing;
  float* Noise;
};

/// The lines along one axis that pass a block, in tiles of lines that lie side by side, so that
/// whole cache lines are read and written. One object per thread.
class SpectralTiles
{
public:
  static constexpr Index TileLines = 32;

  /// @param first  whether errors are written, not added to those of other axes.
  SpectralTiles(const SpectralInput& input, int axis, bool first);

  /// Of the block, along the axis (y for x, else x) beside this one.
  Index LinesBeside() const { return this->Input.Dimensions[this->Beside]; }
  Index Nodes() const { return this->Count; } ///< of a line
  /// Lines [begin, end) side by side, `across` lines from the block's first one.
  void Run(Index begin, Index end, Index across, const SpectralTarget& target);

private:
  void RunTile(Index beside, Index count, Index across, const SpectralTarget& target);
  void Read(const double* from, Index count);
  void Evaluate(const double* values, Index line);
  void Write(Index at, Index count, const SpectralTarget& target) const;
  void Add(const float* from, Index step, Index count, float* to) const;

  const SpectralInput& Input;
  int Axis, Beside, Across;
  bool First;
  Index Count; ///< of nodes of a line
  Index Step;  ///< from one line of the tile to the next
  double Factor;
  SpectralWorker Worker;
  std::vector<double> Values, Slope, Error;
  std::vector<float> Ringing, Noise; ///< squares
};
}

#endif
