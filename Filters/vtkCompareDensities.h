// SPDX-License-Identifier: BSD-3-Clause
/**
 * @class   vtkCompareDensities
 * @brief   Errors of a density and its score against a reference, and distances between the two
 *
 * What the filter does and what each property means is written once, in
 * XML/CompareDensities.xml; the formulas are in Numerics/Comparison/DensityMetrics.h.
 */
#ifndef vtkCompareDensities_h
#define vtkCompareDensities_h

#include "vtkImageAlgorithm.h"
#include "vtkScoreFieldsModule.h" // for the export macro

#include <string> // for the names of arrays

class vtkMultiProcessController;
namespace vtkscorefields
{
struct ComparisonSettings;
}

class VTKSCOREFIELDS_EXPORT vtkCompareDensities : public vtkImageAlgorithm
{
public:
  static vtkCompareDensities* New();
  vtkTypeMacro(vtkCompareDensities, vtkImageAlgorithm);
  void PrintSelf(ostream& os, vtkIndent indent) override;

  ///@{
  /**
   * The point array with the density, or its logarithm. "Automatic" or "" finds one.
   */
  vtkSetStdStringFromCharMacro(DensityArray);
  vtkGetCharFromStdStringMacro(DensityArray);
  vtkSetStdStringFromCharMacro(ReferenceArray);
  vtkGetCharFromStdStringMacro(ReferenceArray);
  ///@}

  ///@{
  /**
   * The point array with the score of the density. "Automatic" or "" takes Score, or TrueScore.
   */
  vtkSetStdStringFromCharMacro(ScoreArray);
  vtkGetCharFromStdStringMacro(ScoreArray);
  vtkSetStdStringFromCharMacro(ReferenceScoreArray);
  vtkGetCharFromStdStringMacro(ReferenceScoreArray);
  ///@}

  ///@{
  /**
   * A vtkscorefields::Quantity as a number: what the arrays hold. Default: by their names.
   */
  vtkSetMacro(Quantity, int);
  vtkGetMacro(Quantity, int);
  vtkSetMacro(ReferenceQuantity, int);
  vtkGetMacro(ReferenceQuantity, int);
  ///@}

  ///@{
  /**
   * The array with the weights of the samples on the optional input port 2; "None" or "" counts
   * each as 1.
   */
  vtkSetStdStringFromCharMacro(SampleWeightArray);
  vtkGetCharFromStdStringMacro(SampleWeightArray);
  ///@}

  ///@{
  /**
   * The processes that hold the images. Default: the global controller.
   */
  void SetController(vtkMultiProcessController*);
  vtkGetObjectMacro(Controller, vtkMultiProcessController);
  ///@}

protected:
  vtkCompareDensities();
  ~vtkCompareDensities() override;

  int FillInputPortInformation(int port, vtkInformation* info) override;
  int FillOutputPortInformation(int port, vtkInformation* info) override;
  int RequestUpdateExtent(vtkInformation*, vtkInformationVector**, vtkInformationVector*) override;
  int RequestData(vtkInformation*, vtkInformationVector**, vtkInformationVector*) override;

private:
  vtkCompareDensities(const vtkCompareDensities&) = delete;
  void operator=(const vtkCompareDensities&) = delete;

  /// @throws std::invalid_argument naming the property that is no choice.
  vtkscorefields::ComparisonSettings MakeSettings() const;

  std::string DensityArray = "Automatic";
  std::string ReferenceArray = "Automatic";
  std::string ScoreArray = "Automatic";
  std::string ReferenceScoreArray = "Automatic";
  std::string SampleWeightArray = "None";
  int Quantity = 0;
  int ReferenceQuantity = 0;
  vtkMultiProcessController* Controller = nullptr;
};

#endif
