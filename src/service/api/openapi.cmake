# Puts openapi.json into the program, as it stands. Included by src/CMakeLists.txt to add the step to the build, and run
# by that step (cmake -P) to write the file.
if(CMAKE_SCRIPT_MODE_FILE)
  file(READ ${DESCRIPTION} content)
  set(text "#include \"service/api/openapi.hpp\"\n\nnamespace proviso::service {\n\n")
  string(APPEND text "std::string_view openapi_description() {\n  return R\"openapi(${content})openapi\";\n}\n\n")
  string(APPEND text "}  // namespace proviso::service\n")
  file(WRITE ${OUTPUT} "${text}")
  return()
endif()

set(proviso_openapi ${CMAKE_CURRENT_LIST_DIR}/openapi.json)
set(proviso_openapi_source ${PROJECT_BINARY_DIR}/generated/openapi.cpp)
add_custom_command(
  OUTPUT ${proviso_openapi_source}
  COMMAND ${CMAKE_COMMAND} -DDESCRIPTION=${proviso_openapi} -DOUTPUT=${proviso_openapi_source} -P ${CMAKE_CURRENT_LIST_FILE}
  DEPENDS ${proviso_openapi} ${CMAKE_CURRENT_LIST_FILE}
  COMMENT "Putting the description of the service into it"
  VERBATIM)
target_sources(proviso_api PRIVATE ${proviso_openapi_source})
