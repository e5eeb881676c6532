// SPDX-License-Identifier: BSD-3-Clause
#ifndef Input_InputCloud_h
#define Input_InputCloud_h

#include "Numerics/Cloud/SampleSource.h"

#include <vtkSmartPointer.h>

#include <string>
#include <vector>

class vtkDataArray;
class vtkDataObject;
class vtkDataSet;
class vtkUnsignedCharArray;

namespace vtkscorefields
{
/// The points of a data set, or of all blocks of a composite one, with their weights, where the
/// pipeline keeps them: they are converted a batch at a time.
///
/// Ghost points do not count, since another process has them, nor do hidden points, since they are
/// blanked. Points that are not finite, or whose weight is not, are left out and counted.
class InputCloud : public scorefields::SampleSource
{
public:
  using Index = scorefields::Index;

  /// @param weightArray  name of a point array with one component; "" or "None": all weights are 1.
  /// @throws std::invalid_argument that names WeightArray if the array is missing where there are
  ///         points or has more than one component.
  InputCloud(vtkDataObject* input, const std::string& weightArray);

  Index EntryCount() const override { return this->Entries; }
  bool IsWeighted() const override { return this->Weighted; }
  scorefields::SampleBatch Read(Index begin, Index end, Storage& storage) const override;
  /// Tells that a reading of all entries left none out as not finite: none is checked again.
  void TrustValues() { this->Trusted = true; }

private:
  /// A block with points. Where a pointer is not null, values are read through it in place.
  struct Leaf
  {
    Index First = 0; ///< entry of its first point
    Index Count = 0;
    vtkSmartPointer<vtkDataSet> Data;
    vtkSmartPointer<vtkDataArray> Weights;
    vtkUnsignedCharArray* Ghosts = nullptr;
    const double* Doubles = nullptr;
    const double* WeightDoubles = nullptr;
  };

  void AddLeaf(vtkDataSet* data, const std::string& weightArray);
  static bool IsHidden(const Leaf& leaf, Index point);
  Index AppendCounted(const Leaf& leaf, Index begin, Index end, Storage& storage) const;

  bool IsFinite(const double* values, Index n) const;

  bool Weighted;
  bool Trusted = false;
  Index Entries = 0;
  std::vector<Leaf> Leaves;
};
}

#endif
