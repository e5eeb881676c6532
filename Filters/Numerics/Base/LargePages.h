// SPDX-License-Identifier: BSD-3-Clause
#ifndef Base_LargePages_h
#define Base_LargePages_h

#include <cstddef>

namespace scorefields
{
/// Asks the system to back fresh memory with large pages where it can (Linux: transparent huge
/// pages, in their usual mode "madvise"): filling a large array for the first time otherwise takes
/// an interrupt per 4 kB, which costs more than the filling. A hint without any effect on values;
/// nothing happens below 4 MB, as in numpy, or on systems that have no such call.
void PreferLargePages(void* memory, std::size_t bytes);
}

#endif
