// SPDX-License-Identifier: BSD-3-Clause
#ifndef Pipeline_KeptCloud_h
#define Pipeline_KeptCloud_h

#include "Numerics/Cloud/CloudMoments.h"
#include "Numerics/Products/ProductSum.h"

#include <cstdint>

namespace vtkscorefields
{
/// What a filter keeps of a cloud from one run to the next, so that the next bandwidth is quick:
/// the moments, and the mesh that the samples are spread to.
///
/// A fingerprint of all coordinates and weights (FingerprintOf) says whose they are. So points that
/// were changed in place are read anew, even if nobody told the pipeline.
struct KeptCloud
{
  std::uint64_t Fingerprint = 0;
  bool IsKnown = false;
  scorefields::CloudMoments Moments; ///< of the whole cloud
  double NonFinite = 0.0;            ///< points of all ranks that are left out
  scorefields::MeshKeeper Mesh;

  bool IsOf(std::uint64_t fingerprint) const
  {
    return this->IsKnown && this->Fingerprint == fingerprint;
  }
  /// Forgets another cloud.
  void Enter(std::uint64_t fingerprint, const scorefields::CloudMoments& moments, double nonFinite)
  {
    if (!this->IsOf(fingerprint))
    {
      *this = { fingerprint, true, moments, nonFinite, {} };
    }
  }
  double Bytes() const { return this->Mesh.Bytes(); }
  /// Gives the mesh up if it takes more than `budget` bytes.
  void Fit(double budget)
  {
    if (this->Bytes() > budget)
    {
      this->Mesh = {};
    }
  }
};
}

#endif
