# Puts the page of each diagnostic (grammar/diagnostics/P0101.md ...) into the program. Included by src/CMakeLists.txt to
# add the step to the build, and run by that step (cmake -P) to write the file.
if(CMAKE_SCRIPT_MODE_FILE)
  file(GLOB pages ${PAGES}/P[0-9][0-9][0-9][0-9].md)
  list(SORT pages)
  set(text "#include \"text/explain.hpp\"\n\nnamespace proviso::text {\n\n")
  string(APPEND text "std::string_view page_of(Code code) {\n  switch (static_cast<unsigned>(code)) {\n")
  foreach(page IN LISTS pages)
    get_filename_component(name ${page} NAME_WE)
    string(REGEX REPLACE "^P0*" "" number ${name})
    # Semicolons and brackets mean something to CMake's lists, so nothing but a quoted string holds the page.
    file(READ ${page} content)
    string(APPEND text "    case ${number}:\n      return R\"page(${content})page\";\n")
  endforeach()
  string(APPEND text "    default:\n      return {};\n  }\n}\n\n}  // namespace proviso::text\n")
  file(WRITE ${OUTPUT} "${text}")
  return()
endif()

set(proviso_pages ${PROJECT_SOURCE_DIR}/grammar/diagnostics)
set(proviso_pages_source ${PROJECT_BINARY_DIR}/generated/pages.cpp)
file(GLOB proviso_page_files CONFIGURE_DEPENDS ${proviso_pages}/*.md)
add_custom_command(
  OUTPUT ${proviso_pages_source}
  COMMAND ${CMAKE_COMMAND} -DPAGES=${proviso_pages} -DOUTPUT=${proviso_pages_source} -P ${CMAKE_CURRENT_LIST_FILE}
  DEPENDS ${proviso_page_files} ${CMAKE_CURRENT_LIST_FILE}
  COMMENT "Gathering the pages of the diagnostics"
  VERBATIM)
target_sources(proviso_text PRIVATE ${proviso_pages_source})
