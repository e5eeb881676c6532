// SPDX-License-Identifier: BSD-3-Clause
#ifndef Transform_SampleLocator_h
#define Transform_SampleLocator_h

#include "Numerics/Transform/MeshPlan.h"

#include <array>

namespace scorefields
{
/// Some samples' mesh coordinates, as many as fit the innermost cache.
struct LocatedSamples
{
  static constexpr Index Capacity = 512;

  /// Three to a sample, by axis of the grid; 0 along axes that the mesh does not have.
  alignas(64) double Position[3 * Capacity];
  Index Count = 0;
  /// The plan drops none, and all lie in the box of the grid or anywhere along a closed axis; else
  /// Kept and Inside tell for each.
  bool AllCount = true;
  bool Kept[Capacity];
  bool Inside[Capacity];
};

/// Position = (coordinate - Origin) * PerSpacing + Shift for eight samples' coordinates in turn.
struct LocatorTurn
{
  static constexpr int Size = 24;
  alignas(64) double Origin[Size];
  alignas(64) double PerSpacing[Size];
  alignas(64) double Shift[Size];
};

/// Finds the mesh coordinates of samples.
class SampleLocator
{
public:
  SampleLocator(const MeshPlan& plan, const Grid& grid);

  /// @param points  three coordinates each. @param count  at most LocatedSamples::Capacity.
  void Locate(const double* points, Index count, LocatedSamples& located) const;

private:
  struct Line
  {
    int Axis;
    double Origin;
    double PerSpacing;
    double Shift;
    double Size;
    double KeepAbove;
    double KeepUpTo;
    double Lower;
    double Upper;
  };

  static void Wrap(const Line& line, LocatedSamples& located);
  static void Check(const Line& line, const double* points, LocatedSamples& located);

  int Dimension;
  std::array<Line, 3> Lines;
  LocatorTurn Turn;
};
}

#endif
