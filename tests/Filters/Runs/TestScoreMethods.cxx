// SPDX-License-Identifier: BSD-3-Clause
#include "Runs/ScoreMethods.h"

#include "support/DensityImage.h"

#include <gtest/gtest.h>

namespace vtkscorefields
{
// Oracle: definition. An array "Score" of three components is an engine's own, unless the field
// data say that differences made it.
TEST(ScoreMethods, TellAnAnalyticScoreFromDifferences)
{
  scorefields::Grid grid;
  grid.Dimensions = scorefields::Index3(3, 3, 1);
  const auto image = DensityImage(grid, "Density", [](const Eigen::Vector3d&) { return 1.0; });
  EXPECT_EQ(AnalyticScore(image), nullptr);
  const auto score = NewArray("Score", 3, 9);
  image->GetPointData()->AddArray(score);
  EXPECT_EQ(AnalyticScore(image), score);
  for (const auto method :
    { scorefields::ScoreMethod::CentralDifference, scorefields::ScoreMethod::Spectral })
  {
    WriteMethod(image->GetFieldData(), method);
    EXPECT_EQ(AnalyticScore(image), nullptr);
  }
  WriteMethod(image->GetFieldData(), scorefields::ScoreMethod::Analytic);
  EXPECT_EQ(AnalyticScore(image), score);
  image->GetPointData()->AddArray(NewArray("Score", 2, 9)); // no vectors
  EXPECT_EQ(AnalyticScore(image), nullptr);
}
}
