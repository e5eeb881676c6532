// SPDX-License-Identifier: BSD-3-Clause
#ifndef Pipeline_Adaptor_h
#define Pipeline_Adaptor_h

#include "Numerics/Base/Execution.h"
#include "Numerics/Base/Types.h"

#include <vtkSmartPointer.h>

#include <sstream>
#include <string>

class vtkAlgorithm;
class vtkDataArray;
class vtkDataObject;
class vtkDataSet;
class vtkDoubleArray;
class vtkFieldData;
class vtkImageData;

/// The only place where VTK data become the numerics' data and back.
namespace vtkscorefields
{
/// A phase of a request, as the progress bar shows it: its name, and the shares of the whole
/// between which it lies.
struct Phase
{
  const char* Name;
  double From = 0.0;
  double To = 1.0;
  /// How often the numerics go from 0 to 1 in this phase, about: each time fills one part of it.
  int Passes = 1;
};

constexpr Phase ReadingPoints{ "Reading the points", 0.0, 0.05 };
/// Whether they are those that are known.
constexpr Phase ComparingPoints{ "Reading the points", 0.05, 0.1 };
/// Rules evaluate their criterion this often, about.
constexpr Phase ChoosingBandwidth{ "Choosing the bandwidth", 0.1, 0.3, 30 };

/// VTK's threads, and the algorithm's progress and abort flag, for the numerics.
///
/// Progress only grows, however often the numerics begin anew, and the pipeline itself says when
/// all is done. All cores are used (divided by the number of MPI ranks on the machine), since the
/// distribution's VTK runs serially unless told otherwise; VTK_SMP_BACKEND_IN_USE and
/// VTK_SMP_MAX_THREADS are obeyed. Call from the thread that runs RequestData; the result must not
/// outlive it.
scorefields::Execution MakeExecution(vtkAlgorithm* algorithm, const Phase& phase);

/// The values [begin, end) of an array, whatever its layout and precision, components in turn.
/// Threads may read at once.
void ReadValues(vtkDataArray* array, vtkIdType begin, vtkIdType end, double* values);
/// Three coordinates of each of the points [begin, end) of any data set. Threads may read at once,
/// once one point has been asked for.
void ReadPoints(vtkDataSet* dataSet, vtkIdType begin, vtkIdType end, double* coordinates);
/// All points of a data set.
Eigen::Matrix3Xd PointsOf(vtkDataSet* dataSet);

/// An array of the given shape with uninitialised values.
vtkSmartPointer<vtkDoubleArray> NewArray(
  const std::string& name, int numberOfComponents, vtkIdType numberOfTuples);

/// The array itself if its values are doubles, else a copy with doubles.
vtkSmartPointer<vtkDoubleArray> AsDoubles(vtkDataArray* array);
/// Relative precision of the values: 2^-24 for floats, 2^-53 for everything else.
double PrecisionOf(vtkDataArray* array);

/// The image's nodes as the numerics see them. Its direction matrix is not part of a Grid.
scorefields::Grid GridOf(vtkImageData* image);

/// Puts one tuple, a value or a text into field data, in place of an array of the same name.
void SetFieldValue(vtkFieldData* fieldData, const std::string& name, const double* values, int n);
void SetFieldValue(vtkFieldData* fieldData, const std::string& name, double value);
void SetFieldText(vtkFieldData* fieldData, const std::string& name, const std::string& text);

/// The input's field data beside the output's own, which win where names agree.
void PassFieldData(vtkDataObject* input, vtkDataObject* output);

/// A fixed list of values for PrintSelf: "(1, 2, 3)".
template <class Values>
std::string Tuple(const Values& values)
{
  std::ostringstream text;
  const char* separator = "(";
  for (const auto value : values)
  {
    text << separator << value;
    separator = ", ";
  }
  text << ")";
  return text.str();
}

/// The first value of a numeric field array, or `otherwise` if there is none.
double FieldValue(vtkFieldData* fieldData, const std::string& name, double otherwise);
/// The first value of a text field array, or "" if there is none.
std::string FieldText(vtkFieldData* fieldData, const std::string& name);
}

#endif
