// differential.mjs [--narrow] PROGRAM FOLDER...: asks `pipewright simulate` for every event of grid.mjs, and compares its
// answers with what GitHub's own expression engine makes of the generated workflows (github.mjs), with gitlab-ci-local's job
// lists of the generated pipeline (gitlab.mjs), the tokens with what the generated roles trust (trust.mjs), and the two hosts
// with each other (differences.mjs has what may differ, and why). --narrow asks less, and the whole of gitlab-ci-local nothing.
import { existsSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, join } from "node:path";
import { rootsIn } from "../conformance/gitlab-files.mjs";
import { load } from "../tools/load.mjs";
import { DIFFERENCES } from "./differences.mjs";
import { Forms, chosen } from "./form.mjs";
import * as github from "./github.mjs";
import * as gitlab from "./gitlab.mjs";
import { grid, words } from "./grid.mjs";
import { simulated } from "./simulated.mjs";
import { admits, trustsIn } from "./trust.mjs";

const yaml = await load("yaml");
const narrow = process.argv[2] === "--narrow";
const [program, ...folders] = process.argv.slice(narrow ? 3 : 2);
if (folders.length === 0) {
  console.error("usage: differential.mjs [--narrow] PROGRAM FOLDER...");
  process.exit(2);
}
const here = new URL(".", import.meta.url).pathname;
const findings = new Set();
const used = new Set();
let asked = 0;

function manifestPath(folder) {
  const name = basename(folder);
  return [join(folder, "pipewright.yaml"), join(here, `../../examples/${name}/pipewright.yaml`), join(here, `../conformance/manifests/${name}.yaml`)].find((one) => existsSync(one));
}

async function each(all, work) {
  const open = [...all.entries()];
  const next = async () => {
    for (let one = open.shift(); one; one = open.shift()) await work(one[1], one[0]);
  };
  await Promise.all(Array.from({ length: availableParallelism() + 1 }, next));
}

// ---- what simulate answers

// Of a manifest that several trees have it is asked once.
const answered = new Map();

async function answersOf(manifest, folder, events) {
  const text = readFileSync(manifest, "utf8");
  if (!answered.has(text)) answered.set(text, answersTo(manifest, folder, events));
  return answered.get(text);
}

async function answersTo(manifest, folder, events) {
  asked += events.length;
  const answers = await simulated(program, manifest, folder, events);
  return answers.map((answer, number) => {
    if (answer.hosts) return answer;
    // Jobs that a manifest hasn't can't be said to fail; what is refused otherwise is a finding.
    if (!events[number].fails) throw new Error(`simulate ${words(events[number]).join(" ")} answers nothing: ${answer.problem}`);
    return undefined;
  });
}

// What an event changes, with "?" behind what a person lets through.
const CHANGES = /^(apply|deploy|rollback|destroy)-/;

const RESULT = { runs: "success", waits: "success", fails: "failure", skipped: "skipped" };
const inRun = ({ jobs }) => new Map(jobs.filter(({ outcome }) => outcome !== "absent").map((job) => [job.job, job]));

// ---- GitHub

const asksReviewers = ({ hosts }) => hosts.github?.visibility === "public" || hosts.github?.plan === "enterprise";

function compareGitHub(say, manifest, workflows, event, answer, forms, trusts) {
  const repository = manifest.hosts.github?.repository ?? manifest.repository;
  const host = answer.hosts.find(({ host: name }) => name === "github");
  const release = new Set();
  for (const workflow of workflows) {
    const its = host.runs.find(({ path }) => path === workflow.path);
    if (!its) {
      say(`simulate knows no ${workflow.path}`);
      continue;
    }
    const now = its.jobs.length > 0 && !its.started ? byHand(event, its, workflow) : event;
    const inputs = github.startedBy(workflow, now, manifest.hosts.github?.default_branch ?? "main");
    if (now === event && its.started !== (inputs !== undefined)) say(`${workflow.path} is ${inputs ? "" : "not "}started, and simulate says it is ${its.started ? "" : "not "}(${its.because ?? ""})`);
    if (inputs === undefined) continue;
    const form = (values) => forms.accepts(values, now.ref);
    const mine = inRun(its);
    const person = new Set();
    for (const job of github.jobsOf(workflow, now, { repository, inputs, form })) {
      const one = mine.get(job.id);
      if ((job.environment && asksReviewers(manifest)) || workflow.path.includes("promote-") || job.needs.some((need) => person.has(need))) person.add(job.id);
      if (job.result === "success" && CHANGES.test(job.id)) release.add(job.id + (person.has(job.id) ? "?" : ""));
      if (!one) {
        if (its.started) say(`simulate knows no ${job.id} in ${workflow.path}`);
        continue;
      }
      mine.delete(job.id);
      if (RESULT[one.outcome] !== job.result) say(`${job.id}: GitHub says ${job.result}, simulate says ${one.outcome} (${one.because ?? ""})`);
      if (job.result === "skipped") continue;
      const reviewed = Boolean(job.environment) && asksReviewers(manifest);
      if ((one.waits_for?.person === "reviewers") !== reviewed) say(`${job.id}: ${reviewed ? "reviewers of an environment are asked, and simulate doesn't say so" : "nobody reviews it, and simulate says so"}`);
      if (one.outcome === "runs" && one.waits_for) say(`${job.id} runs, and waits`);
      compareToken(say, job.id, job.token, one, [`repo:${repository}:${github.subject(job, now)}`], manifest, trusts);
    }
    for (const id of mine.keys()) say(`simulate knows a ${id} in ${workflow.path}, which is not there`);
  }
  return release;
}

