// SPDX-License-Identifier: BSD-3-Clause
#include "vtkKernelAlgorithm.h"

#include "Adaptor.h"
#include "Communicator.h"
#include "DensityOutput.h"
#include "SampleReader.h"

#include <vtkMultiProcessController.h>

vtkCxxSetObjectMacro(vtkKernelAlgorithm, Controller, vtkMultiProcessController);

//------------------------------------------------------------------------------
vtkKernelAlgorithm::vtkKernelAlgorithm()
{
  this->SetController(vtkMultiProcessController::GetGlobalController());
}

//------------------------------------------------------------------------------
vtkKernelAlgorithm::~vtkKernelAlgorithm()
{
  this->SetController(nullptr);
}

//------------------------------------------------------------------------------
scorefields::KernelRequest vtkKernelAlgorithm::MakeKernelRequest() const
{
  scorefields::KernelRequest request;
  request.Rule = static_cast<scorefields::BandwidthRule>(this->BandwidthRule);
  request.Shape = static_cast<scorefields::BandwidthShape>(this->BandwidthShape);
  request.Bandwidth = this->Bandwidth;
  request.AxisBandwidths = Eigen::Map<const Eigen::Vector3d>(this->AxisBandwidths);
  request.Matrix = Eigen::Map<const scorefields::SymmetricTensor>(this->BandwidthMatrix);
  request.Scale = this->BandwidthScale;
  return request;
}

//------------------------------------------------------------------------------
vtkscorefields::DensityArrays vtkKernelAlgorithm::MakeDensityArrays() const
{
  return { this->ComputeScore, this->ComputeHessian, this->ComputeSampleSize,
    this->ComputeKishSampleSize };
}

//------------------------------------------------------------------------------
void vtkKernelAlgorithm::WarnOfNonFinite(double points)
{
  if (points > 0.0)
  {
    vtkWarningMacro(<< points << " points are left out: a coordinate or the weight is not finite.");
  }
}

//------------------------------------------------------------------------------
vtkscorefields::OpenCloud vtkKernelAlgorithm::OpenSamples(vtkDataObject* input)
{
  const vtkscorefields::Communicator communicator(this->Controller);
  vtkscorefields::OpenCloud cloud =
    vtkscorefields::OpenDistributedCloud(input, vtkscorefields::NameOfArrayToProcess(this, 0),
      communicator, vtkscorefields::MakeExecution(this));
  this->WarnOfNonFinite(cloud.NonFinite);
  return cloud;
}

//------------------------------------------------------------------------------
vtkscorefields::Cloud vtkKernelAlgorithm::ReadSamples(vtkDataObject* input)
{
  const vtkscorefields::Communicator communicator(this->Controller);
  vtkscorefields::Cloud cloud =
    vtkscorefields::ReadDistributedCloud(input, vtkscorefields::NameOfArrayToProcess(this, 0),
      communicator, vtkscorefields::MakeExecution(this));
  this->WarnOfNonFinite(cloud.NonFinite);
  return cloud;
}

//------------------------------------------------------------------------------
void vtkKernelAlgorithm::PrintSelf(ostream& os, vtkIndent indent)
{
  using vtkscorefields::Tuple;
  this->Superclass::PrintSelf(os, indent);
  os << indent << "Dimension: " << this->Dimension << "\n";
  os << indent << "BandwidthRule: " << this->BandwidthRule << "\n";
  os << indent << "BandwidthShape: " << this->BandwidthShape << "\n";
  os << indent << "Bandwidth: " << this->Bandwidth << "\n";
  os << indent << "AxisBandwidths: " << Tuple(this->AxisBandwidths) << "\n";
  os << indent << "BandwidthMatrix: " << Tuple(this->BandwidthMatrix) << "\n";
  os << indent << "BandwidthScale: " << this->BandwidthScale << "\n";
  os << indent << "Tolerance: " << this->Tolerance << "\n";
  os << indent << "ComputeScore: " << this->ComputeScore << "\n";
  os << indent << "ComputeHessian: " << this->ComputeHessian << "\n";
  os << indent << "ComputeSampleSize: " << this->ComputeSampleSize << "\n";
  os << indent << "ComputeKishSampleSize: " << this->ComputeKishSampleSize << "\n";
  os << indent << "OutputPrecision: " << this->OutputPrecision << "\n";
  os << indent << "Controller: " << this->Controller << "\n";
}
