// SPDX-License-Identifier: BSD-3-Clause
#ifndef support_PointValues_h
#define support_PointValues_h

#include "Pipeline/Adaptor.h"

#include <vtkDataSet.h>
#include <vtkDoubleArray.h>
#include <vtkFieldData.h>
#include <vtkPointData.h>

#include <Eigen/Core>

namespace scorefields
{
/// The values of a point array of doubles, component by component; none if there is no such array.
inline Eigen::VectorXd ValuesOf(vtkDataObject* data, const char* name)
{
  auto* array =
    vtkDoubleArray::SafeDownCast(vtkDataSet::SafeDownCast(data)->GetPointData()->GetArray(name));
  return array ? Eigen::VectorXd(Eigen::Map<const Eigen::VectorXd>(
                   array->GetPointer(0), array->GetNumberOfValues()))
               : Eigen::VectorXd();
}

/// A number of the field data; -1 if it is not there.
inline double Field(vtkDataObject* data, const char* name)
{
  return vtkscorefields::FieldValue(data->GetFieldData(), name, -1.0);
}
}

#endif
