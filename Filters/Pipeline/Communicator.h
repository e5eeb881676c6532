// SPDX-License-Identifier: BSD-3-Clause
#ifndef Pipeline_Communicator_h
#define Pipeline_Communicator_h

#include "Numerics/Cloud/CloudMoments.h"
#include "Numerics/Density/DensityEstimate.h"

#include <string>
#include <vector>

#include <vtkType.h>

class vtkMultiProcessController;

namespace vtkscorefields
{
/// The collectives the filters need. Every rank must call them in the same order; with one rank, or
/// without a controller, they return their argument.
class Communicator
{
public:
  explicit Communicator(vtkMultiProcessController* controller);

  int Rank() const;
  int Size() const;
  /// Replaces each of the n values by its sum over the ranks.
  void Sum(double* values, vtkIdType n) const;
  double Sum(double value) const;
  /// Replaces each of the n values by its largest over the ranks.
  void Maximum(double* values, vtkIdType n) const;
  /// True on every rank if the flag is true on any.
  bool Any(bool flag) const;
  /// @throws std::invalid_argument on every rank if the problem of any rank is not empty: with its
  ///         own text where there is one.
  void Agree(const std::string& problem) const;
  /// The moments of the whole cloud, merged in the order of the ranks, so the same on every rank.
  scorefields::CloudMoments Merge(const scorefields::CloudMoments& local) const;
  /// The samples of all ranks in the order of the ranks. Weights are explicit if any rank has some.
  scorefields::Samples Gather(const scorefields::Samples& local) const;
  /// The same with this rank's own samples first.
  scorefields::Samples GatherOwnFirst(const scorefields::Samples& local) const;
  /// Replaces the values by those of all ranks, in the order of the ranks.
  void Gather(std::vector<double>& values) const;
  /// Sum and Gather for the numerics; this object must outlive the result.
  scorefields::Exchange MakeExchange() const;

private:
  vtkMultiProcessController* Controller;
};
}

#endif
