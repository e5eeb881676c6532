// SPDX-License-Identifier: BSD-3-Clause
/**
 * @class   vtkKernelDensity
 * @brief   Kernel density of a point cloud on a regular grid
 *
 * What the filter does and what each property means is written once, in
 * XML/KernelDensity.xml; the formulas are in Numerics.
 */
#ifndef vtkKernelDensity_h
#define vtkKernelDensity_h

#include "vtkImageAlgorithm.h"
#include "vtkScoreFieldsModule.h" // for the export macro

class VTKSCOREFIELDS_EXPORT vtkKernelDensity : public vtkImageAlgorithm
{
public:
  static vtkKernelDensity* New();
  vtkTypeMacro(vtkKernelDensity, vtkImageAlgorithm);
  void PrintSelf(ostream& os, vtkIndent indent) override;

  ///@{
  /**
   * Manual bandwidth. Default 0.3.
   */
  vtkSetMacro(Bandwidth, double);
  vtkGetMacro(Bandwidth, double);
  ///@}

protected:
  vtkKernelDensity() = default;
  ~vtkKernelDensity() override = default;

  int FillInputPortInformation(int port, vtkInformation* info) override;

private:
  vtkKernelDensity(const vtkKernelDensity&) = delete;
  void operator=(const vtkKernelDensity&) = delete;

  double Bandwidth = 0.3;
};

#endif
