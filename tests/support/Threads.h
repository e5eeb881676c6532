// SPDX-License-Identifier: BSD-3-Clause
#ifndef support_Threads_h
#define support_Threads_h

#include "Numerics/Base/Execution.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

/// An Execution on `threads` threads of its own, which take pieces as they come: the least
/// predictable split of work that the numerics may meet.
inline scorefields::Execution OnThreads(int threads)
{
  using scorefields::Index;
  scorefields::Execution execution;
  execution.For = [threads](Index n, const scorefields::RangeBody& body)
  {
    const Index piece = std::max<Index>(1, n / (8 * threads));
    std::atomic<Index> next{ 0 };
    const auto work = [&]()
    {
      for (Index begin = next.fetch_add(piece); begin < n; begin = next.fetch_add(piece))
      {
        body(begin, std::min(n, begin + piece));
      }
    };
    std::vector<std::thread> others;
    for (int t = 1; t < threads; ++t)
    {
      others.emplace_back(work);
    }
    work();
    for (std::thread& other : others)
    {
      other.join();
    }
  };
  return execution;
}

#endif
