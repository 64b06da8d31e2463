// What a variable of a job holds, without a host: each kind is printed by the host's own means.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <variant>
#include <vector>

#include "generator/project/project.h"

namespace pipewright::delivery {

// Text from the manifest or from us: a value, whatever it holds.
struct Text {
    std::string text;
};

// JSON, printed from a tree; no other way leads into it.
class JsonText {
public:
    explicit JsonText(const nlohmann::ordered_json& tree);
    const std::string& text() const { return text_; }

private:
    std::string text_;
};

// JSON that stands in a file of its own below ci/: pipelines stay short enough to be read, and what several jobs are
// told stands once. The variable holds the file's path. name: "targets/prod-aws.json".
struct DataFile {
    std::string name;
    JsonText content;
};

// Where it stands, from the root of the repository.
std::string path_of(const Project& project, const DataFile& file);

// What a job that is needed has put out.
struct JobOutput {
    std::string job, output;
};

// How a job that is needed ended, in the host's own word; nothing where the run has no such job.
struct JobResult {
    std::string job;
};

// A secret of the host, by its name.
struct Secret {
    std::string name;
};

// A secret that is one environment's: GitHub's has the environment in its name, GitLab's comes by itself to jobs that
// name the environment.
struct EnvironmentSecret {
    std::string environment, name;
};

// What the host knows of the run.
enum class Fact {
    token,          // the job's own token for the host's API
    registry_user,  // what the host gives each job for its own registry
    registry_token,
    chosen_commit,  // the commit that a person chose when starting a promotion
    // What a person filled into the operators' form; a run that no form started has none of these.
    chosen_action,
    chosen_environment,
    chosen_stack,
    chosen_service,
    chosen_image,
    confirmation,
    forced,  // "true" where a person asked for a deploy
};

// Whether it is there only in a run that the form started.
bool of_form(Fact fact);

using Value = std::variant<Text, JsonText, DataFile, JobOutput, JobResult, Secret, EnvironmentSecret, Fact>;

// Why says what a reviewer would ask; empty where nobody would.
struct Variable {
    std::string name;
    Value value;
    std::string why = {};
};

using Variables = std::vector<Variable>;

Variable text(std::string name, std::string value);
Variable number(std::string name, std::int64_t value);
Variable json(std::string name, const nlohmann::ordered_json& tree);

}  // namespace pipewright::delivery
