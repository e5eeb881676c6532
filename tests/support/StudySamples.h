// SPDX-License-Identifier: BSD-3-Clause
#ifndef support_StudySamples_h
#define support_StudySamples_h

#include "Numerics/Bandwidth/Locations.h"
#include "Numerics/Mixture/MixturePresets.h"
#include "Numerics/Mixture/MixtureSampling.h"
#include "support/Reference.h"

#include <cstdint>

/// Clouds that tests of choices and scans share.
namespace scorefields
{
/// Points drawn from the study's mixture.
inline Samples StudySamples(Index n, std::uint64_t seed)
{
  return Samples::Unweighted(SampleMixture(MakeMixture(MixturePreset::Study), seed, 0, n).Points);
}

/// The 200 points of reference.json.
inline Samples ReferenceSamples()
{
  return Samples::Unweighted(reference::Points(reference::All()["sample200"]["points"]));
}

/// Their bandwidths by the rules.
inline const nlohmann::json& Selectors()
{
  return reference::All()["sample200"]["selectors"];
}

inline Locations ReferenceLocations()
{
  return FindLocations(ReferenceSamples(), Axes::First(2));
}
}

#endif
