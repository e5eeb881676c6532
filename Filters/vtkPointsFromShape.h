// SPDX-License-Identifier: BSD-3-Clause
/**
 * @class   vtkPointsFromShape
 * @brief   Points drawn at random from lines, surfaces, volumes or the pixels of a picture
 *
 * What the filter does and what each property means is written once, in
 * XML/PointsFromShape.xml; the formulas are in Numerics/Shape. Defaults that are not stated are
 * those of scorefields::ShapeDraw. What is out of range is refused when the filter runs.
 *
 * The density of points, or the colours of the picture, is the array that
 * SetInputArrayToProcess(0, ...) chooses, of points or of cells; none: see DrawFrom.
 */
#ifndef vtkPointsFromShape_h
#define vtkPointsFromShape_h

#include "vtkPolyDataAlgorithm.h"
#include "vtkScoreFieldsModule.h" // for the export macro

class vtkMultiProcessController;
namespace vtkscorefields
{
struct ShapeSettings;
}

class VTKSCOREFIELDS_EXPORT vtkPointsFromShape : public vtkPolyDataAlgorithm
{
public:
  static vtkPointsFromShape* New();
  vtkTypeMacro(vtkPointsFromShape, vtkPolyDataAlgorithm);
  void PrintSelf(ostream& os, vtkIndent indent) override;

  ///@{
  /**
   * A vtkscorefields::DrawFrom as a number. Default the shape, where points fall evenly without an
   * array. Pixels take the active scalars without an array.
   */
  vtkSetMacro(DrawFrom, int);
  vtkGetMacro(DrawFrom, int);
  ///@}

  ///@{
  /**
   * How many points are drawn, on all ranks together.
   */
  vtkSetMacro(NumberOfPoints, vtkIdType);
  vtkGetMacro(NumberOfPoints, vtkIdType);
  ///@}

  ///@{
  /**
   * Key of the random numbers.
   */
  vtkSetMacro(Seed, int);
  vtkGetMacro(Seed, int);
  ///@}

  ///@{
  /**
   * Standard deviation of what is added to each coordinate.
   */
  vtkSetMacro(Jitter, double);
  vtkGetMacro(Jitter, double);
  ///@}

  ///@{
  /**
   * Number of axes of the jitter, 1 to 3; 0: those along which the shape extends. Default 0.
   */
  vtkSetMacro(Dimension, int);
  vtkGetMacro(Dimension, int);
  ///@}

  ///@{
  /**
   * The processes that hold the shape. Default: the global controller.
   */
  void SetController(vtkMultiProcessController*);
  vtkGetObjectMacro(Controller, vtkMultiProcessController);
  ///@}

protected:
  vtkPointsFromShape();
  ~vtkPointsFromShape() override;

  int FillInputPortInformation(int port, vtkInformation* info) override;
  int RequestInformation(vtkInformation*, vtkInformationVector**, vtkInformationVector*) override;
  int RequestUpdateExtent(vtkInformation*, vtkInformationVector**, vtkInformationVector*) override;
  int RequestData(vtkInformation*, vtkInformationVector**, vtkInformationVector*) override;

private:
  vtkPointsFromShape(const vtkPointsFromShape&) = delete;
  void operator=(const vtkPointsFromShape&) = delete;

  /// @throws std::invalid_argument naming the property that is no choice.
  vtkscorefields::ShapeSettings MakeSettings();

  int DrawFrom;
  vtkIdType NumberOfPoints;
  int Seed;
  double Jitter;
  int Dimension = 0;
  vtkMultiProcessController* Controller = nullptr;
};

#endif
