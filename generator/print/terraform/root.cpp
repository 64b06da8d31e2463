#include "generator/print/terraform/root.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace pipewright::print {

namespace {

using hcl::Attribute;
using hcl::Block;
using hcl::Body;
using hcl::Expression;
using hcl::Trimmings;
using infrastructure::Call;
using infrastructure::OutputOf;
using infrastructure::Provider;
using infrastructure::Root;
using infrastructure::Value;

// A name that we made: a call's, an argument's.
hcl::Name name(const std::string& text) {
    if (const std::optional<hcl::Name> parsed = hcl::Name::parse(text)) return *parsed;
    throw std::logic_error("no name of Terraform's: " + text);
}

Expression expression(const Value& value);

// Whether a value is one word or a list of such.
bool is_plain(const Value& value) {
    if (const auto* list = std::get_if<infrastructure::List>(&value.is))
        return std::all_of(list->begin(), list->end(), is_plain);
    return !std::holds_alternative<infrastructure::Object>(value.is);
}

struct ToExpression {
    Expression operator()(bool one) const { return Expression::boolean(one); }
    Expression operator()(std::int64_t one) const { return Expression::number(one); }
    Expression operator()(const std::string& one) const { return Expression::text(one); }
    Expression operator()(const OutputOf& one) const {
        hcl::Reference to = hcl::Reference("module").attribute(one.call).attribute(one.output);
        for (const std::string& key : one.keys) to = std::move(to).index(key);
        return Expression::reference(to);
    }
    Expression operator()(const infrastructure::List& list) const {
        std::vector<Expression> elements;
        for (const Value& one : list) elements.push_back(expression(one));
        return Expression::list(std::move(elements));
    }
    Expression operator()(const infrastructure::Object& object) const {
        std::vector<hcl::Key> keys;
        for (const infrastructure::Member& one : object) keys.push_back({one.name, expression(one.value)});
        const bool plain =
            std::all_of(object.begin(), object.end(), [](const auto& one) { return is_plain(one.value); });
        return plain ? Expression::inline_object(std::move(keys)) : Expression::object(std::move(keys));
    }
};

Expression expression(const Value& value) { return std::visit(ToExpression{}, value.is); }

Expression text(const std::string& value) { return Expression::text(value); }

hcl::Entry terraform(Origin origin) {
    Body providers{{Attribute{
        "aws", Expression::object({{"source", text("hashicorp/aws")}, {"version", text(">= 5.100.0, < 7.0.0")}})}}};
    return {Block{"terraform",
                  {},
                  {{Attribute{"required_version", text(">= 1.11.0, < 2.0.0")}},
                   {Block{"required_providers", {}, std::move(providers)}},
                   {Block{"backend", {"s3"}, {}}, {{"Where the state is stands in backend.hcl."}, "", false, {}}}}},
            {{}, "", false, origin}};
}

hcl::Entry provider(const Provider& from, Origin origin) {
    Body body;
    if (!from.alias.empty()) body.push_back({Attribute{"alias", text(from.alias)}});
    body.push_back({Attribute{"region", text(from.region)}});
    body.push_back({Attribute{"allowed_account_ids", Expression::list({text(from.account)})}});
    std::vector<hcl::Key> tags;
    for (const auto& [key, value] : from.tags) tags.push_back({key, text(value)});
    body.push_back({Block{"default_tags", {}, {{Attribute{"tags", Expression::object(std::move(tags))}}}}});
    return {Block{"provider", {"aws"}, std::move(body)}, {{}, "", false, origin}};
}

// "infra/dev/aws/platform" to "infra/modules/aws/network": "../../../modules/aws/network".
std::string relative(const std::string& from, const std::string& to) {
    std::size_t common = 0;
    for (std::size_t i = 0; i < from.size() && i < to.size() && from[i] == to[i]; ++i) {
        if (from[i] == '/') common = i + 1;
    }
    const std::string_view rest = std::string_view(from).substr(common);
    std::string path = "../";
    for (const char c : rest) {
        if (c == '/') path += "../";
    }
    return path + to.substr(common);
}

hcl::Entry module(const Call& call, const Root& root, const std::string& modules) {
    Body body{{Attribute{"source", text(relative(root.path, modules + "/" + call.module))}}};
    if (!call.provider.empty()) {
        const auto alias = hcl::Reference("aws").attribute(call.provider);
        body.push_back({Attribute{"providers", Expression::object({{"aws", Expression::reference(alias)}})}});
    }
    bool first = true;
    for (const infrastructure::Member& one : call.arguments) {
        body.push_back({Attribute{name(one.name), expression(one.value)}, {{}, "", first, {}}});
        first = false;
    }
    Trimmings trimmings{{}, "", false, call.origin};
    if (!call.about.empty()) trimmings.above.push_back(call.about);
    return {Block{"module", {call.name}, std::move(body)}, std::move(trimmings)};
}

hcl::Entry output(const infrastructure::RootOutput& from, Origin origin) {
    return {Block{"output",
                  {from.name},
                  {{Attribute{"description", text(from.description)}}, {Attribute{"value", expression(from.value)}}}},
            {{}, "", false, origin}};
}

}  // namespace

hcl::File main_file(const Root& root, const std::string& modules, std::vector<std::string> head) {
    hcl::File file{std::move(head), {terraform(root.origin)}, root.origin};
    if (!root.about.empty()) file.head.emplace_back();
    file.head.insert(file.head.end(), root.about.begin(), root.about.end());
    for (const Provider& one : root.providers) file.body.push_back(provider(one, root.origin));
    for (const Call& one : root.calls) file.body.push_back(module(one, root, modules));
    for (const infrastructure::RootOutput& one : root.outputs) file.body.push_back(output(one, root.origin));
    return file;
}

hcl::File backend_file(const Root& root, std::vector<std::string> head) {
    const infrastructure::Backend& from = root.backend;
    Body body{{Attribute{"bucket", text(from.bucket)}},
              {Attribute{"key", text(from.key)}},
              {Attribute{"region", text(from.region)}},
              {Attribute{"allowed_account_ids", Expression::list({text(from.account)})}},
              {Attribute{"encrypt", Expression::boolean(true)}}};
    if (from.table.empty()) {
        body.push_back({Attribute{"use_lockfile", Expression::boolean(true)}});
    } else {
        body.push_back({Attribute{"dynamodb_table", text(from.table)}});
    }
    return {std::move(head), std::move(body), root.origin};
}

}  // namespace pipewright::print
