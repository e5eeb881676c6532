// SPDX-License-Identifier: BSD-3-Clause
#ifndef Output_ComparisonOutput_h
#define Output_ComparisonOutput_h

#include "Numerics/Comparison/DensityMetrics.h"

#include <utility>
#include <vector>

class vtkImageData;
class vtkTable;

/// What the filter CompareDensities writes.
namespace vtkscorefields
{
/// Where the errors at the nodes of an image go.
struct ErrorFields
{
  double* Density = nullptr;    ///< p - q
  double* LogDensity = nullptr; ///< log p - log q
  double* Score = nullptr;      ///< three each, s_p - s_q; null: none
  double* Angle = nullptr;      ///< between the scores, in degrees; null: none

  /// All entries of a node.
  void Write(scorefields::Index node, const scorefields::ComparedNodes& nodes) const;
  /// Not a number, where nothing is compared.
  void Leave(scorefields::Index node) const;
};

/// Adds the arrays; DensityError is the active scalars.
ErrorFields AddErrorFields(vtkImageData* image, bool scores);

/// A row for each metric: Metric, Value.
/// @param others  rows to add.
void WriteMetrics(const scorefields::DensityMetrics& metrics,
  const std::vector<std::pair<const char*, double>>& others, vtkTable* table);

/// A row for each class of reliability.
void WriteClasses(
  const std::array<scorefields::ClassMetrics, scorefields::ComparisonSums::Classes>& classes,
  vtkTable* table);
}

#endif
