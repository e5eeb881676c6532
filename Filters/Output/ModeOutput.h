// SPDX-License-Identifier: BSD-3-Clause
#ifndef Output_ModeOutput_h
#define Output_ModeOutput_h

#include "Numerics/Base/Enumerations.h"
#include "Numerics/Modes/Separatrices.h"

#include <vector>

class vtkDataSet;
class vtkFieldData;
class vtkPolyData;

/// What the filter DensityModes writes.
namespace vtkscorefields
{
/// The direction of a way from a saddle.
enum class WayType
{
  Uphill,  ///< to a mode
  Downhill ///< along the border between two basins
};

constexpr const char* NameOf(WayType value)
{
  switch (value)
  {
    case WayType::Uphill:
      return "Uphill";
    case WayType::Downhill:
      return "Downhill";
  }
  return nullptr;
}

/// Modes and other critical points, and what is known of each mode.
struct ModeResults
{
  scorefields::CriticalSet Set;
  /// Of each mode the one that stands for it (Representatives).
  std::vector<scorefields::Index> Stands;
  bool Tested = false;             ///< there are samples: what follows is known
  std::vector<double> PValues;     ///< one per mode
  std::vector<double> SampleSizes; ///< one per mode
  std::vector<double> Shares;      ///< of the weights of all samples, one per mode
  double SignificanceLevel = 0.0;
  double SamplesWithoutMode = 0.0;
  /// One per critical point: its number in the output, NoPoint for one that is left out, which are
  /// the modes that another one stands for, and the saddles where they end.
  std::vector<scorefields::Index> Numbers;

  bool IsKept(scorefields::Index mode) const
  {
    return this->Stands[static_cast<std::size_t>(mode)] == mode;
  }
  bool IsSignificant(scorefields::Index mode) const
  {
    return this->Tested && this->PValues[static_cast<std::size_t>(mode)] <= this->SignificanceLevel;
  }
  /// The Basin of a mode: the number of the mode that stands for it.
  int BasinOf(scorefields::Index mode) const;
  /// Fills Numbers from Stands.
  void NumberPoints();
};

void WriteCriticalPoints(const ModeResults& modes, vtkPolyData* output);
void WriteWays(const ModeResults& modes, const std::vector<scorefields::CriticalWay>& ways,
  const scorefields::Domain& box, vtkPolyData* output);
/// NumberOfModes, SignificantModes, CriticalCounts and SamplesWithoutMode.
void WriteModeFacts(const ModeResults& modes, vtkFieldData* fieldData);
/// Adds Basin to a block of points, and makes it the active scalars.
void WriteBasins(const std::vector<int>& basins, vtkDataSet* block);
}

#endif
