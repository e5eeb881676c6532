// SPDX-License-Identifier: BSD-3-Clause
#include "vtkKernelAlgorithm.h"

#include "Output/DensityOutput.h"

//------------------------------------------------------------------------------
vtkscorefields::DensityArrays vtkKernelAlgorithm::MakeDensityArrays() const
{
  return { this->ComputeScore, this->ComputeHessian, this->ComputeSampleSize,
    this->ComputeKishSampleSize };
}

//------------------------------------------------------------------------------
void vtkKernelAlgorithm::PrintSelf(ostream& os, vtkIndent indent)
{
  this->Superclass::PrintSelf(os, indent);
  os << indent << "Tolerance: " << this->Tolerance << "\n";
  os << indent << "ComputeScore: " << this->ComputeScore << "\n";
  os << indent << "ComputeHessian: " << this->ComputeHessian << "\n";
  os << indent << "ComputeSampleSize: " << this->ComputeSampleSize << "\n";
  os << indent << "ComputeKishSampleSize: " << this->ComputeKishSampleSize << "\n";
  os << indent << "OutputPrecision: " << this->OutputPrecision << "\n";
}
