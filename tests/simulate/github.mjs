// What GitHub does with an event and a generated tree's workflows. Read, and given their success(), by GitHub's own parser;
// conditions by GitHub's own expression engine. Ours is only what its documentation says in words and no program of
// GitHub's that can be had does: the filters of `on` (filter below: "Workflow syntax", filter pattern cheat sheet), that
// success() is false after anything that was skipped or failed before (github.com/actions/runner/issues/491), and what a
// token's subject is (subject below: "OpenID Connect reference").
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { workflowsIn } from "../conformance/workflows.mjs";
import { load } from "../tools/load.mjs";

const parser = await load("@actions/workflow-parser");
const { Lexer, Parser, Evaluator, data } = await load("@actions/expressions");
const yaml = await load("yaml");
const CONTEXTS = ["github", "needs", "inputs", "vars"];
const FUNCTIONS = ["success", "failure", "always", "cancelled"].map((name) => ({ name, minArgs: 0, maxArgs: 0 }));
const trace = { error() {}, info() {}, verbose() {} };

// filter(PATTERN): "*" is anything but "/", "**" anything at all, "?" and "+" repeat what stands before them, "[]" is one
// of these characters; "!" excludes and isn't used by us, so it is refused.
export function filter(pattern) {
  if (pattern.startsWith("!")) throw new Error(`a filter excludes: ${pattern}`);
  let text = "";
  for (let at = 0; at < pattern.length; at += 1) {
    const c = pattern[at];
    if (pattern.startsWith("**", at)) (text += ".*"), (at += 1);
    else if (c === "*") text += "[^/]*";
    else if ("?+".includes(c) || c === "[" || c === "]") text += c;
    else text += c.replace(/[.^${}()|\\]/g, "\\$&");
  }
  return new RegExp(`^${text}$`);
}

// workflowsOf(FOLDER): each with what starts it and its jobs.
export async function workflowsOf(folder) {
  const all = [];
  for (const file of workflowsIn(folder)) {
    const content = readFileSync(file, "utf8");
    const parsed = parser.parseWorkflow({ name: file, content }, trace);
    const template = await parser.convertWorkflowTemplate(parsed.context, parsed.value, undefined, { errorPolicy: 0 });
    if (template.errors?.length) throw new Error(`${file}: ${template.errors[0].Message}`);
    const plain = yaml.parse(content);
    const jobs = template.jobs.map((job) => {
      const id = job.id.value;
      return {
        id,
        needs: (job.needs ?? []).map(({ value }) => value),
        condition: new Parser(new Lexer(job.if.expression).lex().tokens, CONTEXTS, FUNCTIONS).parse(),
        environment: plain.jobs[id].environment,
        env: plain.jobs[id].env ?? {},
        token: plain.jobs[id].permissions?.["id-token"] === "write",
      };
    });
    all.push({ path: `.github/workflows/${basename(file)}`, on: plain.on, jobs });
  }
  return all;
}

// contextOf(EVENT, REPOSITORY): what the contexts hold. A number is made up for the pull request.
export function contextOf(event, repository) {
  const fork = `somebody/${repository.split("/")[1]}`;
  const request = event.kind === "change-request";
  const github = {
    event_name: { push: "push", "change-request": "pull_request", schedule: "schedule", form: "workflow_dispatch" }[event.kind],
    ref: request ? "refs/pull/7/merge" : event.ref,
    repository: event.fork && !request ? fork : repository,
    run_attempt: event.rerun ? 2 : 1,
    event: request ? { pull_request: { number: 7, head: { repo: { full_name: event.fork ? fork : repository, fork: event.fork } } } } : {},
  };
  return { github, inputs: {}, vars: {} };
}

