// SPDX-License-Identifier: BSD-3-Clause
/**
 * @class   vtkBoundaryAlgorithm
 * @brief   What the filters share that know what lies beyond a box
 *
 * The boundaries, and the processes that hold the data. What each property means is written once,
 * in the XML of the filters.
 */
#ifndef vtkBoundaryAlgorithm_h
#define vtkBoundaryAlgorithm_h

#include "vtkDataObjectAlgorithm.h"
#include "vtkScoreFieldsModule.h" // for the export macro

#include <array> // for the boundaries of the axes

class vtkMultiProcessController;
namespace scorefields
{
enum class Boundary;
}

class VTKSCOREFIELDS_EXPORT vtkBoundaryAlgorithm : public vtkDataObjectAlgorithm
{
public:
  vtkTypeMacro(vtkBoundaryAlgorithm, vtkDataObjectAlgorithm);
  void PrintSelf(ostream& os, vtkIndent indent) override;

  ///@{
  /**
   * A vtkscorefields::BoundaryChoice as a number, unless the filter says otherwise; those of the
   * axes a scorefields::Boundary. Default open.
   */
  vtkSetMacro(Boundary, int);
  vtkGetMacro(Boundary, int);
  vtkSetMacro(BoundaryX, int);
  vtkGetMacro(BoundaryX, int);
  vtkSetMacro(BoundaryY, int);
  vtkGetMacro(BoundaryY, int);
  vtkSetMacro(BoundaryZ, int);
  vtkGetMacro(BoundaryZ, int);
  ///@}

  ///@{
  /**
   * The processes that hold the data. Default: the global controller.
   */
  void SetController(vtkMultiProcessController*);
  vtkGetObjectMacro(Controller, vtkMultiProcessController);
  ///@}

protected:
  vtkBoundaryAlgorithm();
  ~vtkBoundaryAlgorithm() override;

  /// Those of the axes. @throws std::invalid_argument naming the property that is no choice.
  std::array<scorefields::Boundary, 3> MakeAxisBoundaries() const;
  /// As Boundary chooses. @throws the same.
  std::array<scorefields::Boundary, 3> MakeBoundaries() const;

  int Boundary = 0;
  int BoundaryX = 0;
  int BoundaryY = 0;
  int BoundaryZ = 0;
  vtkMultiProcessController* Controller = nullptr;

private:
  vtkBoundaryAlgorithm(const vtkBoundaryAlgorithm&) = delete;
  void operator=(const vtkBoundaryAlgorithm&) = delete;
};

#endif
