// SPDX-License-Identifier: BSD-3-Clause
/**
 * @class   vtkMixtureTruth
 * @brief   Exact density, log density and score of a mixture at the points of any data set
 *
 * What the filter does and what each property means is written once, in
 * XML/MixtureTruth.xml; the formulas are in Numerics/Mixture/MixtureField.h.
 */
#ifndef vtkMixtureTruth_h
#define vtkMixtureTruth_h

#include "vtkPassInputTypeAlgorithm.h"
#include "vtkScoreFieldsModule.h" // for the export macro

class VTKSCOREFIELDS_EXPORT vtkMixtureTruth : public vtkPassInputTypeAlgorithm
{
public:
  static vtkMixtureTruth* New();
  vtkTypeMacro(vtkMixtureTruth, vtkPassInputTypeAlgorithm);
  void PrintSelf(ostream& os, vtkIndent indent) override;

  ///@{
  /**
   * The truth is smoothed by a Gaussian of this standard deviation; 0 or more, checked when the
   * filter runs. Default 0.
   */
  vtkSetMacro(Bandwidth, double);
  vtkGetMacro(Bandwidth, double);
  ///@}

protected:
  vtkMixtureTruth();
  ~vtkMixtureTruth() override = default;

  int FillInputPortInformation(int port, vtkInformation* info) override;
  int RequestUpdateExtent(vtkInformation* request, vtkInformationVector** inputVector,
    vtkInformationVector* outputVector) override;
  int RequestData(vtkInformation* request, vtkInformationVector** inputVector,
    vtkInformationVector* outputVector) override;

private:
  vtkMixtureTruth(const vtkMixtureTruth&) = delete;
  void operator=(const vtkMixtureTruth&) = delete;

  /// Adds the arrays to a copy of the input; returns how many points are not finite.
  vtkIdType AddTruth(vtkDataObject* carrier, vtkDataObject* output);

  double Bandwidth = 0.0;
};

#endif
