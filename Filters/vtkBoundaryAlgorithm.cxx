// SPDX-License-Identifier: BSD-3-Clause
#include "vtkBoundaryAlgorithm.h"

#include "Pipeline/Choices.h"

#include <vtkMultiProcessController.h>

vtkCxxSetObjectMacro(vtkBoundaryAlgorithm, Controller, vtkMultiProcessController);

//------------------------------------------------------------------------------
vtkBoundaryAlgorithm::vtkBoundaryAlgorithm()
{
  this->SetController(vtkMultiProcessController::GetGlobalController());
}

//------------------------------------------------------------------------------
vtkBoundaryAlgorithm::~vtkBoundaryAlgorithm()
{
  this->SetController(nullptr);
}

//------------------------------------------------------------------------------
std::array<scorefields::Boundary, 3> vtkBoundaryAlgorithm::MakeAxisBoundaries() const
{
  using scorefields::FromNumber;
  return { FromNumber<scorefields::Boundary>("BoundaryX", this->BoundaryX),
    FromNumber<scorefields::Boundary>("BoundaryY", this->BoundaryY),
    FromNumber<scorefields::Boundary>("BoundaryZ", this->BoundaryZ) };
}

//------------------------------------------------------------------------------
std::array<scorefields::Boundary, 3> vtkBoundaryAlgorithm::MakeBoundaries() const
{
  using vtkscorefields::BoundaryChoice;
  const auto all =
    vtkscorefields::OfAllAxes(scorefields::FromNumber<BoundaryChoice>("Boundary", this->Boundary));
  std::array<scorefields::Boundary, 3> boundaries{};
  boundaries.fill(all.value_or(scorefields::Boundary::Open));
  return all ? boundaries : this->MakeAxisBoundaries();
}

//------------------------------------------------------------------------------
void vtkBoundaryAlgorithm::PrintSelf(ostream& os, vtkIndent indent)
{
  this->Superclass::PrintSelf(os, indent);
  os << indent << "Boundary: " << this->Boundary << "\n";
  os << indent << "BoundaryX: " << this->BoundaryX << "\n";
  os << indent << "BoundaryY: " << this->BoundaryY << "\n";
  os << indent << "BoundaryZ: " << this->BoundaryZ << "\n";
  os << indent << "Controller: " << this->Controller << "\n";
}