// Where a push leaves an environment to a workflow that a person starts, simulate shows that workflow's jobs.
function byHand(event, its, { on }) {
  const environment = /promote-(.*)\.yml$/.exec(its.path)[1];
  const cloud = on.workflow_dispatch.inputs.cloud?.options[0];
  return { ...event, kind: "form", ref: its.ref, form: { action: "deploy", environment, cloud, confirm: "" } };
}

// The subject with and without the ids that a renamed repository can't have.
function compareToken(say, id, has, one, subjects, manifest, trusts) {
  if (has !== Boolean(one.token)) return say(`${id} ${has ? "has a token, and simulate shows none" : "has no token, and simulate shows one"}`);
  if (!has) return undefined;
  const { owner_id: owner, repository_id: number } = manifest.hosts.github ?? {};
  const plain = one.token.sub.map((sub) => sub.replace(`@${owner}/`, "/").replace(`@${number}:`, ":"));
  if (plain.length === 0 || plain.some((sub) => !subjects.includes(sub))) say(`${id}: its token's sub is ${subjects}, and simulate says ${one.token.sub}`);
  const trust = trusts.get(one.identity.role.split("/").at(-1));
  if (trusts.made(one.target) && !(trust && admits(trust, one.token))) say(`${id} runs, and what is generated for its role doesn't admit its token (${one.token.sub})`);
  if (!one.token.trusted) say(`${id} runs, and its role doesn't admit its token (${one.token.sub})`);
  if (!one.reads_images_as) return undefined;
  // The second identity, in the other cloud: the same subject, another audience; its role is another target's.
  const { role, token } = one.reads_images_as;
  if (String(token?.sub) !== String(one.token.sub) || token.iss !== one.token.iss) say(`${id}: its second token's sub is ${token?.sub}`);
  else if (role.startsWith("arn:") && !(trusts.has(role.split("/").at(-1)) && admits(trusts.get(role.split("/").at(-1)), token))) say(`${id} runs, and what is generated for ${role} doesn't admit its token`);
  else if (!token.trusted) say(`${id} runs, and ${role} doesn't admit its token`);
  return undefined;
}

// ---- GitLab

function compareGitLab(say, pipeline, event, list, answer, forms, trusts) {
  const host = answer.hosts.find(({ host: name }) => name === "gitlab");
  const [its] = host.runs;
  const release = new Set();
  if (its.started !== (list !== undefined)) say(`a pipeline is ${list ? "" : "not "}made, and simulate says it is ${its.started ? "" : "not "}(${its.because ?? ""})`);
  if (!list) return release;
  const variables = gitlab.known(event, pipeline);
  let results;
  try {
    results = gitlab.settle(pipeline, event, list, (values) => forms.accepts({ ...chosen(variables), ...values }, event.ref));
  } catch (error) {
    say(error.message);
    return release;
  }
  const mine = inRun(its);
  const asked = (id) => list.get(id) === "manual" || pipeline.jobs.find((one) => one.id === id).needs.some(({ job }) => list.has(job) && asked(job));
  for (const [id, when] of list) {
    const one = mine.get(id);
    if (!one) {
      say(`${id} is in the pipeline, and simulate says it isn't`);
      continue;
    }
    mine.delete(id);
    const result = results.get(id);
    if (result === "success" && CHANGES.test(id)) release.add(id + (asked(id) ? "?" : ""));
    if (RESULT[one.outcome] !== result) say(`${id}: GitLab says ${result}, simulate says ${one.outcome} (${one.because ?? ""})`);
    if (result === "skipped") continue;
    if ((one.waits_for?.person === "manual job") !== (when === "manual")) say(`${id}: ${when === "manual" ? "a person has to start it, and simulate doesn't say so" : "it starts by itself, and simulate says that a person does"}`);
    const job = pipeline.jobs.find((other) => other.id === id);
    const takes = job.tokens.filter((aud) => !aud.endsWith("/guard"));
    const type = event.ref.startsWith("refs/tags/") ? "tag" : "branch";
    compareToken(say, id, takes.length > 0, one, [`project_path:${variables.CI_PROJECT_PATH}:ref_type:${type}:ref:${event.ref.replace(/^refs\/(heads|tags)\//, "")}`], { hosts: {} }, trusts);
    if (takes.length > 0 && one.token && one.token.aud !== takes[0]) say(`${id} asks for ${takes[0]}, and simulate says ${one.token.aud}`);
  }
  for (const id of mine.keys()) say(`simulate knows a ${id} in the pipeline, which is not there`);
  return release;
}

