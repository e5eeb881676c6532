// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Base/FieldStorage.h"

#include <gtest/gtest.h>

#include <vector>

namespace scorefields
{
// Contract: a view points to what is wanted and to nothing else, and says so.
TEST(FieldStorage, HoldsWhatIsWanted)
{
  FieldChoice wanted;
  wanted.Density = wanted.Hessian = true;
  FieldStorage storage(5, wanted);
  const FieldView view = storage.View();
  EXPECT_EQ(view.Density, storage.Density.data());
  EXPECT_EQ(view.Hessian, storage.Hessian.data());
  EXPECT_EQ(view.LogDensity, nullptr);
  EXPECT_EQ(view.Score, nullptr);
  EXPECT_EQ(wanted.Components(), 7);
  EXPECT_EQ(FieldChoice::Of(view).Components(), 7);
  EXPECT_EQ(FieldChoice::Of(FieldStorage(5, FieldChoice::Smooth()).View()).Components(), 10);
  EXPECT_EQ(FieldChoice::All().Components(), 13);
}

// Contract: a copy writes the fields that both have, and no other entry.
TEST(FieldStorage, CopiesAColumnToAnEntry)
{
  FieldStorage storage(3, FieldChoice::Smooth());
  storage.LogDensity << 1.0, 2.0, 3.0;
  storage.Score.setZero();
  storage.Score.col(1) << 4.0, 5.0, 6.0;
  storage.Hessian.setZero();
  std::vector<double> density(2, -1.0);
  std::vector<double> logDensity(2, -1.0);
  std::vector<double> score(6, -1.0);
  FieldView target;
  target.Density = density.data();
  target.LogDensity = logDensity.data();
  target.Score = score.data();
  storage.Copy(1, target, 1);
  EXPECT_EQ(density, (std::vector<double>{ -1.0, -1.0 }));
  EXPECT_EQ(logDensity, (std::vector<double>{ -1.0, 2.0 }));
  EXPECT_EQ(score, (std::vector<double>{ -1.0, -1.0, -1.0, 4.0, 5.0, 6.0 }));
}
}
