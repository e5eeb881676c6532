// SPDX-License-Identifier: BSD-3-Clause
#ifndef Output_DifferenceOutput_h
#define Output_DifferenceOutput_h

#include "Numerics/Difference/DensityDifference.h"
#include "Numerics/Difference/NodeVerdicts.h"

class vtkFieldData;
class vtkImageData;

/// What the filter DensityDifference writes.
namespace vtkscorefields
{
/// Adds the arrays and says where their values are to be written. DifferenceClass is the active
/// scalars.
scorefields::DifferenceView AddDifferenceArrays(vtkImageData* image);

/// What was found at the nodes of all ranks.
struct DifferenceSummary
{
  double Tests = 0.0;
  double Threshold = 0.0; ///< the p-value up to which there is a difference
  std::array<double, scorefields::DifferenceClasses> Counts{};
};

/// Adds DifferenceStatistic, NodesTested, SignificanceThreshold, DifferenceCounts (nodes of each
/// class) and DifferenceShares (their shares), and the numbers of samples of both clouds.
void WriteDifference(vtkFieldData* fieldData, const DifferenceSummary& summary,
  const scorefields::DifferenceOptions& options, const scorefields::CloudMoments& a,
  const scorefields::CloudMoments& b);
}

#endif
