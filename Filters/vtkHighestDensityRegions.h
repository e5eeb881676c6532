// SPDX-License-Identifier: BSD-3-Clause
/**
 * @class   vtkHighestDensityRegions
 * @brief   The smallest regions that hold given masses of a density on an image
 *
 * What the filter does and what each property means is written once, in
 * XML/HighestDensityRegions.xml; the formulas are in Numerics/Regions.
 */
#ifndef vtkHighestDensityRegions_h
#define vtkHighestDensityRegions_h

#include "vtkDataObjectAlgorithm.h"
#include "vtkScoreFieldsModule.h" // for the export macro

#include <string> // for the names of arrays
#include <vector> // for the masses

class vtkImageData;
class vtkMultiProcessController;
namespace vtkscorefields
{
struct RegionSettings;
}

class VTKSCOREFIELDS_EXPORT vtkHighestDensityRegions : public vtkDataObjectAlgorithm
{
public:
  static vtkHighestDensityRegions* New();
  vtkTypeMacro(vtkHighestDensityRegions, vtkDataObjectAlgorithm);
  void PrintSelf(ostream& os, vtkIndent indent) override;

  /// The first output, with EnclosedMass.
  vtkImageData* GetImage();

  ///@{
  /**
   * The point array with the density, or its logarithm. "Automatic" or "" finds one.
   */
  vtkSetStdStringFromCharMacro(DensityArray);
  vtkGetCharFromStdStringMacro(DensityArray);
  ///@}

  ///@{
  /**
   * A vtkscorefields::Quantity as a number: what the array holds. Default: by its name.
   */
  vtkSetMacro(Quantity, int);
  vtkGetMacro(Quantity, int);
  ///@}

  ///@{
  /**
   * The masses of the listed regions. Default: 0.25, 0.5, 0.75 and 0.95.
   */
  void AddRegionMass(double mass);
  void ClearRegionMasses();
  int GetNumberOfRegionMasses() { return static_cast<int>(this->RegionMasses.size()); }
  ///@}

  ///@{
  /**
   * A vtkscorefields::LevelSource as a number: what a mass is counted in.
   */
  vtkSetMacro(LevelsFrom, int);
  vtkGetMacro(LevelsFrom, int);
  ///@}

  ///@{
  /**
   * A vtkscorefields::WholeMass as a number: what a mass is a share of.
   */
  vtkSetMacro(TotalMass, int);
  vtkGetMacro(TotalMass, int);
  ///@}

  ///@{
  /**
   * The array with the weights of the samples on the optional input port 1; "None" or "" counts
   * each as 1.
   */
  vtkSetStdStringFromCharMacro(SampleWeightArray);
  vtkGetCharFromStdStringMacro(SampleWeightArray);
  ///@}

  ///@{
  /**
   * The processes that hold the image. Default: the global controller.
   */
  void SetController(vtkMultiProcessController*);
  vtkGetObjectMacro(Controller, vtkMultiProcessController);
  ///@}

protected:
  vtkHighestDensityRegions();
  ~vtkHighestDensityRegions() override;

  int FillInputPortInformation(int port, vtkInformation* info) override;
  int FillOutputPortInformation(int port, vtkInformation* info) override;
  int RequestDataObject(vtkInformation*, vtkInformationVector**, vtkInformationVector*) override;
  int RequestUpdateExtent(vtkInformation*, vtkInformationVector**, vtkInformationVector*) override;
  int RequestData(vtkInformation*, vtkInformationVector**, vtkInformationVector*) override;

private:
  vtkHighestDensityRegions(const vtkHighestDensityRegions&) = delete;
  void operator=(const vtkHighestDensityRegions&) = delete;

  /// @throws std::invalid_argument naming the property that is no choice.
  vtkscorefields::RegionSettings MakeSettings() const;

  std::string DensityArray = "Automatic";
  std::string SampleWeightArray = "None";
  int Quantity;
  std::vector<double> RegionMasses;
  int LevelsFrom;
  int TotalMass;
  vtkMultiProcessController* Controller = nullptr;
};

#endif
