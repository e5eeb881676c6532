// SPDX-License-Identifier: BSD-3-Clause
#ifndef Base_Simd_h
#define Base_Simd_h

#include <string>
#include <vector>

/// Of Highway, and the same wherever its headers are included: targets that hot loops are not
/// compiled for, by the bits of hwy/detect_targets.h. Above AVX-512 on x86 (0 to 7) nothing is
/// gained, SSSE3 (12) is too rare to be worth a copy, and vectors whose length only the processor
/// knows (SVE: 23 to 27, RISC-V: 37) cannot be parts of a Pack.
#define HWY_DISABLED_TARGETS (0xffLL | (1LL << 12) | (0x1fLL << 23) | (1LL << 37))

/// The targets of the hot loops: sets of vector instructions, of which the best that the processor
/// has is used. The last one is what every processor of the architecture has.
///
/// The environment variable SCOREFIELDS_SIMD names another one, for tests and measurements; a name
/// that is not among SimdTargets is told on the standard error and not obeyed.
namespace scorefields
{
/// Sums over many terms run in this many lanes, term i in lane i modulo LaneCount, on every target.
constexpr int LaneCount = 8;

/// Those that the loops are compiled for and this processor has, best first; of "avx512", "avx2",
/// "sse4", "sse2", "neon", "scalar" and Highway's names of others.
const std::vector<std::string>& SimdTargets();

/// The one in use.
std::string SimdTarget();

/// Sets the one in use from now on, for all threads. Not while numerics run.
/// @throws std::invalid_argument if it is not among SimdTargets.
void UseSimdTarget(const std::string& name);

/// Obeys SCOREFIELDS_SIMD. @return true
bool ObeySimdEnvironment();

/// Once, when the library is loaded.
inline const bool SimdEnvironmentObeyed = ObeySimdEnvironment();
}

#endif
