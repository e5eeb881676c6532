// SPDX-License-Identifier: BSD-3-Clause
#include "vtkKernelDensity.h"

#include <vtkDataObject.h>
#include <vtkInformation.h>
#include <vtkObjectFactory.h>

vtkStandardNewMacro(vtkKernelDensity);

//------------------------------------------------------------------------------
int vtkKernelDensity::FillInputPortInformation(int vtkNotUsed(port), vtkInformation* info)
{
  info->Set(vtkAlgorithm::INPUT_REQUIRED_DATA_TYPE(), "vtkDataSet");
  return 1;
}

//------------------------------------------------------------------------------
void vtkKernelDensity::PrintSelf(ostream& os, vtkIndent indent)
{
  this->Superclass::PrintSelf(os, indent);
  os << indent << "Bandwidth: " << this->Bandwidth << "\n";
}
