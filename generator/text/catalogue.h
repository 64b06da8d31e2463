// The catalogue of diagnostics: one row a code. A code is never given a second meaning, and never reused.
#pragma once

#include <span>
#include <string_view>

namespace pipewright {

enum class Severity { error, warning, note };

// name, id, severity, title
#define PIPEWRIGHT_CODES(row)                                                                                          \
    /* PW00xx: bytes and YAML */                                                                                       \
    row(not_utf8, "PW0001", error, "the file is not UTF-8") row(byte_order_mark, "PW0002", error,                      \
                                                                "the file starts with a byte order mark")              \
        row(control_character, "PW0003", error, "a control character stands in the file") row(                         \
            tab_indentation, "PW0004", error, "a tab indents a line") row(yaml_syntax, "PW0005", error,                \
                                                                          "the file is not YAML")                      \
            row(several_documents, "PW0006", error, "the file holds more than one document") row(                      \
                duplicate_key, "PW0007", error, "a key stands twice in one map")                                       \
                row(merge_key, "PW0008", error, "a merge key is used") row(                                            \
                    too_large, "PW0009", error, "the file is too large, too deep or repeats itself too often")         \
                    row(complex_key, "PW0010", error, "a key is not a plain word")                                     \
                        row(yaml_tag, "PW0011", error, "a value carries a YAML tag") row(                              \
                            empty_document, "PW0012", error, "the file holds nothing")                                 \
                            row(unclosed_quote, "PW0013", error, "a quote is never closed") row(                       \
                                unknown_alias, "PW0014", error,                                                        \
                                "an alias names an anchor that isn't there") /* PW01xx: the shape of the manifest */   \
        row(wrong_type, "PW0101", error, "a value has the wrong type")                                                 \
            row(missing_key, "PW0102", error, "a required key is missing") row(unknown_key, "PW0103", error,           \
                                                                               "a key is not known")                   \
                row(out_of_bounds, "PW0104", error, "a value is out of bounds") row(                                   \
                    unknown_value, "PW0105", error, "a value is not one of those allowed")                             \
                    row(malformed, "PW0106", error, "a value does not have the form that it needs") row(               \
                        unquoted, "PW0107", error, "a value that must be a string is read by YAML as something else")  \
                        row(bad_name, "PW0108", error, "a name is not allowed")                                        \
                            row(outside_repository, "PW0109", error, "a path leaves the repository")                   \
                                row(removed_required, "PW0110", error, "null removes a key that can't be absent")      \
                                    row(empty_value, "PW0111", error,                                                  \
                                        "a value is empty") /* PW02xx: keys that do not go together */                 \
        row(unknown_reference, "PW0201", error, "something is named that isn't there") row(                            \
            exclusive_keys, "PW0202", error, "keys exclude each other") row(needed_together, "PW0203", error,          \
                                                                            "a key needs another beside it")           \
            row(fargate_size, "PW0204", error, "Fargate does not offer this pair of cpu and memory") row(              \
                promotion_circle, "PW0205", error, "environments promote in a circle")                                 \
                row(trigger_clash, "PW0206", error, "two environments are deployed by the same event") row(            \
                    ungated_production, "PW0207", error,                                                               \
                    "a production environment has no gate") row(gate_impossible, "PW0208", error,                      \
                                                                "the gate can't be built as written")                  \
                    row(route_clash, "PW0209", error, "two services claim the same route") row(                        \
                        name_clash, "PW0210", error, "two names join to one") row(not_applicable, "PW0211", error,     \
                                                                                  "a key does not apply here")         \
                        row(first_trigger, "PW0212", error, "the first environment has no event that starts it") row(  \
                            deploys_clash, "PW0213", error, "both hosts would deploy an environment")                  \
                            row(promotion_source, "PW0214", error, "there is nothing to promote from") row(            \
                                open_ssh, "PW0215", error, "SSH would be open to the world") row(reserved_name,        \
                                                                                                 "PW0216", error,      \
                                                                                                 "a name is reserved") \
                                row(not_overridable, "PW0217", error, "a key can't be overridden") row(                \
                                    after_across_hosts, "PW0218", error,                                               \
                                    "a promotion would cross from one host to the other") /* PW03xx: it works, but a   \
                                                                                             person should know */     \
        row(gate_unenforced, "PW0301", warning, "the host can't enforce this gate on this plan")                       \
            row(classic_subject, "PW0302", warning, "only the classic subject is trusted")                             \
                row(public_pull, "PW0303", warning, "workloads pull images without signing in") row(                   \
                    static_keys, "PW0304", warning, "long-lived cloud keys are used")                                  \
                    row(missing_path, "PW0305", warning, "a path is not there") row(                                   \
                        no_smoke, "PW0306", note, "no smoke test is made") row(floating_image, "PW0307", warning,      \
                                                                               "an image is not pinned")               \
                        row(left_out_gitlab, "PW0308", warning, "the GitLab pipeline is left out") row(                \
                            left_out_terraform, "PW0309", warning,                                                     \
                            "the Terraform is left out") /* PW04xx: part of the language, not built by this version */ \
        row(not_built, "PW0401", error, "this version can't generate this yet") /* PW05xx: files and their owners */   \
        row(hand_edit, "PW0501", error, "a generated file was edited by hand")                                         \
            row(foreign_file, "PW0502", error, "a file stands in the way that is not ours")                            \
                row(bad_lock, "PW0503", error, "pipewright.lock can't be read")                                        \
                    row(path_clash, "PW0504", error, "two parts of the output want one path") row(                     \
                        edited_orphan, "PW0505", error, "a file that is no longer generated was edited by hand")       \
                        row(blocked_path, "PW0506", error, "a path can't be written") /* PW06xx: input and output */   \
        row(cannot_read, "PW0601", error, "a file can't be read")                                                      \
            row(cannot_write, "PW0602", error, "a file can't be written")                                              \
                row(no_manifest, "PW0603", error, "there is no manifest")                                              \
                    row(bad_call, "PW0604", error, "the call is wrong")

enum class Code {
#define PIPEWRIGHT_CODE(name, id, severity, title) name,
    PIPEWRIGHT_CODES(PIPEWRIGHT_CODE)
#undef PIPEWRIGHT_CODE
};

struct CodeEntry {
    Code code;
    std::string_view id;
    Severity severity;
    std::string_view title;
};

// The catalogue, in order of ids.
std::span<const CodeEntry> catalogue();

const CodeEntry& describe(Code code);

std::string_view to_string(Severity severity);

}  // namespace pipewright
