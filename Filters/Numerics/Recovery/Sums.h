// SPDX-License-Identifier: BSD-3-Clause
#ifndef Recovery_Sums_h
#define Recovery_Sums_h

#include "Numerics/Base/Execution.h"

#include <algorithm>
#include <vector>

namespace scorefields
{
/// Sum over [0, n) of what term(begin, end) gives for blocks of this size, on threads, in the order
/// of the blocks: the same to the last bit for any number of threads.
template <class Term>
double SumOfBlocks(Index n, Index blockSize, const Execution& execution, const Term& term)
{
  const Index blocks = (n + blockSize - 1) / blockSize;
  std::vector<double> sums(static_cast<std::size_t>(blocks));
  execution.For(blocks,
    [&](Index begin, Index end)
    {
      for (Index block = begin; block < end; ++block)
      {
        sums[static_cast<std::size_t>(block)] =
          term(block * blockSize, std::min(n, (block + 1) * blockSize));
      }
    });
  double sum = 0.0;
  for (const double part : sums)
  {
    sum += part;
  }
  return sum;
}
}

#endif
