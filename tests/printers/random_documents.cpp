// random_documents: makes documents out of hostile texts, prints them with our printers, and compares what readers of
// others found in them with what was put in.
//   make yaml|hcl|markdown SEED COUNT FOLDER [value|bytes]   writes the files and expected.json; with "value" one value
//                                                            of expected.json is wrong, with "bytes" one file
//   read-yaml-cpp FOLDER, read-terraform OUTPUT.json         print as JSON what was read
//   compare EXPECTED ACTUAL                                  1 and the first difference when there is one
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "tests/printers/random.h"

namespace pipewright::printers {

namespace {

void write(const std::filesystem::path& path, const std::string& bytes) {
    std::ofstream out(path, std::ios::binary);
    out << bytes;
    if (!out.flush()) throw std::runtime_error("can't write " + path.string());
}

Json read(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return Json::parse(in);
}

// The places of all texts in a tree of expected values.
void texts(Json& value, std::vector<Json*>& found) {
    if (value.is_string()) found.push_back(&value);
    if (value.is_structured()) {
        for (Json& part : value) texts(part, found);
    }
}

int make(const std::vector<std::string>& arguments) {
    Random random(std::stoull(arguments.at(2)));
    const std::string& format = arguments.at(1);
    const std::size_t count = std::stoul(arguments.at(3));
    const std::filesystem::path folder = arguments.at(4);
    const std::string broken = arguments.size() > 5 ? arguments[5] : "";
    Made made = format == "yaml"  ? make_yaml(random, count)
                : format == "hcl" ? make_hcl(random, count)
                                  : make_markdown(random, count);
    if (broken == "value") {
        std::vector<Json*> found;
        texts(made.expected, found);
        Json& victim = *found.at(random.below(found.size()));
        victim = victim.get<std::string>() + "x";
    } else if (broken == "bytes") {
        std::string& victim = made.files.at(random.below(made.files.size())).bytes;
        victim += format == "yaml"  ? "\n---\n{a: 1, a: 1}\n"
                  : format == "hcl" ? "locals {\n  a =   1\n}\n"
                                    : "\n<b>x</b>\n";
    }
    std::filesystem::create_directories(folder);
    for (const File& file : made.files) write(folder / file.name, file.bytes);
    write(folder / "expected.json", made.expected.dump());
    return 0;
}

int run(const std::vector<std::string>& arguments) {
    const std::string& command = arguments.at(0);
    if (command == "make") return make(arguments);
    if (command == "read-yaml-cpp") {
        std::cout << read_yaml_cpp(arguments.at(1)).dump() << '\n';
        return 0;
    }
    if (command == "read-terraform") {
        std::cout << read_terraform(arguments.at(1)).dump() << '\n';
        return 0;
    }
    if (command == "compare") {
        const std::string found = difference(read(arguments.at(1)), read(arguments.at(2)));
        if (!found.empty()) std::cout << found << '\n';
        return found.empty() ? 0 : 1;
    }
    throw std::runtime_error("no such command: " + command);
}

}  // namespace

}  // namespace pipewright::printers

int main(int argc, char** argv) {
    try {
        return pipewright::printers::run({argv + 1, argv + argc});
    } catch (const std::exception& error) {
        std::cerr << "random_documents: " << error.what() << '\n';
        return 2;
    }
}
