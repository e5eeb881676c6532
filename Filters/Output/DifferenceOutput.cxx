// SPDX-License-Identifier: BSD-3-Clause
#include "Output/DifferenceOutput.h"

#include "Pipeline/Adaptor.h"
#include "Pipeline/FieldNames.h"

#include <vtkDoubleArray.h>
#include <vtkImageData.h>
#include <vtkPointData.h>
#include <vtkUnsignedCharArray.h>

#include <algorithm>
#include <numeric>

namespace vtkscorefields
{
namespace
{
double* AddDoubles(vtkImageData* image, const char* name)
{
  auto array = NewArray(name, 1, image->GetNumberOfPoints());
  image->GetPointData()->AddArray(array);
  return array->GetPointer(0);
}

unsigned char* AddClasses(vtkImageData* image)
{
  auto array = vtkSmartPointer<vtkUnsignedCharArray>::New();
  array->SetName(names::DifferenceClass);
  array->SetNumberOfTuples(image->GetNumberOfPoints());
  image->GetPointData()->SetScalars(array);
  return array->GetPointer(0);
}
}

scorefields::DifferenceView AddDifferenceArrays(vtkImageData* image)
{
  scorefields::DifferenceView view;
  view.Class = AddClasses(image);
  view.DensityA = AddDoubles(image, names::DensityA);
  view.DensityB = AddDoubles(image, names::DensityB);
  view.Difference = AddDoubles(image, names::DensityDifference);
  view.LogRatio = AddDoubles(image, names::LogDensityRatio);
  view.Standardised = AddDoubles(image, names::StandardisedDifference);
  view.PValue = AddDoubles(image, names::PValue);
  return view;
}

void WriteDifference(vtkFieldData* fieldData, const DifferenceSummary& summary,
  const scorefields::DifferenceOptions& options, const scorefields::CloudMoments& a,
  const scorefields::CloudMoments& b)
{
  SetFieldValue(fieldData, names::SampleCountA, a.Count);
  SetFieldValue(fieldData, names::SampleCountB, b.Count);
  SetFieldValue(fieldData, names::EffectiveSampleCountA, a.EffectiveCount());
  SetFieldValue(fieldData, names::EffectiveSampleCountB, b.EffectiveCount());
  SetFieldText(fieldData, names::DifferenceStatistic, NameOf(options.Statistic));
  SetFieldValue(fieldData, names::NodesTested, summary.Tests);
  SetFieldValue(fieldData, names::SignificanceThreshold, summary.Threshold);
  const auto& counts = summary.Counts;
  const double nodes = std::max(std::accumulate(counts.begin(), counts.end(), 0.0), 1.0);
  std::array<double, scorefields::DifferenceClasses> shares{};
  std::transform(
    counts.begin(), counts.end(), shares.begin(), [nodes](double count) { return count / nodes; });
  const int classes = static_cast<int>(counts.size());
  SetFieldValue(fieldData, names::DifferenceCounts, counts.data(), classes);
  SetFieldValue(fieldData, names::DifferenceShares, shares.data(), classes);
}
}
