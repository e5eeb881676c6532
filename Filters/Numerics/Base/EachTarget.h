// SPDX-License-Identifier: BSD-3-Clause
#ifndef Base_EachTarget_h
#define Base_EachTarget_h

/// Compiles the unit that includes it once for each target of the hot loops (Simd.h), by Highway's
/// way of including that unit again. The unit looks like this, its hot loops between the marks:
///
///   #undef HWY_TARGET_INCLUDE
///   #define HWY_TARGET_INCLUDE "Numerics/Room/ThisUnit.cxx"
///   #include "Numerics/Base/EachTarget.h"
///
///   #include "Numerics/Base/Lanes.h"     // once per target
///   #include "Numerics/Room/ThisUnit.h"  // once
///
///   HWY_BEFORE_NAMESPACE();
///   namespace scorefields
///   {
///   namespace HWY_NAMESPACE
///   {
///   namespace
///   {
///   void Loop(const double* from, Index count, double* to) { ... }
///   }
///   }
///   }
///   HWY_AFTER_NAMESPACE();
///
///   #if HWY_ONCE
///   namespace scorefields
///   {
///   HWY_EXPORT(Loop);
///
///   void DoAll(const double* from, Index count, double* to)
///   {
///     HWY_DYNAMIC_DISPATCH(Loop)(from, count, to);
///   }
///   }
///   #endif
///
/// docs/coding.md tells how to write a loop.
#include "Numerics/Base/Simd.h"

#include <hwy/foreach_target.h>

#endif
