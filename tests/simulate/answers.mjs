// answers.mjs PROGRAM PIPELINES [ANSWERS]: what answers/NAME.json says of examples/NAME, written by hand from the hosts'
// documentation and the design, must be what `pipewright simulate` answers and, of jobs, what the hosts' own programs make
// of the tree PIPELINES/NAME. An answer's job is the path of a workflow where it asks whether that is started. A field that
// must not be there is null; so is the outcome of a job that no workflow of the tree has, and a workflow's start where there is
// no such file.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { load } from "../tools/load.mjs";
import { Forms, chosen } from "./form.mjs";
import * as github from "./github.mjs";
import * as gitlab from "./gitlab.mjs";
import { words } from "./grid.mjs";
import { simulated } from "./simulated.mjs";

const yaml = await load("yaml");
const here = new URL(".", import.meta.url).pathname;
const [program, pipelines, written = join(here, "answers")] = process.argv.slice(2);
const LEAST = 40;
const findings = [];
let asked = 0;

const field = (object, path) => path.split(".").reduce((at, name) => at?.[name], object) ?? null;
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const isFile = (job) => job.endsWith(".yml");

// A job may stand in several workflows: the one that is not skipped, if any.
const first = (jobs, outcome) => jobs.find((one) => outcome(one) !== "skipped") ?? jobs[0];

// What the hosts' own programs say: started, or a job's outcome with waits and runs as one.
async function enginesOf(folder, manifest, answers) {
  const repository = (host) => manifest.hosts[host].repository ?? manifest.repository;
  const workflows = manifest.hosts.github ? await github.workflowsOf(folder) : [];
  const pipeline = manifest.hosts.gitlab && gitlab.pipelineOf(folder, ".gitlab-ci.yml", repository("gitlab"));
  const lists = pipeline && gitlab.lists(pipeline, answers.map(({ event }) => event));
  const forms = new Forms(folder);

  function onGitHub({ event, job }) {
    const started = workflows.filter((one) => github.startedBy(one, event));
    if (isFile(job)) return { started: workflows.some(({ path }) => path === job) ? started.some(({ path }) => path === job) : null };
    if (!workflows.some(({ jobs }) => jobs.some(({ id }) => id === job))) return { outcome: null };
    const form = (values) => forms.accepts(values, event.ref);
    const all = started.flatMap((one) => github.jobsOf(one, event, { repository: repository("github"), inputs: github.startedBy(one, event), form }));
    return { outcome: first(all.filter(({ id }) => id === job), ({ result }) => result)?.result };
  }

  function onGitLab({ event, job }, number) {
    const list = lists[number];
    if (isFile(job)) return { started: list !== undefined };
    if (!pipeline.jobs.some(({ id }) => id === job)) return { outcome: null };
    if (!list?.has(job)) return { outcome: "absent" };
    const form = (values) => forms.accepts({ ...chosen(gitlab.known(event, pipeline)), ...values }, event.ref);
    return { outcome: gitlab.settle(pipeline, event, list, form).get(job) };
  }

  const say = () => answers.map((answer, number) => (answer.host === "github" ? onGitHub : onGitLab)(answer, number));
  say();
  await forms.ask();
  return say();
}

async function judge(name) {
  const folder = join(pipelines, name);
  const path = join(here, "../../examples", name, "pipewright.yaml");
  const answers = JSON.parse(readFileSync(join(written, `${name}.json`), "utf8"));
  if (answers.length < LEAST) findings.push(`${name}: ${answers.length} answers, and at least ${LEAST} are asked for`);
  const engines = await enginesOf(folder, yaml.parse(readFileSync(path, "utf8")), answers);
  const told = await simulated(program, path, folder, answers.map(({ event }) => event));
  answers.forEach(({ event, host, job, says }, number) => {
    asked += 1;
    const say = (message) => findings.push(`${name}: answer ${number + 1} (${words(event).join(" ")}, ${host}, ${job}): ${message}`);
    if (told[number].problem) return say(told[number].problem);
    const { runs } = told[number].hosts.find((one) => one.host === host);
    const its = isFile(job) ? runs.find(({ path: file }) => file === job) : first(runs.flatMap(({ jobs }) => jobs).filter(({ job: id }) => id === job), ({ outcome }) => outcome);
    for (const [at, value] of Object.entries(says)) if (!same(field(its, at), value)) say(`${at} is ${JSON.stringify(field(its, at))}, and should be ${JSON.stringify(value)}`);
    const real = engines[number];
    if ("started" in says && real.started !== says.started) say(`the host says it is ${{ true: "started", false: "not started", null: "not there" }[real.started]}`);
    const result = { runs: "success", waits: "success", fails: "failure" }[says.outcome] ?? says.outcome;
    if ("outcome" in says && real.outcome !== result) say(`the host says ${real.outcome}`);
  });
}

const names = readdirSync(pipelines).sort();
for (const name of names) {
  if (!existsSync(join(written, `${name}.json`))) findings.push(`${name}: nobody wrote down what should happen`);
  else await judge(name);
}
for (const finding of findings) console.log(finding);
console.log(`${asked} answer(s) about ${names.length} tree(s), ${findings.length} wrong`);
process.exitCode = findings.length === 0 && names.length > 0 ? 0 : 1;
