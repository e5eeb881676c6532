// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Density/CountScale.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace scorefields
{
namespace
{
const Grid Slice{ Eigen::Vector3d::Zero(), Eigen::Vector3d(0.5, 0.1, 2.0), Index3(9, 1, 3) };
}

// Oracle: definition. Axes along which there is no density have no part in the cell.
TEST(CountScale, FactorsAreTheDefinitions)
{
  const Axes axes = Axes::FromFlags(true, false, true);
  EXPECT_EQ(FactorOf(CountScale::None, 7.0, Slice, axes), 1.0);
  EXPECT_EQ(FactorOf(CountScale::CountDensity, 7.0, Slice, axes), 7.0);
  EXPECT_EQ(FactorOf(CountScale::CellProbability, 7.0, Slice, axes), 0.5 * 2.0);
  EXPECT_EQ(FactorOf(CountScale::CellCount, 7.0, Slice, axes), 7.0 * 0.5 * 2.0);
}

// Contract: a cell of a slice has no measure; the message names the property, its value, the axis
// and what to do. Points per unit need no cell.
TEST(CountScale, RefusesCellsOfASlice)
{
  try
  {
    FactorOf(CountScale::CellCount, 7.0, Slice, Axes::First(3));
    FAIL();
  }
  catch (const std::invalid_argument& error)
  {
    for (const char* part :
      { "CountScale is Points per cell", "along y", "SampleDimensions", "Points per unit" })
    {
      EXPECT_NE(std::string(error.what()).find(part), std::string::npos) << error.what();
    }
  }
  EXPECT_EQ(FactorOf(CountScale::CountDensity, 7.0, Slice, Axes::First(3)), 7.0);
}
}
