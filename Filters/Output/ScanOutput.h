// SPDX-License-Identifier: BSD-3-Clause
#ifndef Output_ScanOutput_h
#define Output_ScanOutput_h

#include "Numerics/Scan/BandwidthScan.h"

class vtkPolyData;
class vtkTable;

/// A scan of bandwidths as the pipeline has it.
namespace vtkscorefields
{
struct ScanTables
{
  vtkTable* Curves; ///< a row per bandwidth
  vtkTable* Rules;  ///< two rows per rule: the ends of an upright line in a chart of shares
  vtkPolyData* Tree;
};

/// Writes all three. A tree of a cloud that is flat along an axis rises along the last such axis.
/// @param height  of the tree there, in length; 0: the largest extent of the points.
void WriteScan(const scorefields::BandwidthScan& scan, const scorefields::Axes& axes,
  const scorefields::CloudMoments& moments, double height, const ScanTables& tables);
}

#endif
