// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Base/Simd.h"

#include <hwy/targets.h>

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>

namespace scorefields
{
namespace
{
using TargetBits = decltype(hwy::SupportedTargets());

std::string NameOf(TargetBits target)
{
  if (target == HWY_AVX3)
  {
    return "avx512";
  }
  std::string name = hwy::TargetName(target);
  std::transform(name.begin(), name.end(), name.begin(),
    [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
  return name;
}

/// One bit each, best first: lower bits are better. The loops' baseline is always there.
std::vector<TargetBits> Available()
{
  std::vector<TargetBits> targets;
  const TargetBits supported = (hwy::SupportedTargets() | HWY_STATIC_TARGET) & (HWY_TARGETS);
  for (TargetBits rest = supported; rest != 0; rest &= rest - 1)
  {
    targets.push_back(rest & ~(rest - 1));
  }
  return targets;
}

/// What there is before any is disabled.
const std::vector<TargetBits>& AllTargets()
{
  static const std::vector<TargetBits> targets = Available();
  return targets;
}

std::string Joined(const std::vector<std::string>& names)
{
  std::string all;
  for (const std::string& name : names)
  {
    all += (all.empty() ? "" : ", ") + name;
  }
  return all;
}
}

const std::vector<std::string>& SimdTargets()
{
  static const std::vector<std::string> names = []()
  {
    std::vector<std::string> found;
    for (const TargetBits target : AllTargets())
    {
      found.push_back(NameOf(target));
    }
    return found;
  }();
  return names;
}

std::string SimdTarget()
{
  return NameOf(Available().front());
}

void UseSimdTarget(const std::string& name)
{
  const std::vector<std::string>& names = SimdTargets();
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end())
  {
    throw std::invalid_argument(
      "The vector instructions are set to " + name + "; there are " + Joined(names));
  }
  // All that are better, and those that the loops are not compiled for.
  const TargetBits target = AllTargets()[static_cast<std::size_t>(found - names.begin())];
  hwy::DisableTargets(target - 1);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
}

bool ObeySimdEnvironment()
{
  SimdTargets();
  const char* const name = std::getenv("SCOREFIELDS_SIMD");
  if (name == nullptr || *name == '\0')
  {
    return true;
  }
  try
  {
    UseSimdTarget(name);
  }
  catch (const std::invalid_argument& error)
  {
    std::fprintf(stderr, "SCOREFIELDS_SIMD: %s.\n", error.what());
  }
  return true;
}
}
