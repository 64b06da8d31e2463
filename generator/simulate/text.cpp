#include <algorithm>

#include "generator/simulate/parts.h"
#include "generator/text/render.h"

namespace pipewright::simulate {

namespace {

using Row = std::vector<std::string>;

std::string listed(const std::vector<std::string>& all) {
    std::string words;
    for (const std::string& one : all) words += (words.empty() ? "" : ", ") + one;
    return words;
}

std::string waits_for(const Wait& wait) {
    std::string words;
    switch (wait.person) {
        case Person::nobody: return {};
        case Person::reviewers: words = "for a reviewer"; break;
        case Person::manual_job: words = "for a person who starts this job"; break;
        case Person::workflow: words = "for a person who starts " + wait.where; break;
    }
    if (!wait.who.empty()) words += " (" + any_of_words(wait.who) + ")";
    if (wait.minutes > 0) words += ", and " + std::to_string(wait.minutes) + " minutes";
    return words;
}

std::string why(const JobAnswer& job) {
    if (!job.because.empty()) return job.because;
    std::string words = waits_for(job.wait);
    const auto add = [&](const std::string& more) { words += (words.empty() ? "" : "; ") + more; };
    if (!job.behind.empty()) add("behind " + listed(job.behind));
    if (!job.after.empty()) add("after " + listed(job.after));
    if (words.empty()) words = "at once";
    if (!job.note.empty()) add(job.note);
    return words;
}

std::string target_of(const JobAnswer& job) {
    return job.stack.empty() ? job.environment : job.environment + " on " + job.stack;
}

std::string identity_of(const JobAnswer& job) {
    return job.identity + (job.keys.empty() ? "" : ", by keys") + (job.reader.empty() ? "" : ", pull");
}

// Columns as wide as their widest cell; the last one is as wide as it is.
std::string table(const std::vector<Row>& rows) {
    std::vector<std::size_t> widths;
    for (const Row& row : rows) {
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
    }
    std::string text;
    for (const Row& row : rows) {
        std::string line = " ";
        for (std::size_t i = 0; i < row.size(); ++i) {
            line += " " + row[i];
            if (i + 1 < row.size()) line.append(widths[i] - row[i].size() + 1, ' ');
        }
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + "\n";
    }
    return text;
}

// What the tokens of a run say, jobs with the same one together.
std::string tokens(const RunAnswer& run) {
    std::vector<std::pair<std::string, std::string>> known;
    const auto tell = [&](const std::string& job, const Token& token, const std::string& role) {
        std::string claims;
        const auto add = [&](const char* name, const std::string& value) {
            if (!value.empty()) claims += "      " + (name + (": " + visible(value))) + "\n";
        };
        add("sub", any_of_words(token.subjects));
        add("aud", token.audience);
        add("ref", token.ref);
        add("environment", token.environment);
        add("repository_id", token.repository_id);
        add("workflow", token.workflow);
        add("actor", any_of_words(token.actors));
        add("role", role + (token.trusted ? "" : ", which does not admit it"));
        const auto found =
            std::find_if(known.begin(), known.end(), [&](const auto& one) { return one.second == claims; });
        if (found == known.end()) {
            known.emplace_back(job, claims);
        } else {
            found->first += ", " + job;
        }
    };
    for (const JobAnswer& job : run.jobs) {
        if (job.token) tell(job.job, *job.token, job.role);
        if (job.reader_token) tell(job.job, *job.reader_token, job.reader);
    }
    std::string text;
    for (const auto& [jobs, claims] : known) text += "    " + jobs + "\n" + claims;
    return text.empty() ? "" : "\n  tokens:\n" + text;
}

}  // namespace

std::string text_of(const Answer& answer) {
    std::string text = visible(describe(answer.event)) + "\n";
    if (answer.event.rerun)
        text +=
            "A run that is started once more has the event, the ref and the commit that it had; what changes a target "
            "refuses\na commit older than the one recorded there.\n";
    for (const HostAnswer& host : answer.hosts) {
        text += "\n" + std::string(host.host == Host::github ? "GitHub" : "GitLab") + ", " + host.repository + "\n";
        for (const RunAnswer& run : host.runs) {
            text += "\n" + run.path + ": " + (run.because.empty() ? run.name : visible(run.because)) + "\n";
            if (run.jobs.empty()) continue;
            std::vector<Row> rows{{"job", "answer", "as", "target", "gate", "why"}};
            for (const JobAnswer& job : run.jobs) {
                rows.push_back({job.job, std::string(to_string(job.outcome)), identity_of(job), target_of(job),
                                job.gate, visible(why(job))});
            }
            text += table(rows) + tokens(run);
        }
    }
    return text;
}

}  // namespace pipewright::simulate
