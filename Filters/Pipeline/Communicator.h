// SPDX-License-Identifier: BSD-3-Clause
#ifndef Pipeline_Communicator_h
#define Pipeline_Communicator_h

#include "Numerics/Cloud/CloudMoments.h"
#include "Numerics/Density/DensityEstimate.h"

#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include <vtkType.h>

class vtkMultiProcessController;

namespace vtkscorefields
{
/// Why a request has no result.
struct Failure
{
  std::string Text;
  bool Silent = false; ///< the user knows already
};

/// What a collective throws on all ranks where a rank has failed before it. All have the same text.
struct RankFailed : std::runtime_error
{
  explicit RankFailed(const Failure& failure);
  bool Silent;
};

/// The collectives the filters need. Every rank must call them in the same order; with one rank, or
/// without a controller, they return their argument.
///
/// No rank waits for one that failed. Each collective begins with a question whether all ranks are
/// well. Who fails between two collectives calls Settle, which answers the next question of the
/// others. RunRequestData does so for all filters, also at the end.
class Communicator
{
public:
  /// @param messageLength  most values in one message; tests make it small.
  explicit Communicator(
    vtkMultiProcessController* controller, vtkIdType messageLength = vtkIdType(1) << 27);

  int Rank() const;
  int Size() const;
  /// Replaces each of the n values by its sum over the ranks.
  void Sum(double* values, vtkIdType n) const;
  double Sum(double value) const;
  /// Replaces each of the n values by its largest over the ranks.
  void Maximum(double* values, vtkIdType n) const;
  double Minimum(double value) const;
  /// True on every rank if the flag is true on any.
  bool Any(bool flag) const;
  /// Tells all ranks whether this one failed.
  /// @returns the failure of the first rank that has one, the same on every rank; a silent one only
  ///          if all are. Nothing if all ranks are well.
  std::optional<Failure> Settle(const std::optional<Failure>& own) const;
  /// @throws RankFailed on every rank if the problem of any rank is not empty; where there is one
  ///         rank, std::invalid_argument.
  void Agree(const std::string& problem) const;
  /// The moments of the whole cloud, merged in the order of the ranks, so the same on every rank.
  scorefields::CloudMoments Merge(const scorefields::CloudMoments& local) const;
  /// The samples of all ranks in the order of the ranks. Weights are explicit if any rank has some.
  scorefields::Samples Gather(const scorefields::Samples& local) const;
  /// The same with this rank's own samples first.
  scorefields::Samples GatherOwnFirst(const scorefields::Samples& local) const;
  /// Replaces the values by those of all ranks, in the order of the ranks.
  void Gather(std::vector<double>& values) const;
  /// Sends the n values, no more than a message holds, to another rank, which must call Receive for
  /// as many.
  void Send(const double* values, vtkIdType n, int rank) const;
  void Receive(double* values, vtkIdType n, int rank) const;
  /// Sum and Gather for the numerics; this object must outlive the result.
  scorefields::Exchange MakeExchange() const;

private:
  /// The question before each collective.
  /// @throws RankFailed on every rank if one has failed.
  void RequireAllWell() const;
  /// Replaces each value by that of all ranks under an operation of vtkCommunicator.
  void Reduce(double* values, vtkIdType n, int operation) const;
  std::vector<vtkIdType> CountsOfRanks(vtkIdType mine) const;
  /// The values of all ranks, counts[r] of rank r, in their order.
  void Collect(const double* mine, const std::vector<vtkIdType>& counts, double* all) const;

  vtkMultiProcessController* Controller;
  vtkIdType MessageLength;
};
}

#endif
