// limits.mjs FOLDER...: the sizes and numbers that the hosts refuse to go beyond, over generated trees. Most of them stop a
// pipeline without a word, and none shows on a small manifest. gitlab.mjs counts needs, inputs and includes as well, job by
// job; here they stand with the rest, each with where the host says so.
import { readFileSync } from "node:fs";
import { load } from "../tools/load.mjs";
import { jobsOf, readPipeline, rootsIn } from "./gitlab-files.mjs";
import { finish, foldersOrUsage, workflowsIn } from "./workflows.mjs";

const yaml = await load("yaml");

const GITHUB = {
  bytes: 500_000, // "Actions limits": a workflow file larger than 500 KB will not start runs
  jobs: 256, // "Actions limits": a matrix makes at most so many jobs a run; nobody says more of jobs without one
  inputs: 25, // "Workflow syntax": on.workflow_dispatch.inputs
  payload: 65_535, // "Workflow syntax": the inputs of workflow_dispatch, in characters
  expression: 21_000, // actions/languageservices, expressions/src/parser.ts: MAX_EXPRESSION_LENGTH
  minutes: 360, // "Actions limits": a job on a hosted runner
};
const GITLAB = {
  bytes: 2_097_152, // "GitLab application limits": max_yaml_size_bytes, each file
  depth: 100, // the same: max_yaml_depth
  includes: 150, // "CI/CD YAML syntax": include
  inputs: 20, // "CI/CD inputs": of a pipeline
  input: 1024, // the same: bytes of a string
  needs: 50, // "CI/CD YAML syntax": needs
  variables: 20, // "GitLab application limits": dotenv variables
  dotenv: 5120, // the same: bytes of a dotenv file
  name: 255, // gitlab-org/gitlab issue 273015: a longer name makes no pipeline
  deployments: 500, // "GitLab application limits": deployment jobs in a pipeline
};
const LINUX = {
  variable: 131_072, // execve(2): MAX_ARG_STRLEN, one text of the environment with its name
  environment: 1_048_576, // execve(2): a quarter of the stack is 2 MiB; half of that is left to the runner's own
};

const findings = [];
let checked = 0;

const within = (say, what, is, limit) => {
  if (is > limit) say(`${what}: ${is}, and ${limit} are allowed`);
};
const bytes = (text) => Buffer.byteLength(String(text ?? ""));

function environment(say, name, ...maps) {
  const all = Object.entries(Object.assign({}, ...maps)).map(([key, value]) => [key, bytes(key) + bytes(value?.value ?? value) + 2]);
  for (const [key, size] of all) within(say, `${name}: bytes of ${key}`, size, LINUX.variable);
  within(say, `${name}: bytes of its variables`, all.reduce((sum, [, size]) => sum + size, 0), LINUX.environment);
}

// The longest that a digest's variable can be, with its name, an equals sign and the end of the line.
const digestLine = (name) => `${name}=sha256:${"0".repeat(64)}\n`.length;

function gitHub(file) {
  checked += 1;
  const text = readFileSync(file, "utf8");
  const say = (message) => findings.push({ file, line: 1, column: 1, message });
  const workflow = yaml.parse(text);
  const inputs = Object.entries(workflow.on?.workflow_dispatch?.inputs ?? {});
  within(say, "bytes of the workflow", bytes(text), GITHUB.bytes);
  within(say, "jobs of the workflow", Object.keys(workflow.jobs).length, GITHUB.jobs);
  within(say, "inputs of the form", inputs.length, GITHUB.inputs);
  const longest = inputs.reduce((sum, [name, { options = [] }]) => sum + name.length + Math.max(0, ...options.map(({ length }) => length)), 0);
  within(say, "characters of the form's choices", longest, GITHUB.payload);
  const walk = (value) => {
    if (typeof value === "string" && value.includes("${{")) within(say, `characters of ${value.slice(0, 40)}…`, value.length, GITHUB.expression);
    else if (value && typeof value === "object") Object.values(value).forEach(walk);
  };
  walk(workflow);
  for (const [id, job] of Object.entries(workflow.jobs)) {
    within(say, `${id}: characters of its condition`, String(job.if ?? "").length, GITHUB.expression);
    // A job that calls another workflow has its minutes there.
    if (!job.uses) within(say, `${id}: minutes`, job["timeout-minutes"] ?? Infinity, GITHUB.minutes);
    for (const step of job.steps ?? []) environment(say, id, workflow.env, job.env, step.env);
  }
}

function depthOf(value) {
  return value && typeof value === "object" ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;
}

function gitLab(folder, path) {
  const pipeline = readPipeline(folder, path);
  const { root, body, header, files } = pipeline;
  const sayOf = (file) => (message) => findings.push({ file, line: 1, column: 1, message });
  for (const one of [root, ...files]) {
    checked += 1;
    within(sayOf(one.file), "bytes of the file", bytes(one.text), GITLAB.bytes);
    within(sayOf(one.file), "depth of the file", Math.max(0, ...one.documents.map(depthOf)), GITLAB.depth);
  }
  const say = sayOf(root.file);
  const inputs = Object.entries(header?.spec?.inputs ?? {});
  within(say, "inputs of the form", inputs.length, GITLAB.inputs);
  for (const [name, { options = [] }] of inputs) for (const one of options) within(say, `bytes of a choice of ${name}`, bytes(one), GITLAB.input);
  within(say, "included files", (body.include ?? []).length, GITLAB.includes);
  const jobs = jobsOf({ files });
  within(say, "deployments of the pipeline", jobs.filter(({ job }) => job.environment && (job.environment.action ?? "start") === "start").length, GITLAB.deployments);
  const handedOn = new Map(jobs.filter(({ job }) => job.artifacts?.reports?.dotenv).map(({ name, job }) => [name, variablesOf(name, job)]));
  for (const { name, job, file } of jobs) {
    const tell = sayOf(file.file);
    within(tell, `${name}: characters of its name`, name.length, GITLAB.name);
    within(tell, `${name}: jobs that it needs`, (job.needs ?? []).length, GITLAB.needs);
    const given = handedOn.get(name);
    if (given) {
      within(tell, `${name}: variables that it hands on`, given.length, GITLAB.variables);
      within(tell, `${name}: bytes that it hands on`, given.reduce((sum, one) => sum + digestLine(one), 0), GITLAB.dotenv);
    }
    environment(tell, name, body.variables, job.variables);
  }
}

// What a job hands on: a script's own results (a digest; a plan's fingerprint and whether it is empty), or every NAME=$NAME
// that its lines print.
function variablesOf(name, job) {
  const printed = [...[job.script].flat().join("\n").matchAll(/"(\w+)=\$\1"/g)].map(([, variable]) => variable);
  if (printed.length > 0) return printed;
  return name.startsWith("plan-") ? ["PLAN_FINGERPRINT", "PLAN_EMPTY"] : [`DIGEST_${name}`];
}

for (const folder of foldersOrUsage()) {
  for (const file of workflowsIn(folder)) gitHub(file);
  for (const path of rootsIn(folder)) gitLab(folder, path);
}
finish(findings, checked);
