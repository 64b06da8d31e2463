// The conditions of GitLab's rules as trees ("Job rules", CI/CD variable expressions). A text can only come in beside a
// variable that it is compared with, and is quoted here; so no value of a manifest becomes part of a condition.
#pragma once

#include <string>
#include <vector>

namespace pipewright::gitlab {

class Expression {
public:
    enum class Kind { equal, differs, same, one_of, matches, both, either };

    // The variable holds this text, or another one.
    static Expression equal(std::string variable, std::string text);
    static Expression differs(std::string variable, std::string text);
    // Two variables hold the same.
    static Expression same(std::string variable, std::string other);
    // The variable holds one of these texts, of which there is at least one.
    static Expression one_of(std::string variable, std::vector<std::string> texts);
    // The variable matches a pattern of literals and "*", which doesn't cross "/".
    static Expression matches(std::string variable, std::string pattern);
    // True where all are, or any is; a list of one is that one.
    static Expression all_of(std::vector<Expression> parts);
    static Expression any_of(std::vector<Expression> parts);

    Kind kind() const { return kind_; }
    const std::string& variable() const { return variable_; }
    const std::vector<std::string>& texts() const { return texts_; }  // for same: the other variable
    const std::vector<Expression>& parts() const { return parts_; }

    // As it stands after "if:".
    std::string print() const;

private:
    Expression(Kind kind, std::string variable, std::vector<std::string> texts, std::vector<Expression> parts);

    Kind kind_;
    std::string variable_;
    std::vector<std::string> texts_;
    std::vector<Expression> parts_;
};

}  // namespace pipewright::gitlab
