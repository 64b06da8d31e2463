// GitHub's expressions as trees ("Evaluate expressions in workflows and actions"). A text can only come in as a
// literal, which is quoted here; so no value of a manifest becomes part of an expression.
#pragma once

#include <memory>
#include <string>
#include <vector>

namespace pipewright::github {

class Expression {
public:
    enum class Kind { context, literal, equal, both, either, negation, call };

    // A property of a context, as in github.ref; written by us, never by a user.
    static Expression context(std::string path);
    static Expression literal(std::string text);
    static Expression equal(Expression left, Expression right);
    // True where all are, or any is; a list of one is that one.
    static Expression all_of(std::vector<Expression> parts);
    static Expression any_of(std::vector<Expression> parts);
    static Expression negation(Expression one);
    static Expression call(std::string function, std::vector<Expression> arguments);

    Kind kind() const { return kind_; }
    const std::string& text() const { return text_; }
    const std::vector<Expression>& parts() const { return parts_; }

    // As it stands between ${{ and }}, with no more parentheses than it needs.
    std::string print() const;

private:
    Expression(Kind kind, std::string text, std::vector<Expression> parts);

    Kind kind_;
    std::string text_;
    std::vector<Expression> parts_;
};

}  // namespace pipewright::github
