// SPDX-License-Identifier: BSD-3-Clause
#include "vtkKernelAlgorithm.h"

#include "Output/DensityOutput.h"

//------------------------------------------------------------------------------
vtkKernelAlgorithm::vtkKernelAlgorithm()
{
  const vtkscorefields::DensityArrays arrays;
  this->Tolerance = scorefields::FftOptions().Tolerance;
  this->ComputeScore = arrays.Score;
  this->ComputeHessian = arrays.Hessian;
  this->ComputeSampleSize = arrays.SampleSize;
  this->ComputeKishSampleSize = arrays.KishSampleSize;
  this->OutputPrecision = static_cast<int>(vtkscorefields::DensityProvenance().StoredAs);
}

//------------------------------------------------------------------------------
vtkscorefields::DensityArrays vtkKernelAlgorithm::MakeDensityArrays() const
{
  return { this->ComputeScore, this->ComputeHessian, this->ComputeSampleSize,
    this->ComputeKishSampleSize };
}

//------------------------------------------------------------------------------
vtkscorefields::Precision vtkKernelAlgorithm::MakePrecision() const
{
  return scorefields::FromNumber<vtkscorefields::Precision>(
    "OutputPrecision", this->OutputPrecision);
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
