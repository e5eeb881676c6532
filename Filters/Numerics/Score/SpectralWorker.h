// SPDX-License-Identifier: BSD-3-Clause
#ifndef Score_SpectralWorker_h
#define Score_SpectralWorker_h

#include "Numerics/Base/Types.h"
#include "Numerics/Score/SpectralLine.h"
#include "Numerics/Score/Stencils.h"

#include <map>
#include <utility>

namespace scorefields
{
struct SpectralInput;

/// The lines of nodes along one axis, one after the other. A line is cut where values are missing,
/// the pieces are open lines; those too short for a SpectralLine get a difference. One object per
/// thread.
class SpectralWorker
{
public:
  SpectralWorker(const SpectralInput& input, int axis);

  /// @param values  log densities of a whole line; NaN where there is none.
  void Evaluate(const double* values, const LineResult& result);

private:
  SpectralLine& LineOf(Index nodes, LineEnds ends);
  void Difference(const double* values, Index nodes, const LineResult& result) const;

  Index Nodes;
  LinePrecision Precision;
  LineEnds Ends;
  StencilLine Stencil;
  std::map<std::pair<Index, LineEnds>, SpectralLine> Lines;
};
}

#endif
