// SPDX-License-Identifier: BSD-3-Clause
#ifndef benchmarks_Loops_h
#define benchmarks_Loops_h

namespace scorefields
{
/// The loops over rows of nodes, cells and samples (BenchRowLoops.cxx).
void RegisterRowLoops();
}

#endif
