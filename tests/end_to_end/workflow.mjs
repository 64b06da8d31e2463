// workflow.mjs WORKFLOW SETTINGS: runs a generated workflow for one event as GitHub would, as far as our workflows go:
// conditions and values by GitHub's own expression engine, needs and their skips, permissions, environments with an
// approval, clones, step outputs that become job outputs. What it does not know it refuses.
//
// SETTINGS (JSON): event {event_name, ref, sha, event, inputs}, repository, run_id, origin (a bare clone), place (a
// folder for this run), environment (of every step), approve (environments that a person lets through), token (what the
// job's token is). Prints a line "JOB RESULT" each; the steps' output is in PLACE/JOB/log.
import { execFileSync, spawnSync } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, openSync, readFileSync, closeSync } from "node:fs";
import { join } from "node:path";
import { load } from "../tools/load.mjs";

const yaml = await load("yaml");
const { Lexer, Parser, Evaluator, data } = await load("@actions/expressions");
const [file, settingsText] = process.argv.slice(2);
const settings = JSON.parse(settingsText);
const workflow = yaml.parse(readFileSync(file, "utf8"));
const event = settings.event;

const fail = (text) => {
  console.error(`workflow.mjs: ${text}`);
  process.exit(3);
};
const known = (object, keys, what) => {
  for (const key of Object.keys(object)) if (!keys.includes(key)) fail(`${what}: ${key} is not known here`);
};

// ---- expressions

const contexts = ["github", "env", "needs", "steps", "inputs", "secrets", "vars", "job", "runner", "strategy", "matrix"];
function evaluate(text, values, functions = {}) {
  const all = Object.fromEntries(contexts.map((name) => [name, values[name] ?? {}]));
  const dictionary = JSON.parse(JSON.stringify(all), data.reviver);
  const infos = Object.entries(functions).map(([name, call]) => ({ name, minArgs: 0, maxArgs: 255, call: (...args) => call(...args) }));
  const tree = new Parser(new Lexer(text).lex().tokens, contexts, infos).parse();
  return new Evaluator(tree, dictionary, new Map(infos.map((info) => [info.name.toLowerCase(), info]))).evaluate();
}
const truthy = (value) => {
  const plain = JSON.parse(JSON.stringify(value, data.replacer));
  return !(plain === null || plain === false || plain === 0 || plain === "");
};
// "text ${{ expression }} text", as in every value of a workflow.
function text(value, values) {
  return String(value).replace(/\$\{\{((?:'(?:[^']|'')*'|[^'])*?)\}\}/g, (_, expression) => evaluate(expression.trim(), values).coerceString());
}

// ---- what the event starts

