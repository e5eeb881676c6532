// SPDX-License-Identifier: BSD-3-Clause
#ifndef Shape_ShapeSource_h
#define Shape_ShapeSource_h

#include "Numerics/Shape/ShapePiece.h"

#include <memory>
#include <string>
#include <vector>

namespace scorefields
{
/// Reads the cells of a shape one after the other, with room of its own: one for each thread.
class ShapeReader
{
public:
  virtual ~ShapeReader() = default;
  /// The pieces of a cell, which do not overlap and have one dimension. They are valid until the
  /// next call. None if the cell cannot be cut into pieces.
  virtual const std::vector<ShapePiece>& Read(Index cell) = 0;
};

/// This part of a shape, as cells where they lie. Pieces are made when they are asked for, so that
/// a mesh is never copied.
class ShapeSource
{
public:
  virtual ~ShapeSource() = default;
  virtual Index CellCount() const = 0;
  /// Threads may call it and use their readers at once.
  virtual std::unique_ptr<ShapeReader> NewReader() const = 0;
  /// What the densities are called in messages.
  virtual std::string DensityName() const { return "DensityArray"; }
};
}

#endif
