// SPDX-License-Identifier: BSD-3-Clause
#ifndef Mixture_MixtureChunk_h
#define Mixture_MixtureChunk_h

#include "Numerics/Mixture/MixtureField.h"

#include <vector>

namespace scorefields
{
/// Points evaluated together; few, so that they lie close together and share their components.
constexpr int MixtureLanes = 16;

using MixtureLane = Eigen::Array<double, MixtureLanes, 1>;

/// Points Begin, ..., Begin + Count - 1, one per row. Coordinates along inactive axes are not read
/// and must be finite. Unused rows repeat a used one, so that all take the same path through exp.
struct MixtureChunk
{
  Eigen::Array<double, MixtureLanes, 3> Points = Eigen::Array<double, MixtureLanes, 3>::Zero();
  Index Begin = 0;
  int Count = 0;
};

/// Evaluates a mixture at one chunk after another; formulas as EvaluateMixture. One per thread.
class MixtureChunkEvaluator
{
public:
  MixtureChunkEvaluator(const Mixture& mixture, const FieldView& out)
    : Components(mixture)
    , Out(out)
    , Dimension(mixture.Dimension())
    , Axis(mixture.ActiveAxes().Axis)
  {
  }

  /// Writes the entries of the chunk's points.
  void Run(const MixtureChunk& chunk);

private:
  void KeepRelevant(const MixtureChunk& chunk);
  /// L^-1 (x - m_k) in the first Dimension entries.
  void Whiten(const MixtureChunk& chunk, Index k, MixtureLane* white) const;
  /// C_k^-1 (m_k - x) in the first Dimension entries.
  void ComponentScore(const MixtureChunk& chunk, Index k, MixtureLane* score) const;
  void SumExponentials(const MixtureChunk& chunk);
  void SumScore(const MixtureChunk& chunk);
  void WriteScalars(const MixtureChunk& chunk) const;
  void WriteScore(const MixtureChunk& chunk) const;
  void WriteHessian(const MixtureChunk& chunk) const;
  void MarkNonFinite(const MixtureChunk& chunk) const;

  const Mixture& Components;
  const FieldView& Out;
  const int Dimension;
  const Eigen::Vector3i Axis;
  std::vector<Index> Kept;
  std::vector<LogBounds> Bounds;
  std::vector<MixtureLane> Responsibility; ///< q_k, then r_k, of the kept components
  MixtureLane Largest;
  MixtureLane Sum;
  MixtureLane Score[3];
};
}

#endif
