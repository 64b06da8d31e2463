# init as its users meet it: repositories of all kinds, a terminal, and an editor that opens what was written.
set(init ${CMAKE_CURRENT_SOURCE_DIR}/init)
pipewright_test(init.repositories conformance 120 python3 ${init}/repositories.py $<TARGET_FILE:pipewright>)
pipewright_test(init.editor conformance 60 ${init}/editor.sh $<TARGET_FILE:pipewright>)
