// SPDX-License-Identifier: BSD-3-Clause
#include "vtkKernelAlgorithm.h"

#include "Output/DensityOutput.h"

//------------------------------------------------------------------------------
vtkKernelAlgorithm::vtkKernelAlgorithm()
{
  const scorefields::FieldChoice fields = vtkscorefields::DefaultFields();
  const scorefields::EngineSettings settings;
  this->Tolerance = settings.Fft.Tolerance;
  this->Engine = static_cast<int>(settings.Engine);
  this->RelativeTolerance = settings.RelativeTolerance;
  this->ComputeScore = fields.Score;
  this->ComputeHessian = fields.Hessian;
  this->ComputeSampleSize = fields.EffectiveSampleSize;
  this->ComputeKishSampleSize = fields.KishSampleSize;
  this->ComputeRoute = fields.Route;
  this->OutputPrecision = static_cast<int>(vtkscorefields::DensityProvenance().StoredAs);
}

//------------------------------------------------------------------------------
scorefields::FieldChoice vtkKernelAlgorithm::MakeFieldChoice() const
{
  return { true, true, this->ComputeScore, this->ComputeHessian, this->ComputeSampleSize,
    this->ComputeKishSampleSize, this->ComputeRoute };
}

//------------------------------------------------------------------------------
scorefields::EngineSettings vtkKernelAlgorithm::MakeCommonSettings() const
{
  scorefields::EngineSettings settings;
  settings.Engine = scorefields::FromNumber<scorefields::Engine>("Engine", this->Engine);
  settings.Fft.Tolerance = this->Tolerance;
  settings.RelativeTolerance = this->RelativeTolerance;
  return settings;
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
  os << indent << "Engine: " << this->Engine << "\n";
  os << indent << "RelativeTolerance: " << this->RelativeTolerance << "\n";
  os << indent << "ComputeScore: " << this->ComputeScore << "\n";
  os << indent << "ComputeHessian: " << this->ComputeHessian << "\n";
  os << indent << "ComputeSampleSize: " << this->ComputeSampleSize << "\n";
  os << indent << "ComputeKishSampleSize: " << this->ComputeKishSampleSize << "\n";
  os << indent << "ComputeRoute: " << this->ComputeRoute << "\n";
  os << indent << "OutputPrecision: " << this->OutputPrecision << "\n";
}
