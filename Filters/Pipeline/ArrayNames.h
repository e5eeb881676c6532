// SPDX-License-Identifier: BSD-3-Clause
#ifndef Pipeline_ArrayNames_h
#define Pipeline_ArrayNames_h

#include "Pipeline/FieldNames.h"

#include <vtkFieldData.h>

#include <sstream>
#include <string>

namespace vtkscorefields
{
/// True if a property names no array: it is empty, or says so.
inline bool IsNoArray(const std::string& name)
{
  return name.empty() || name == texts::NoArray;
}

/// The names of all arrays with commas between them, or "none": for messages.
inline std::string NamesOfArrays(vtkFieldData* data)
{
  std::ostringstream names;
  for (int i = 0; i < data->GetNumberOfArrays(); ++i)
  {
    const char* name = data->GetArrayName(i);
    names << (i == 0 ? "" : ", ") << (name ? name : "(unnamed)");
  }
  return data->GetNumberOfArrays() == 0 ? "none" : names.str();
}
}

#endif
