#include <string>
#include <vector>

#include "generator/cli/command.h"
#include "generator/system/prompt.h"
#include "generator/system/real_disk.h"
#include "generator/system/stream.h"
#include "generator/system/terminal.h"

int main(int count, char** words) {
    using namespace pipewright;
    system::ignore_broken_pipes();
    system::RealDisk disk;
    system::TerminalPrompt prompt;
    cli::Console console;
    if (system::is_terminal(system::kStandardInput) && system::is_terminal(system::kStandardError))
        console.prompt = &prompt;
    const cli::Exit exit = cli::run(std::vector<std::string>(words + 1, words + count), disk,
                                    system::is_terminal(system::kStandardError), console);
    const bool said = system::write_all(system::kStandardError, console.err).ok();
    const bool written = system::write_all(system::kStandardOutput, console.out).ok();
    return said && written ? exit : cli::kFailed;
}
