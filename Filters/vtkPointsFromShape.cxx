// SPDX-License-Identifier: BSD-3-Clause
#include "vtkPointsFromShape.h"

#include "Input/SampleReader.h"
#include "Numerics/Base/Enumerations.h"
#include "Pipeline/Adaptor.h"
#include "Pipeline/Communicator.h"
#include "Pipeline/Requests.h"
#include "Runs/PointsFromShapeRun.h"

#include <vtkDataObject.h>
#include <vtkInformation.h>
#include <vtkInformationVector.h>
#include <vtkMultiProcessController.h>
#include <vtkObjectFactory.h>
#include <vtkPolyData.h>

vtkStandardNewMacro(vtkPointsFromShape);
vtkCxxSetObjectMacro(vtkPointsFromShape, Controller, vtkMultiProcessController);

using vtkscorefields::Communicator;

//------------------------------------------------------------------------------
vtkPointsFromShape::vtkPointsFromShape()
{
  const scorefields::ShapeDraw draw;
  this->NumberOfPoints = draw.Count;
  this->Seed = static_cast<int>(draw.Seed);
  this->Jitter = draw.Jitter;
  this->DrawFrom = static_cast<int>(vtkscorefields::ShapeSettings().From);
  this->SetController(vtkMultiProcessController::GetGlobalController());
}

//------------------------------------------------------------------------------
vtkPointsFromShape::~vtkPointsFromShape()
{
  this->SetController(nullptr);
}

//------------------------------------------------------------------------------
int vtkPointsFromShape::FillInputPortInformation(int vtkNotUsed(port), vtkInformation* info)
{
  info->Set(vtkAlgorithm::INPUT_REQUIRED_DATA_TYPE(), "vtkDataSet");
  info->Append(vtkAlgorithm::INPUT_REQUIRED_DATA_TYPE(), "vtkCompositeDataSet");
  return 1;
}

//------------------------------------------------------------------------------
int vtkPointsFromShape::RequestInformation(vtkInformation* vtkNotUsed(request),
  vtkInformationVector** vtkNotUsed(inputVector), vtkInformationVector* outputVector)
{
  outputVector->GetInformationObject(0)->Set(CAN_HANDLE_PIECE_REQUEST(), 1);
  return 1;
}

//------------------------------------------------------------------------------
int vtkPointsFromShape::RequestUpdateExtent(vtkInformation* vtkNotUsed(request),
  vtkInformationVector** inputVector, vtkInformationVector* vtkNotUsed(outputVector))
{
  vtkscorefields::RequestPiece(
    inputVector[0]->GetInformationObject(0), Communicator(this->Controller));
  return 1;
}

//------------------------------------------------------------------------------
vtkscorefields::ShapeSettings vtkPointsFromShape::MakeSettings()
{
  vtkscorefields::ShapeSettings settings;
  settings.Draw.Count = this->NumberOfPoints;
  settings.Draw.Seed = static_cast<std::uint64_t>(this->Seed);
  settings.Draw.Jitter = this->Jitter;
  settings.From = scorefields::FromNumber<vtkscorefields::DrawFrom>("DrawFrom", this->DrawFrom);
  settings.Array = vtkscorefields::ShapeArray::Of(this, 0);
  settings.Dimension = this->Dimension;
  return settings;
}

//------------------------------------------------------------------------------
int vtkPointsFromShape::RequestData(vtkInformation* vtkNotUsed(request),
  vtkInformationVector** inputVector, vtkInformationVector* outputVector)
{
  vtkDataObject* input = vtkDataObject::GetData(inputVector[0]);
  vtkPolyData* output = vtkPolyData::GetData(outputVector);
  const Communicator communicator(this->Controller);
  return vtkscorefields::RunRequestData(this, communicator, outputVector,
    [&]
    {
      vtkscorefields::RequireSoundInputs(this, communicator);
      vtkscorefields::WarnOnce(this,
        vtkscorefields::RunPointsFromShape(
          this, communicator, this->MakeSettings(), input, output));
      vtkscorefields::PassFieldData(input, output);
    });
}

//------------------------------------------------------------------------------
void vtkPointsFromShape::PrintSelf(ostream& os, vtkIndent indent)
{
  this->Superclass::PrintSelf(os, indent);
  os << indent << "DrawFrom: " << this->DrawFrom << "\n";
  os << indent << "NumberOfPoints: " << this->NumberOfPoints << "\n";
  os << indent << "Seed: " << this->Seed << "\n";
  os << indent << "Jitter: " << this->Jitter << "\n";
  os << indent << "Dimension: " << this->Dimension << "\n";
  os << indent << "Controller: " << this->Controller << "\n";
}
