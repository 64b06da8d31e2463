// answers.mjs PROGRAM FOLDER [ANSWERS]: what answers.json says of examples/fargate-microservice, written by hand from the hosts'
// documentation and the design, must be what `pipewright simulate` answers and, of jobs, what the hosts' own programs make
// of the generated tree. An answer's job is the path of a workflow where it asks whether that is started; a field that must
// not be there is null.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { Forms } from "./form.mjs";
import * as github from "./github.mjs";
import * as gitlab from "./gitlab.mjs";
import { words } from "./grid.mjs";

const [program, folder, file = new URL("answers.json", import.meta.url)] = process.argv.slice(2);
const REPOSITORY = "acme/simple-time-service";
const manifest = new URL("../../examples/fargate-microservice/pipewright.yaml", import.meta.url).pathname;
const answers = JSON.parse(readFileSync(file, "utf8"));
const workflows = await github.workflowsOf(folder);
const pipeline = gitlab.pipelineOf(folder, ".gitlab-ci.yml", REPOSITORY);
const lists = gitlab.lists(pipeline, answers.map(({ event }) => event));
const forms = new Forms(folder);
const findings = [];

const field = (object, path) => path.split(".").reduce((at, name) => at?.[name], object) ?? null;
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

// A job may stand in several workflows: the one that is not skipped, if any.
function first(jobs, is, outcome) {
  const all = jobs.filter(is);
  return all.find((one) => outcome(one) !== "skipped") ?? all[0];
}

// What the host's own program says: started, or a job's outcome with waits and runs as one.
function engine({ event, host, job }, number) {
  if (host === "gitlab") {
    const list = lists[number];
    if (job === ".gitlab-ci.yml") return { started: list !== undefined };
    if (!list?.has(job)) return { outcome: "absent" };
    const variables = gitlab.known(event, pipeline);
    const chosen = { ACTION: variables.FORM_ACTION, ENVIRONMENT_CHOSEN: variables.FORM_ENVIRONMENT, STACK_CHOSEN: variables.FORM_CLOUD, CONFIRM: variables.FORM_CONFIRM };
      return { outcome: gitlab.settle(pipeline, event, list, (values) => forms.accepts({ ...chosen, ...values }, event.ref)).get(job) };
  }
  const started = workflows.filter((one) => github.startedBy(one, event));
  if (job.startsWith(".github/")) return { started: started.some(({ path }) => path === job) };
  const form = (values) => forms.accepts(values, event.ref);
  const all = started.flatMap((one) => github.jobsOf(one, event, { repository: REPOSITORY, inputs: github.startedBy(one, event), form }));
  return { outcome: first(all, ({ id }) => id === job, ({ result }) => result)?.result };
}

answers.forEach(engine);
await forms.ask();
answers.forEach((answer, number) => {
  const { event, host, job, says } = answer;
  const what = `answer ${number + 1} (${words(event).join(" ")}, ${host}, ${job})`;
  const told = JSON.parse(execFileSync(program, ["simulate", manifest, "--root", folder, "--format", "json", ...words(event)], { encoding: "utf8" }));
  const { runs } = told.hosts.find((one) => one.host === host);
  const its = /\.yml$/.test(job) ? runs.find(({ path }) => path === job) : first(runs.flatMap(({ jobs }) => jobs), ({ job: id }) => id === job, ({ outcome }) => outcome);
  for (const [path, value] of Object.entries(says)) if (!same(field(its, path), value)) findings.push(`${what}: ${path} is ${JSON.stringify(field(its, path))}, and should be ${JSON.stringify(value)}`);
  const real = engine(answer, number);
  if (says.started !== undefined && real.started !== says.started) findings.push(`${what}: the host says it is ${real.started ? "" : "not "}started`);
  const result = { runs: "success", waits: "success", fails: "failure" }[says.outcome] ?? says.outcome;
  if (says.outcome && real.outcome !== result) findings.push(`${what}: the host says ${real.outcome}`);
});
for (const finding of findings) console.log(finding);
console.log(`${answers.length} answer(s), ${findings.length} wrong`);
process.exitCode = findings.length === 0 && answers.length >= 40 ? 0 : 1;