function matches(pattern, name) {
  const escaped = pattern.replace(/[.+^${}()|[\]\\?]/g, "\\$&").replace(/\*/g, "[^/]*");
  return new RegExp(`^${escaped}$`).test(name);
}
function started() {
  const on = workflow.on;
  known(on, ["push", "pull_request", "workflow_dispatch"], "on");
  if (!(event.event_name in on)) return false;
  if (event.event_name !== "push") return true;
  known(on.push, ["branches", "tags"], "on.push");
  const kind = event.ref.startsWith("refs/tags/") ? "tags" : "branches";
  const name = event.ref.replace(/^refs\/(heads|tags)\//, "");
  return (on.push[kind] ?? []).some((pattern) => matches(pattern, name));
}

// The subject of a job's token (GitHub's documentation of OpenID Connect): the environment wins over the ref.
function subject(job) {
  if (job.environment) return `repo:${settings.repository}:environment:${job.environment}`;
  if (event.event_name === "pull_request") return `repo:${settings.repository}:pull_request`;
  return `repo:${settings.repository}:ref:${event.ref}`;
}

// ---- jobs

const results = {};
const ancestors = (id) => [workflow.jobs[id].needs ?? []].flat().flatMap((need) => [need, ...ancestors(need)]);
const statusFunctions = (good) => ({
  success: () => new data.BooleanData(good),
  failure: () => new data.BooleanData(!good),
  always: () => new data.BooleanData(true),
  cancelled: () => new data.BooleanData(false),
});
const asksStatus = (condition) => /\b(success|failure|always|cancelled)\s*\(/.test(condition);

function decide(condition, values, good, folder) {
  const functions = { ...statusFunctions(good), hashFiles: (path) => new data.StringData(existsSync(join(folder, path.coerceString())) ? "some" : "") };
  if (condition === undefined) return good;
  const told = truthy(evaluate(String(condition), values, functions));
  return asksStatus(String(condition)) ? told : good && told;
}

function checkout(step, folder, log, values) {
  const inputs = Object.fromEntries(Object.entries(step.with ?? {}).map(([key, value]) => [key, text(value, values)]));
  known(inputs, ["persist-credentials", "fetch-depth", "filter", "ref", "path"], "checkout");
  if (inputs["persist-credentials"] !== "false") fail("checkout keeps its credentials");
  const target = inputs.path ? join(folder, inputs.path) : folder;
  const git = (...words) => execFileSync("git", ["-C", target, ...words], { stdio: ["ignore", log, log] });
  mkdirSync(target, { recursive: true });
  git("init", "-q");
  git("remote", "add", "origin", `file://${settings.origin}`);
  const commit = inputs.ref || event.sha;
  const filter = inputs.filter ? [`--filter=${inputs.filter}`] : [];
  if (inputs["fetch-depth"] === "0") git("fetch", "-q", ...filter, "origin", "+refs/heads/*:refs/remotes/origin/*", "+refs/tags/*:refs/tags/*", commit);
  else git("fetch", "-q", "--depth=1", "origin", commit);
  git("-c", "advice.detachedHead=false", "checkout", "-q", commit);
}

function run(id) {
  const job = workflow.jobs[id];
  known(job, ["name", "needs", "if", "runs-on", "timeout-minutes", "environment", "permissions", "outputs", "env", "steps"], id);
  const needs = [job.needs ?? []].flat();
  const github = { ...event, repository: settings.repository, run_id: settings.run_id, workflow: workflow.name, token: settings.token };
  const values = { github, inputs: event.inputs, needs: Object.fromEntries(needs.map((need) => [need, results[need]])) };
  const good = ancestors(id).every((need) => results[need].result === "success");
  const place = join(settings.place, id);
  const folder = join(place, "work");
  for (const name of ["work", "home", "tmp"]) mkdirSync(join(place, name), { recursive: true });
  if (!decide(job.if, values, good, folder)) return { result: "skipped", outputs: {} };
  if (job.environment && !settings.approve.includes(job.environment)) return { result: "waiting", outputs: {} };

  const token = Buffer.from(JSON.stringify({ sub: subject(job) })).toString("base64url");
  const mayAsk = job.permissions?.["id-token"] === "write";
  const steps = {};
  let fine = true;
  job.steps.forEach((step, number) => {
    known(step, ["name", "id", "if", "uses", "with", "run", "env", "shell", "working-directory"], `${id}, step ${number + 1}`);
    const here = { ...values, steps };
    if (!decide(step.if, here, fine, folder)) return;
    const log = openSync(join(place, "log"), "a");
    if (step.uses?.startsWith("actions/checkout@")) checkout(step, folder, log, here);
    else if (step.uses?.startsWith("github/codeql-action/upload-sarif@")) JSON.parse(readFileSync(join(folder, step.with.sarif_file), "utf8"));
    else if (step.uses) fail(`${step.uses} is not known here`);
    else {
      const output = join(place, `output.${number}`);
      appendFileSync(output, "");
      const environment = { ...settings.environment, HOME: join(place, "home"), TMPDIR: join(place, "tmp") };
      for (const [key, value] of [...Object.entries(job.env ?? {}), ...Object.entries(step.env ?? {})]) environment[key] = text(value, here);
      Object.assign(environment, {
        GITHUB_ACTIONS: "true", GITHUB_SHA: event.sha, GITHUB_REF: event.ref, GITHUB_JOB: id, GITHUB_RUN_ID: String(settings.run_id),
        GITHUB_REPOSITORY: settings.repository, GITHUB_SERVER_URL: "https://github.com", GITHUB_API_URL: "https://api.github.com",
        GITHUB_OUTPUT: output, GITHUB_STEP_SUMMARY: join(place, "summary"),
      });
      if (mayAsk) {
        environment.ACTIONS_ID_TOKEN_REQUEST_URL = "https://run-actions.githubusercontent.com/token?api-version=2.0";
        environment.ACTIONS_ID_TOKEN_REQUEST_TOKEN = token;
      }
      const shell = step.shell === "sh" ? ["sh", "-e", "-c"] : ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c"];
      const ended = spawnSync(shell[0], [...shell.slice(1), step.run], {
        cwd: join(folder, step["working-directory"] ?? "."), env: environment, stdio: ["ignore", log, log],
      });
      fine = fine && ended.status === 0;
      const outputs = {};
      for (const line of readFileSync(output, "utf8").split("\n").filter(Boolean)) outputs[line.slice(0, line.indexOf("="))] = line.slice(line.indexOf("=") + 1);
      if (step.id) steps[step.id] = { outputs, outcome: ended.status === 0 ? "success" : "failure" };
    }
    closeSync(log);
  });
  const outputs = Object.fromEntries(Object.entries(job.outputs ?? {}).map(([name, value]) => [name, text(value, { ...values, steps })]));
  return { result: fine ? "success" : "failure", outputs };
}

if (!started()) {
  console.log("not started");
  process.exit(0);
}
const left = Object.keys(workflow.jobs);
while (left.length > 0) {
  const next = left.findIndex((id) => [workflow.jobs[id].needs ?? []].flat().every((need) => need in results));
  if (next < 0) fail("the jobs need each other in a circle");
  const [id] = left.splice(next, 1);
  results[id] = run(id);
  console.log(`${id} ${results[id].result}`);
}
