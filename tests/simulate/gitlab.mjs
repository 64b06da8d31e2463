// What GitLab does with events and a generated tree's pipeline: gitlab-ci-local reads the rules. It takes half a second to
// start, so its reader of rules is taken out of its program for the many events (rulesOf); alone() asks the whole program
// about one event, with the files as they are, and the test compares some of both.
import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { jobsOf as jobsIn, readPipeline } from "../conformance/gitlab-files.mjs";

const run = promisify(execFile);
const require = createRequire(new URL("../tools/package.json", import.meta.url));
let program;
try {
  program = require.resolve("gitlab-ci-local");
} catch {
  console.log("skip: the npm package gitlab-ci-local isn't installed; ./dev test does that (npm ci in tests/tools)");
  process.exit(77);
}
// Node 22 has it.
const POLYFILL = "data:text/javascript," + encodeURIComponent("Set.prototype.union ??= function (other) { return new Set([...this, ...other]); };");
const PROBE = "is-there-a-pipeline";

// known(EVENT, PIPELINE): the variables that GitLab sets ("Predefined CI/CD variables reference", "Inputs"): undefined
// where it makes no pipeline, because a value isn't among an input's options or doesn't match its regular expression.
export function known(event, { header, repository }) {
  const fork = `somebody/${repository.split("/").at(-1)}`;
  const request = event.kind === "change-request";
  const variables = {
    CI_PIPELINE_SOURCE: { push: "push", "change-request": "merge_request_event", schedule: "schedule", form: "web" }[event.kind],
    CI_PROJECT_PATH: event.fork && !request ? fork : repository,
  };
  if (request) variables.CI_MERGE_REQUEST_SOURCE_PROJECT_PATH = event.fork ? fork : repository;
  else if (event.ref.startsWith("refs/tags/")) variables.CI_COMMIT_TAG = event.ref.slice("refs/tags/".length);
  else variables.CI_COMMIT_BRANCH = event.ref.slice("refs/heads/".length);
  const inputs = header?.spec?.inputs ?? {};
  if (event.kind === "form" && Object.keys(inputs).length === 0) return undefined;
  for (const [name, { options, regex, default: preset }] of Object.entries(inputs)) {
    const value = event.form?.[name.toLowerCase()] ?? preset;
    if ((options && !options.includes(value)) || (regex && !new RegExp(regex).test(value))) return undefined;
    variables[`FORM_${name}`] = value;
  }
  return variables;
}

// pipelineOf(FOLDER, PATH, REPOSITORY): the jobs with what they need, and what the rest asks.
export function pipelineOf(folder, path, repository) {
  const { root, body, header, files } = readPipeline(folder, path);
  const pipeline = { root, body, header, files, path, repository, folder };
  pipeline.jobs = jobsIn({ files }).map(({ name, job }) => ({
    id: name,
    needs: (job.needs ?? []).map((one) => (typeof one === "string" ? { job: one } : one)),
    rules: job.rules,
    variables: job.variables ?? {},
    tokens: Object.values(job.id_tokens ?? {}).map(({ aud }) => aud),
  }));
  return pipeline;
}