// startedBy(WORKFLOW, EVENT, HOME): undefined, or the inputs that its run gets. A form's run is asked for by name, so its
// workflow is the one whose form has that environment; GitHub refuses what the options of an input don't have.
export function startedBy({ path, on }, event, home) {
  const at = { push: "push", "change-request": "pull_request", schedule: "schedule", form: "workflow_dispatch" }[event.kind];
  if (!(at in on)) return undefined;
  if (event.kind === "push") {
    const kind = event.ref.startsWith("refs/tags/") ? "tags" : "branches";
    const name = event.ref.replace(/^refs\/(heads|tags)\//, "");
    return (on.push[kind] ?? []).some((pattern) => filter(pattern).test(name)) ? {} : undefined;
  }
  // "Events that trigger workflows": a schedule runs on the default branch alone.
  if (event.kind === "schedule" && event.ref !== `refs/heads/${home}`) return undefined;
  if (event.kind !== "form") return {};
  const inputs = on.workflow_dispatch?.inputs ?? {};
  const { environment } = event.form;
  if (inputs.environment ? !inputs.environment.options.includes(environment) : !path.endsWith(`promote-${environment}.yml`)) return undefined;
  const filled = {};
  for (const [name, { options }] of Object.entries(inputs)) {
    filled[name] = event.form[name] ?? (options ? options[0] : "");
    if (options && !options.includes(filled[name])) return undefined;
  }
  if (!inputs.action && event.form.action !== "deploy") return undefined;
  return filled;
}

// jobsOf(WORKFLOW, EVENT, OPTIONS): each job's result, in order. OPTIONS: repository, inputs, form(JOB, VALUES): whether
// the form's first job lets the run go on, with what it is given.
export function jobsOf({ jobs }, event, { repository, inputs, form }) {
  const context = { ...contextOf(event, repository), inputs };
  const results = {};
  const before = new Map(jobs.map(({ id, needs }) => [id, needs]));
  const ancestors = (id) => before.get(id).flatMap((need) => [need, ...ancestors(need)]);
  const left = [...jobs];
  while (left.length > 0) {
    const next = left.findIndex(({ needs }) => needs.every((need) => need in results));
    if (next < 0) throw new Error("the jobs need each other in a circle");
    const [job] = left.splice(next, 1);
    const all = ancestors(job.id).map((need) => results[need].result);
    const status = {
      success: all.every((one) => one === "success"),
      failure: all.includes("failure"),
      always: true,
      cancelled: false,
    };
    const needs = Object.fromEntries(job.needs.map((need) => [need, results[need]]));
    const values = { ...context, needs };
    const told = evaluate(job.condition, values, status);
    const outputs = job.id.startsWith("plan-") ? { empty: String(event.noChanges === true), fingerprint: "f" } : {};
    let result = told ? "success" : "skipped";
    if (told && job.id === "check-form" && !form(Object.fromEntries(Object.entries(job.env).map(([name, value]) => [name, text(value, values)])))) result = "failure";
    if (told && event.fails === job.id) result = "failure";
    results[job.id] = { result, outputs: result === "success" ? outputs : {} };
  }
  return jobs.map((job) => ({ ...job, result: results[job.id].result }));
}

function evaluate(tree, values, status) {
  const functions = new Map(FUNCTIONS.map((info) => [info.name, { ...info, call: () => new data.BooleanData(status[info.name]) }]));
  const dictionary = JSON.parse(JSON.stringify(values), data.reviver);
  const value = JSON.parse(JSON.stringify(new Evaluator(tree, dictionary, functions).evaluate(), data.replacer));
  return !(value === null || value === false || value === 0 || value === "");
}

function text(value, values) {
  return String(value).replace(/\$\{\{((?:'(?:[^']|'')*'|[^'])*?)\}\}/g, (_, expression) => {
    const tree = new Parser(new Lexer(expression.trim()).lex().tokens, [...CONTEXTS, "secrets"], []).parse();
    return new Evaluator(tree, JSON.parse(JSON.stringify({ ...values, secrets: {} }), data.reviver), new Map()).evaluate().coerceString();
  });
}

// subject(JOB, EVENT, REPOSITORY): what stands behind the repository in a token's sub.
export function subject(job, event) {
  if (job.environment) return `environment:${job.environment}`;
  return event.kind === "change-request" ? "pull_request" : `ref:${event.ref}`;
}
