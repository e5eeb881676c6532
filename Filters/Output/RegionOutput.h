// SPDX-License-Identifier: BSD-3-Clause
#ifndef Output_RegionOutput_h
#define Output_RegionOutput_h

#include <Eigen/Core>

#include <vector>

class vtkDataSet;
class vtkTable;

/// What the filter HighestDensityRegions writes beside its image and its contours.
namespace vtkscorefields
{
/// A connected part of a region, in the units of the image.
struct IslandRow
{
  double Mass = 0.0;
  double Measure = 0.0;
  double PeakDensity = 0.0;
  Eigen::Vector3d Peak = Eigen::Vector3d::Zero();
};

/// A listed region.
struct RegionRow
{
  double Listed = 0.0; ///< the mass that was asked for
  bool Reached = true; ///< the image holds that mass; else what follows is 0 or NaN
  double Mass = 0.0;
  double Level = 0.0;
  double Share = 0.0; ///< the level, relative to the largest density
  double Measure = 0.0;
  double SampleShare = 0.0;
  std::vector<IslandRow> Islands;
};

/// What becomes of one point of a cloud.
struct SampleRow
{
  double EnclosedMass = 0.0;
  double TailMass = 0.0;
  int Region = -1;
};

/// @param samples  there are samples, and so a column SampleShare.
void WriteRegions(const std::vector<RegionRow>& regions, bool samples, vtkTable* table);
void WriteIslands(const std::vector<RegionRow>& regions, vtkTable* table);
/// Adds the arrays to a block of points, with a row each.
void WriteSamples(const std::vector<SampleRow>& rows, vtkDataSet* block);
}

#endif