// ---- one tree

async function compare(folder) {
  const path = manifestPath(folder);
  const manifest = yaml.parse(readFileSync(path, "utf8"));
  const both = manifest.hosts.github !== undefined && manifest.hosts.gitlab !== undefined;
  const events = grid(manifest, !narrow && both && Object.keys(manifest.environments).length < 3);
  const answers = await answersOf(path, folder, events);
  const workflows = manifest.hosts.github ? await github.workflowsOf(folder) : [];
  const pipeline = manifest.hosts.gitlab ? gitlab.pipelineOf(folder, rootsIn(folder)[0], manifest.hosts.gitlab.repository ?? manifest.repository) : undefined;
  const lists = pipeline ? gitlab.lists(pipeline, events) : [];
  const forms = new Forms(folder);
  const trusts = trustsIn(folder);
  const common = Object.keys(manifest.environments).filter((name) => ["github", "gitlab"].every((host) => (manifest.hosts[host]?.deploys ?? Object.keys(manifest.environments)).includes(name)));

  const pass = (say) =>
    events.forEach((event, number) => {
      const answer = answers[number];
      if (!answer) return;
      const what = (message) => say(`${words(event).join(" ")}: ${message}`);
      const sets = [];
      if (manifest.hosts.github) sets.push(compareGitHub((message) => what(`on GitHub: ${message}`), manifest, workflows, event, answer, forms, trusts));
      if (pipeline) sets.push(compareGitLab((message) => what(`on GitLab: ${message}`), pipeline, event, lists[number], answer, forms, trusts));
      if (sets.length < 2 || event.fails) return;
      const [one, other] = sets.map((set) => [...set].filter((id) => common.some((name) => id.includes(`-${name}-`))).sort().join(" "));
      if (one === other) return;
      const row = DIFFERENCES.find(({ when }) => when(event, one, other));
      if (row) used.add(row.name);
      else what(`GitHub changes "${one}", GitLab "${other}"`);
    });
  pass(() => {});
  await forms.ask();
  pass((message) => findings.add(`${folder}/: ${message}`));
  if (forms.waiting) throw new Error("the second pass asks the form what the first one didn't");

  // What the tool's reader of rules says is what the whole tool says.
  if (!pipeline || narrow) return;
  const some = [0, Math.floor(events.length / 3), Math.floor(events.length / 2), events.findIndex(({ kind, fork }) => kind === "change-request" && !fork)];
  await each(some, async (number) => {
    const show = (list) => JSON.stringify(list ? [...list].sort() : "none");
    const single = show(await gitlab.alone(pipeline, events[number]));
    if (single !== show(lists[number])) findings.add(`${folder}/: ${words(events[number]).join(" ")}: gitlab-ci-local says ${single} of it alone, and its reader of rules ${show(lists[number])}`);
  });
}

for (const folder of folders) {
  try {
    await compare(folder);
  } catch (error) {
    findings.add(`${folder}/: ${error.message.split("\n").slice(0, 3).join(" ")}`);
  }
}
if (!narrow && folders.length > 1) for (const { name } of DIFFERENCES) if (!used.has(name)) findings.add(`differences.mjs: no event needs "${name}"`);
for (const finding of findings) console.log(finding);
console.log(`${asked} event(s) of ${folders.length} tree(s), ${findings.size} finding(s); differences that have a reason: ${[...used].join(", ") || "none"}`);
// Not process.exit: it would lose what a pipe has not taken yet.
process.exitCode = findings.size === 0 ? 0 : 1;
