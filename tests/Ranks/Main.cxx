// SPDX-License-Identifier: BSD-3-Clause
#include <vtkMPIController.h>
#include <vtkNew.h>

#include <gtest/gtest.h>

int main(int argc, char** argv)
{
  vtkNew<vtkMPIController> controller;
  controller->Initialize(&argc, &argv, 0);
  vtkMultiProcessController::SetGlobalController(controller);
  testing::InitGoogleTest(&argc, argv);
  const int failed = RUN_ALL_TESTS();
  vtkMultiProcessController::SetGlobalController(nullptr);
  controller->Finalize();
  return failed;
}
