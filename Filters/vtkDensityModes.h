// SPDX-License-Identifier: BSD-3-Clause
/**
 * @class   vtkDensityModes
 * @brief   The modes, saddles and minima of a density, and which samples belong to which mode
 *
 * What the filter does and what each property means is written once, in XML/DensityModes.xml; the
 * formulas are in Numerics/Modes.
 */
#ifndef vtkDensityModes_h
#define vtkDensityModes_h

#include "vtkDataObjectAlgorithm.h"
#include "vtkScoreFieldsModule.h" // for the export macro

#include <string> // for the names of arrays

class vtkMultiProcessController;
class vtkPolyData;
namespace vtkscorefields
{
struct ModeSettings;
}

class VTKSCOREFIELDS_EXPORT vtkDensityModes : public vtkDataObjectAlgorithm
{
public:
  static vtkDensityModes* New();
  vtkTypeMacro(vtkDensityModes, vtkDataObjectAlgorithm);
  void PrintSelf(ostream& os, vtkIndent indent) override;

  /// The first output, with the critical points.
  vtkPolyData* GetCriticalPoints();

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
   * Modes below are joined to the next higher one; a difference of log densities. Default 0.
   */
  vtkSetMacro(MinimumPersistence, double);
  vtkGetMacro(MinimumPersistence, double);
  ///@}

  ///@{
  /**
   * The p-value up to which a mode is significant, above 0 and below 1. Default 0.05.
   */
  vtkSetMacro(SignificanceLevel, double);
  vtkGetMacro(SignificanceLevel, double);
  ///@}

  ///@{
  /**
   * Whether modes that are not significant are joined to the next higher one. Default off.
   */
  vtkSetMacro(SignificantOnly, bool);
  vtkGetMacro(SignificantOnly, bool);
  vtkBooleanMacro(SignificantOnly, bool);
  ///@}

  ///@{
  /**
   * Whether the ways from the saddles are computed. Default on.
   */
  vtkSetMacro(ComputeSeparatrices, bool);
  vtkGetMacro(ComputeSeparatrices, bool);
  vtkBooleanMacro(ComputeSeparatrices, bool);
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
   * The processes that hold the image and the samples. Default: the global controller.
   */
  void SetController(vtkMultiProcessController*);
  vtkGetObjectMacro(Controller, vtkMultiProcessController);
  ///@}

protected:
  vtkDensityModes();
  ~vtkDensityModes() override;

  int FillInputPortInformation(int port, vtkInformation* info) override;
  int FillOutputPortInformation(int port, vtkInformation* info) override;
  int RequestDataObject(vtkInformation*, vtkInformationVector**, vtkInformationVector*) override;
  int RequestUpdateExtent(vtkInformation*, vtkInformationVector**, vtkInformationVector*) override;
  int RequestData(vtkInformation*, vtkInformationVector**, vtkInformationVector*) override;

private:
  vtkDensityModes(const vtkDensityModes&) = delete;
  void operator=(const vtkDensityModes&) = delete;

  /// @throws std::invalid_argument naming the property that is no choice.
  vtkscorefields::ModeSettings MakeSettings() const;

  std::string DensityArray = "Automatic";
  std::string SampleWeightArray = "None";
  int Quantity;
  double MinimumPersistence;
  double SignificanceLevel;
  bool SignificantOnly;
  bool ComputeSeparatrices;
  vtkMultiProcessController* Controller = nullptr;
};

#endif
