# What a Debian package holds that an installation does not; cpack runs this between staging the
# files and packing them. Times come from SOURCE_DATE_EPOCH where that is set, so that the same
# sources give the same package.
set(root ${CPACK_TEMPORARY_INSTALL_DIRECTORY}/usr)
set(doc ${root}/share/doc/${CPACK_PACKAGE_NAME})
set(version ${CPACK_PACKAGE_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE})
get_filename_component(source ${CMAKE_CURRENT_LIST_DIR} DIRECTORY)

# Without the name and time of the file in it.
function(compress)
    execute_process(COMMAND gzip -9nf ${ARGN} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

file(GLOB pages ${root}/share/man/man?/*.[1-8])
compress(${pages})

file(READ ${doc}/LICENSE licence)
file(REMOVE ${doc}/LICENSE)
string(REGEX MATCH "Copyright \\(c\\) ([^\n]*)" notice "${licence}")
set(holders ${CMAKE_MATCH_1})
string(REGEX REPLACE "^.*Copyright[^\n]*\n\n" "" licence "${licence}")
string(REGEX REPLACE "\n+$" "" licence "${licence}")
string(REPLACE "\n\n" "\n.\n" licence "${licence}")
string(REPLACE "\n" "\n " licence "${licence}")
file(WRITE ${doc}/copyright "\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: ${CPACK_PACKAGE_NAME}

Files: *
Copyright: ${holders}
License: Expat

License: Expat
 ${licence}
")

set(ENV{LC_ALL} C)
string(TIMESTAMP date "%a, %d %b %Y %H:%M:%S +0000" UTC)
file(WRITE ${doc}/changelog.Debian "\
${CPACK_PACKAGE_NAME} (${version}) unstable; urgency=medium

  * Built from the sources; changelog.gz says what changed in them.

 -- ${CPACK_PACKAGE_CONTACT}  ${date}
")
file(COPY_FILE ${source}/CHANGELOG.md ${doc}/changelog)
file(CHMOD ${doc}/copyright ${doc}/changelog ${doc}/changelog.Debian
    PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ)
compress(${doc}/changelog.Debian ${doc}/changelog)