function repositoryFor(pipeline, files) {
  const copy = mkdtempSync(join(tmpdir(), "simulate-gitlab-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(copy, dirname(path)), { recursive: true });
    writeFileSync(join(copy, path), text);
  }
  const git = (...words) => execFileSync("git", ["-C", copy, "-c", "user.name=t", "-c", "user.email=t@example.org", ...words]);
  git("init", "-q", "-b", "work");
  git("remote", "add", "origin", `git@gitlab.com:${pipeline.repository}.git`);
  git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/work");
  git("add", "-A");
  git("commit", "-q", "-m", "the pipeline");
  return copy;
}

async function listed(copy, path, options) {
  const { stdout } = await run(process.execPath, ["--import", POLYFILL, program, "--cwd", ".", "--file", path, "--list-json", "--no-json-schema-validation", ...options], {
    cwd: copy,
    maxBuffer: 1 << 28,
    env: { ...process.env, NO_COLOR: "1" },
  });
  return JSON.parse(stdout.slice(stdout.search(/^\[/m))).filter(({ when }) => when !== "never");
}

const probe = (body) => ({ stage: body.stages[0], needs: [], rules: body.workflow.rules.map(({ if: condition }) => ({ if: condition })), script: ["true"] });

// The class that reads rules, of a copy of the program that looks at no command line.
async function rulesOf() {
  const text = readFileSync(program, "utf8");
  const once = (from, what, to) => {
    if (from.split(what).length !== 2) throw new Error(`gitlab-ci-local isn't what it was: ${what}`);
    return from.replace(what, () => to);
  };
  const copy = once(once(text, "static getRulesResult(", "static{globalThis.readerOfRules=this}static getRulesResult("), ".parse()})()", "})()");
  const folder = mkdtempSync(join(tmpdir(), "simulate-rules-"));
  writeFileSync(join(folder, "rules.mjs"), copy);
  await import(POLYFILL);
  await import(pathToFileURL(join(folder, "rules.mjs")).href);
  rmSync(folder, { recursive: true, force: true });
  return globalThis.readerOfRules;
}

const reader = await rulesOf();
const said = new Map();

function when(rules, variables) {
  const names = [...new Set(JSON.stringify(rules.map(({ if: condition }) => condition)).match(/\$\w+/g) ?? [])].map((name) => name.slice(1));
  const key = JSON.stringify([rules, names.map((name) => variables[name])]);
  if (!said.has(key)) said.set(key, reader.getRulesResult({ argv: { evaluateRuleChanges: false }, cwd: ".", rules, variables }, {}).when);
  return said.get(key);
}

// lists(PIPELINE, EVENTS): for each event a Map from job to "on_success", "manual", "always" or "on_failure"; undefined where no pipeline is made.
export function lists(pipeline, events) {
  return events.map((event) => {
    const variables = known(event, pipeline);
    if (variables === undefined) return undefined;
    const all = [...pipeline.jobs, { id: PROBE, rules: probe(pipeline.body).rules }];
    return read(all.map(({ id, rules }) => ({ name: id, when: when(rules, variables) })).filter((one) => one.when !== "never"));
  });
}

function read(lets) {
  if (!lets.some(({ name }) => name === PROBE)) return undefined;
  const found = new Map(lets.filter(({ name }) => name !== PROBE).map(({ name, when }) => [name, when]));
  return found.size > 0 ? found : undefined;
}

// alone(PIPELINE, EVENT): the same of one event, with the files and the form as they are.
export async function alone(pipeline, event) {
  const { root, body, files, path } = pipeline;
  const variables = known(event, pipeline);
  if (variables === undefined) return undefined;
  const copy = repositoryFor(pipeline, {
    ...Object.fromEntries(files.map((one) => [one.path, one.text])),
    [path]: `${root.text}\n${PROBE}: ${JSON.stringify(probe(body))}\n`,
    "inputs.yml": JSON.stringify(Object.fromEntries(Object.entries(variables).filter(([name]) => name.startsWith("FORM_")).map(([name, value]) => [name.slice(5), value]))),
  });
  try {
    const options = ["--inputs-file", "inputs.yml"];
    const set = Object.entries(variables).filter(([name]) => name.startsWith("CI_"));
    for (const [name, value] of set) options.push("--variable", `${name}=${value}`);
    options.push("--ignore-predefined-vars", set.map(([name]) => name).join(","));
    for (const name of ["CI_COMMIT_BRANCH", "CI_COMMIT_TAG"]) if (!(name in variables)) options.push("--unset-variable", name);
    return read(await listed(copy, path, options));
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

// settle(PIPELINE, EVENT, LIST, FORM): what becomes of the jobs of a list: "success", "failure" or "skipped", in needs as
// GitLab documents them: what isn't there and optional is no need, what isn't there else makes no pipeline, and what
// failed or was skipped stops what needs it, but for what is there "always", or where something failed ("rules:when").
export function settle({ jobs }, event, list, form) {
  const results = new Map();
  const settled = (id) => {
    if (results.has(id)) return results.get(id);
    const job = jobs.find((one) => one.id === id);
    const whatever = list.get(id) === "always";
    let result = "success";
    let failed = false;
    for (const need of job.needs) {
      if (!list.has(need.job)) {
        if (!need.optional) throw new Error(`${id} needs ${need.job}, which is not there`);
        continue;
      }
      if (settled(need.job) !== "success" && !whatever) result = "skipped";
      failed ||= settled(need.job) === "failure";
    }
    if (list.get(id) === "on_failure") result = failed ? "success" : "skipped";
    if (result === "success" && id === "check-form" && !form({ FORM: plainText(job.variables.FORM) })) result = "failure";
    if (result === "success" && event.fails === id) result = "failure";
    results.set(id, result);
    return result;
  };
  for (const id of list.keys()) settled(id);
  return results;
}

const plainText = (value) => (typeof value === "object" ? value.value : value);
