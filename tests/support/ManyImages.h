// SPDX-License-Identifier: BSD-3-Clause
#ifndef support_ManyImages_h
#define support_ManyImages_h

#include "Numerics/Cloud/Domain.h"

namespace scorefields
{
/// The samples with 2 n + 1 periods of images along each closed axis of a box whose lower corner is
/// 0: the definition of an estimate in a closed box, as a cloud for direct sums.
inline Samples ManyImages(const Samples& samples, int dimension, const Domain& box, Index periods)
{
  Samples all = samples;
  for (int axis = 0; axis < dimension; ++axis)
  {
    const bool mirrors = box.At(axis) == Boundary::Reflecting;
    const double period = (mirrors ? 2.0 : 1.0) * box.Length[axis];
    const Samples before = all;
    const Index n = before.Count();
    const Index sides = mirrors ? 2 : 1;
    const Index turns = box.IsClosed(axis) ? (2 * periods + 1) * sides : 1;
    all.Points = before.Points.replicate(1, turns);
    all.Weights = before.Weights.replicate(turns, 1);
    for (Index turn = 0; turn < turns && turns > 1; ++turn)
    {
      auto row = all.Points.row(axis).segment(turn * n, n);
      row *= turn % sides == 0 ? 1.0 : -1.0;
      row.array() += period * static_cast<double>(turn / sides - periods);
    }
  }
  return all;
}
}

#endif
