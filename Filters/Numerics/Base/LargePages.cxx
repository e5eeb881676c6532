// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Base/LargePages.h"

#ifdef __linux__
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#endif

namespace scorefields
{
#ifdef MADV_HUGEPAGE
void PreferLargePages(void* memory, std::size_t bytes)
{
  constexpr std::size_t least = std::size_t(1) << 22;
  if (bytes < least)
  {
    return;
  }
  const auto page = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
  const auto begin = reinterpret_cast<std::uintptr_t>(memory);
  const std::uintptr_t first = (begin + page - 1) / page * page;
  const std::uintptr_t last = (begin + bytes) / page * page;
  // A refusal leaves small pages, which serve as well.
  madvise(static_cast<char*>(memory) + (first - begin), last - first, MADV_HUGEPAGE);
}
#else
void PreferLargePages(void*, std::size_t) {}
#endif
}
