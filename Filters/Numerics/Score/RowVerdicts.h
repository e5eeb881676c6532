// SPDX-License-Identifier: BSD-3-Clause
#ifndef Score_RowVerdicts_h
#define Score_RowVerdicts_h

#include "Numerics/Score/RowLoops.h"
#include "Numerics/Score/ScoreField.h"
#include "Numerics/Score/SpectralScore.h"

#include <array>

namespace scorefields
{
/// What ComputeScoreField does to rows of nodes; any number of threads may call Evaluate at once.
/// Keeps references to all it is given. For each row:
///   1. Get the slopes and the estimate of their error, by one of three ways:
///      a. differences of the row's neighbours (RowDifferences), for Density ratio then divided by
///         the density (BendRatio)
///      b. the score that is given (FillAnalytic)
///      c. transforms of whole lines (FillSpectral)
///   Then, whatever the way (Finish):
///   2. A node within all limits is sound; any other one gets the class of its largest error
///      (Classify, ClassOf). The mask follows from the class.
///   3. Test sound nodes: enough samples, and a score that differs from 0 (TestRow).
///   4. Write diagnostics, and last the scores, turned to the axes of space.
class RowVerdicts
{
public:
  RowVerdicts(const ScoreInput& input, const ErrorModel& errors, const SignificanceTest& test,
    const ScoreOptions& options, const ScoreView& output, const RowDifferences* differences);

  /// Rows [begin, end) of the block, j fastest, with the differences if there are any, else with
  /// the input's own score.
  void Evaluate(Index begin, Index end) const;
  /// Rows with their spectral scores, for Spectral. The array of the magnitudes may be their
  /// source.
  void Evaluate(const SpectralRows& rows) const;

private:
  /// One row of the block: nodes (first .., j, k) of the grid, entries [at, at + count) of output.
  struct RowPlace
  {
    Index J, K;
    Index Node; ///< of the grid, the first one of the row that is in the block
    Index At;
  };

  RowPlace PlaceOf(Index row) const
  {
    const Index3& grid = this->Input.Nodes.Dimensions;
    const Index j = this->Input.First[1] + row % this->Input.Dimensions[1];
    const Index k = this->Input.First[2] + row / this->Input.Dimensions[1];
    const Index node = this->Input.First[0] + grid[0] * (j + grid[1] * k);
    return { j, k, node, row * this->Input.Dimensions[0] };
  }
  /// What remains to be done with a row of scores.
  void Finish(const RowPlace& place, DifferenceRow& row) const;
  void FillAnalytic(const RowPlace& place, DifferenceRow& row) const;
  /// @param from  of the row's first node, in rows.
  void FillSpectral(
    const RowPlace& place, const SpectralRows& rows, Index from, DifferenceRow& row) const;
  double LargestNear(const RowPlace& place, Index i) const;
  void ChargeStated(DifferenceRow& row) const;
  void BendRatio(const RowPlace& place, DifferenceRow& row) const;
  Reliability ClassOf(const RowPlace& place, Index i, const DifferenceRow& row) const;
  void Classify(const RowPlace& place, const DifferenceRow& row) const;
  void TestRow(const RowPlace& place, const DifferenceRow& row) const;
  void WriteScores(const RowPlace& place, DifferenceRow& row) const;
  void WriteDiagnostics(const RowPlace& place, const DifferenceRow& row) const;

  double Images(const RowPlace& place, Index i) const
  {
    return this->Errors.HasWrap()
      ? this->Errors.ImageDensity(this->Input.First[0] + i, place.J, place.K)
      : 0.0;
  }
  std::size_t Column(Index i) const { return static_cast<std::size_t>(this->Input.First[0] + i); }
  Eigen::Vector3d ScoreAt(const DifferenceRow& row, Index i) const
  {
    const std::size_t at = this->Column(i);
    return Eigen::Vector3d(row.Slope[0][at], row.Slope[1][at], row.Slope[2][at]);
  }

  const ScoreInput& Input;
  const ErrorModel& Errors;
  const SignificanceTest& Test;
  const ScoreOptions& Options;
  const ScoreView& Output;
  const RowDifferences* Differences;
  bool Spectral;
  SoundLimits Limits;
  std::array<unsigned char, ReliabilityClasses> Kept; ///< the mask by class
};
}

#endif
