// SPDX-License-Identifier: BSD-3-Clause
/**
 * @class   vtkPointsFromArrays
 * @brief   Points whose coordinates are arrays of any data set or table
 *
 * What the filter does and what each property means is written once, in
 * XML/PointsFromArrays.xml. What is out of range is refused when the filter runs.
 *
 * The array of axis X, Y or Z is the one that SetInputArrayToProcess(0, ...), (1, ...) or (2, ...)
 * chooses, of points, cells or rows; none, or one named "Coordinates": a coordinate of the points,
 * or of the centres of cells where another axis has a cell array.
 */
#ifndef vtkPointsFromArrays_h
#define vtkPointsFromArrays_h

#include "vtkPolyDataAlgorithm.h"
#include "vtkScoreFieldsModule.h" // for the export macro

#include <string> // for titles

class vtkMultiProcessController;
namespace vtkscorefields
{
struct ArraySettings;
struct DataAxis;
}

class VTKSCOREFIELDS_EXPORT vtkPointsFromArrays : public vtkPolyDataAlgorithm
{
public:
  static vtkPointsFromArrays* New();
  vtkTypeMacro(vtkPointsFromArrays, vtkPolyDataAlgorithm);
  void PrintSelf(ostream& os, vtkIndent indent) override;

  ///@{
  /**
   * 1 to 3. Default 2.
   */
  vtkSetMacro(NumberOfAxes, int);
  vtkGetMacro(NumberOfAxes, int);
  ///@}

  ///@{
  /**
   * Component of the array of an axis; the number of its components: the magnitude. Arrays with
   * one component do not look. Default 0.
   */
  vtkSetMacro(XComponent, int);
  vtkGetMacro(XComponent, int);
  vtkSetMacro(YComponent, int);
  vtkGetMacro(YComponent, int);
  vtkSetMacro(ZComponent, int);
  vtkGetMacro(ZComponent, int);
  ///@}

  ///@{
  /**
   * The coordinate that an axis without an array has: 0, 1 or 2. Default: its own.
   */
  vtkSetMacro(XCoordinate, int);
  vtkGetMacro(XCoordinate, int);
  vtkSetMacro(YCoordinate, int);
  vtkGetMacro(YCoordinate, int);
  vtkSetMacro(ZCoordinate, int);
  vtkGetMacro(ZCoordinate, int);
  ///@}

  ///@{
  /**
   * Whether an axis has the logarithms to the base 10. Default off.
   */
  vtkSetMacro(XLogScale, bool);
  vtkGetMacro(XLogScale, bool);
  vtkBooleanMacro(XLogScale, bool);
  vtkSetMacro(YLogScale, bool);
  vtkGetMacro(YLogScale, bool);
  vtkBooleanMacro(YLogScale, bool);
  vtkSetMacro(ZLogScale, bool);
  vtkGetMacro(ZLogScale, bool);
  vtkBooleanMacro(ZLogScale, bool);
  ///@}

  ///@{
  /**
   * Title of an axis; "": made from the array's name, component and unit. Default "".
   */
  vtkSetStdStringFromCharMacro(XTitle);
  vtkGetCharFromStdStringMacro(XTitle);
  vtkSetStdStringFromCharMacro(YTitle);
  vtkGetCharFromStdStringMacro(YTitle);
  vtkSetStdStringFromCharMacro(ZTitle);
  vtkGetCharFromStdStringMacro(ZTitle);
  ///@}

  ///@{
  /**
   * Whether points get the array CellSize. Default off.
   */
  vtkSetMacro(WeightByCellSize, bool);
  vtkGetMacro(WeightByCellSize, bool);
  vtkBooleanMacro(WeightByCellSize, bool);
  ///@}

  ///@{
  /**
   * The processes that hold the input. Default: the global controller.
   */
  void SetController(vtkMultiProcessController*);
  vtkGetObjectMacro(Controller, vtkMultiProcessController);
  ///@}

protected:
  vtkPointsFromArrays();
  ~vtkPointsFromArrays() override;

  int FillInputPortInformation(int port, vtkInformation* info) override;
  int RequestInformation(vtkInformation*, vtkInformationVector**, vtkInformationVector*) override;
  int RequestUpdateExtent(vtkInformation*, vtkInformationVector**, vtkInformationVector*) override;
  int RequestData(vtkInformation*, vtkInformationVector**, vtkInformationVector*) override;

private:
  vtkPointsFromArrays(const vtkPointsFromArrays&) = delete;
  void operator=(const vtkPointsFromArrays&) = delete;

  vtkscorefields::DataAxis MakeAxis(int index);
  /// @throws std::invalid_argument naming NumberOfAxes.
  vtkscorefields::ArraySettings MakeSettings();

  int NumberOfAxes = 2;
  int XComponent = 0;
  int YComponent = 0;
  int ZComponent = 0;
  int XCoordinate = 0;
  int YCoordinate = 1;
  int ZCoordinate = 2;
  bool XLogScale = false;
  bool YLogScale = false;
  bool ZLogScale = false;
  std::string XTitle;
  std::string YTitle;
  std::string ZTitle;
  bool WeightByCellSize = false;
  vtkMultiProcessController* Controller = nullptr;
};

#endif
