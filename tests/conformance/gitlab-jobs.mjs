// gitlab-jobs.mjs FOLDER...: gitlab-ci-local makes the pipelines of generated trees for pushes, tags, merge requests and
// the form, and they must have exactly the jobs that gitlab-model.mjs tells from the manifest (and for some trees those
// that gitlab-expected.json lists by hand), wait for a person where they should, and need nothing that isn't there.
//
// gitlab-ci-local is made to run jobs on a machine, and isn't GitLab: it doesn't drop a pipeline whose workflow:rules
// don't hold (so they stand once more as the rules of a job of their own), takes variables for what GitLab knows of an
// event (so those that the event hasn't are unset), and lists jobs that no rule lets in as "never".
import { execFile, execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism, tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { load } from "../tools/load.mjs";
import { finish, foldersOrUsage, manifestOf, readPipeline, rootsIn } from "./gitlab-files.mjs";
import { describe, events, expected, project } from "./gitlab-model.mjs";

const run = promisify(execFile);
const require = createRequire(new URL("../tools/package.json", import.meta.url));
await load("yaml");
let program;
try {
  program = require.resolve("gitlab-ci-local");
} catch {
  console.log("skip: the npm package gitlab-ci-local isn't installed; ./dev test does that (npm ci in tests/tools)");
  process.exit(77);
}
const byHand = JSON.parse(readFileSync(new URL("gitlab-expected.json", import.meta.url), "utf8"));

// Node 22 has it.
const POLYFILL = "data:text/javascript," + encodeURIComponent("Set.prototype.union ??= function (other) { return new Set([...this, ...other]); };");
const PROBE = "is-there-a-pipeline";

const findings = [];
let made = 0;

// What GitLab knows of an event, what it doesn't, and what a person filled in.
function known(event, repository) {
  const variables = { CI_PROJECT_PATH: repository };
  const ref = event.push ?? event.on ?? { branch: event.schedule ?? "topic" };
  if (event.push) variables.CI_PIPELINE_SOURCE = "push";
  if (event.form) variables.CI_PIPELINE_SOURCE = "web";
  if (event.schedule) variables.CI_PIPELINE_SOURCE = "schedule";
  if (event.request) {
    variables.CI_PIPELINE_SOURCE = "merge_request_event";
    variables.CI_MERGE_REQUEST_SOURCE_PROJECT_PATH = event.request === "own" ? repository : "somebody/fork";
  } else if (ref.branch) variables.CI_COMMIT_BRANCH = ref.branch;
  else variables.CI_COMMIT_TAG = ref.tag;
  const unset = ["CI_COMMIT_BRANCH", "CI_COMMIT_TAG"].filter((name) => !(name in variables));
  const { action, environment, stack } = event.form ?? {};
  const inputs = event.form ? { ACTION: action, ENVIRONMENT: environment, CLOUD: stack } : {};
  return { variables, unset, inputs };
}

// prepare(FOLDER, ROOT): a repository with the pipeline's files, in which the tool may write.
function prepare(folder, path, repository) {
  const copy = mkdtempSync(join(tmpdir(), "gitlab-jobs-"));
  const { root, body, files } = readPipeline(folder, path);
  for (const one of [root, ...files]) {
    mkdirSync(join(copy, dirname(one.path)), { recursive: true });
    cpSync(one.file, join(copy, one.path));
  }
  const git = (...words) => execFileSync("git", ["-C", copy, "-c", "user.name=t", "-c", "user.email=t@example.org", ...words]);
  git("init", "-q", "-b", "work");
  git("remote", "add", "origin", `git@gitlab.com:${repository}.git`);
  git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/work");
  const probe = { stage: body.stages[0], needs: [], rules: body.workflow.rules.map(({ if: condition }) => ({ if: condition })), script: ["true"] };
  writeFileSync(join(copy, path), `${root.text}\n${PROBE}: ${JSON.stringify(probe)}\n`);
  // It includes only what git knows.
  git("add", "-A");
  git("commit", "-q", "-m", "the pipeline");
  return copy;
}

async function pipeline(copy, path, event, repository) {
  const { variables, unset, inputs } = known(event, repository);
  const options = ["--import", POLYFILL, program, "--cwd", ".", "--file", path, "--list-json", "--no-json-schema-validation"];
  for (const [name, value] of Object.entries(variables)) options.push("--variable", `${name}=${value}`);
  options.push("--ignore-predefined-vars", Object.keys(variables).join(","));
  for (const name of unset) options.push("--unset-variable", name);
  // In a file, because on the command line it takes null for nothing.
  const number = made++;
  writeFileSync(join(copy, `.inputs-${number}.yml`), JSON.stringify(inputs));
  options.push("--inputs-file", `.inputs-${number}.yml`, "--state-dir", `.state-${number}`);
  const { stdout } = await run(process.execPath, options, { cwd: copy, maxBuffer: 1 << 26, env: { ...process.env, NO_COLOR: "1" } });
  const jobs = JSON.parse(stdout.slice(stdout.search(/^\[/m))).filter(({ when }) => when !== "never");
  const there = jobs.some(({ name }) => name === PROBE);
  return { there, jobs: jobs.filter(({ name }) => name !== PROBE) };
}

function judge(file, what, { there, jobs }, wanted) {
  const say = (message) => findings.push({ file, line: 1, column: 1, message: `${what}: ${message}` });
  const names = new Set(jobs.map(({ name }) => name));
  const found = new Set(jobs.map(({ name, when }) => name + (when === "manual" ? "?" : "")));
  for (const job of wanted) if (!found.has(job)) say(names.has(job.replace("?", "")) || found.has(`${job}?`) ? `${job.replace("?", "")} ${job.endsWith("?") ? "waits for nobody" : "waits for a person"}` : `there is no ${job.replace("?", "")}`);
  for (const job of found) if (!wanted.has(job) && ![...wanted].some((one) => one.replace("?", "") === job.replace("?", ""))) say(`there is a ${job.replace("?", "")}`);
  if (there !== wanted.size > 0) say(there ? "a pipeline is made, with nothing in it" : "no pipeline is made");
  for (const { name, needs, when, allow_failure: skippable } of jobs) {
    for (const need of needs ?? []) if (!need.optional && !names.has(need.job)) say(`${name} needs ${need.job}, which is not there`);
    if (when === "manual" && skippable) say(`${name} waits for a person, and nothing waits for it`);
  }
}

for (const folder of foldersOrUsage()) {
  const roots = rootsIn(folder);
  const manifest = manifestOf(folder);
  if (roots.length === 0) continue;
  if (!manifest?.hosts?.gitlab) {
    findings.push({ file: join(folder, roots[0]), line: 1, column: 1, message: "there is no manifest to tell what should be here" });
    continue;
  }
  const model = project(manifest);
  const all = new Map(events(model).map((event) => [describe(event), { event, wanted: [expected(model, event)] }]));
  for (const { event, jobs } of byHand[basename(folder)] ?? []) {
    const asked = all.get(describe(event)) ?? { event, wanted: [] };
    asked.wanted.push(new Set(jobs));
    all.set(describe(event), asked);
  }
  const open = [...all.values()];
  for (const path of roots) {
    const copy = prepare(folder, path, model.repository);
    const file = join(folder, path);
    try {
      const next = async () => {
        for (let one = open.shift(); one; one = open.shift()) {
          const is = await pipeline(copy, path, one.event, model.repository);
          for (const wanted of one.wanted) judge(file, describe(one.event), is, wanted);
        }
      };
      await Promise.all(Array.from({ length: availableParallelism() }, next));
    } catch (error) {
      const said = (error.stderr || error.message).split("\n").filter((line) => line.trim());
      findings.push({ file, line: 1, column: 1, message: `gitlab-ci-local can't make a pipeline: ${said.slice(-3).join(" ").slice(0, 400)}` });
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  }
}
findings.sort((a, b) => (a.message < b.message ? -1 : 1));
finish(findings, `${made} pipeline(s)`);
