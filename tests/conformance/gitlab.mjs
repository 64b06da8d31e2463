// gitlab.mjs FOLDER...: the GitLab pipelines of generated trees: YAML by a strict reader, GitLab's own JSON schema over
// every document of every file and over what GitLab makes of them together, and what neither finds: needs that go round
// or are in no pipeline, limits, timeouts, names of predefined variables, tools that a script calls and its job doesn't
// install, tokens in jobs that a fork or a newer pipeline could reach.
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { load } from "../tools/load.mjs";
import { finish, foldersOrUsage, gitlabSchema, jobsOf, readPipeline, rootsIn } from "./gitlab-files.mjs";

const { default: Ajv } = await load("ajv");

// Of GitLab's predefined variables ("Predefined CI/CD variables reference") those that are there when a pipeline is
// made; rules see no others.
const PREDEFINED = new Set(
  ("CI_COMMIT_AUTHOR CI_COMMIT_BEFORE_SHA CI_COMMIT_BRANCH CI_COMMIT_DESCRIPTION CI_COMMIT_MESSAGE CI_COMMIT_REF_NAME " +
    "CI_COMMIT_REF_PROTECTED CI_COMMIT_REF_SLUG CI_COMMIT_SHA CI_COMMIT_SHORT_SHA CI_COMMIT_TAG CI_COMMIT_TAG_MESSAGE " +
    "CI_COMMIT_TIMESTAMP CI_COMMIT_TITLE CI_CONFIG_PATH CI_DEFAULT_BRANCH CI_MERGE_REQUEST_ID CI_MERGE_REQUEST_IID " +
    "CI_MERGE_REQUEST_PROJECT_ID CI_MERGE_REQUEST_PROJECT_PATH CI_MERGE_REQUEST_REF_PATH " +
    "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME CI_MERGE_REQUEST_SOURCE_PROJECT_ID CI_MERGE_REQUEST_SOURCE_PROJECT_PATH " +
    "CI_MERGE_REQUEST_TARGET_BRANCH_NAME CI_OPEN_MERGE_REQUESTS CI_PIPELINE_SOURCE CI_PROJECT_ID CI_PROJECT_NAME " +
    "CI_PROJECT_NAMESPACE CI_PROJECT_PATH CI_SERVER_HOST CI_SERVER_URL").split(" "),
);
// Variables that runners give to every job.
const OF_JOBS = new Set("CI_JOB_TOKEN CI_JOB_ID CI_JOB_NAME CI_PROJECT_DIR CI_PIPELINE_ID CI_PIPELINE_URL".split(" "));
// What every Debian has.
const ESSENTIAL = new Set(["cut", "gzip", "od", "sha256sum", "tar"]);
const LIMITS = { needs: 50, inputs: 20, includes: 150 };

const findings = [];
let checked = 0;

const schema = await gitlabSchema();
const validate = new Ajv({ allErrors: true, strict: false, validateFormats: false, verbose: true }).compile(schema);

// What each error of the schema says, at the place of what it is about. "Must be one of these" is said by the errors of
// the parts already.
function bySchema(value, report) {
  if (validate(value)) return;
  const errors = validate.errors.filter(({ keyword }) => !["oneOf", "anyOf", "if"].includes(keyword));
  for (const { instancePath, message, params } of errors.length ? errors : validate.errors) {
    const keys = instancePath.split("/").slice(1).map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
    const what = params.additionalProperty ?? params.allowedValues?.join(", ") ?? "";
    report(`${keys.join(".")} ${message} ${what} [schema]`, ...keys.map((key) => (/^\d+$/.test(key) ? Number(key) : key)));
  }
}

function variablesIn(expression) {
  return [...expression.replaceAll(/"[^"]*"|'[^']*'|\/(?:[^/\\]|\\.)+\//g, "").matchAll(/\$(\w+)/g)].map(([, name]) => name);
}

function checkForm({ root, header, body }, report) {
  const inputs = header?.spec?.inputs ?? {};
  if (Object.keys(inputs).length > LIMITS.inputs) report(`more than ${LIMITS.inputs} inputs`, "spec", "inputs");
  for (const [name, input] of Object.entries(inputs)) {
    const preset = input.default;
    const unknown = Object.keys(input).filter((key) => !["description", "type", "options", "regex", "default"].includes(key));
    if (unknown.length) report(`the input ${name} has unknown keys: ${unknown.join(", ")}`, "spec", "inputs", name);
    if (preset === undefined) report(`the input ${name} has no default: no push could start a pipeline`, "spec", "inputs", name);
    else if (input.options && !input.options.includes(preset)) report(`the default of ${name} is none of its options`, "spec", "inputs", name);
    else if (input.regex && !new RegExp(input.regex).test(preset)) report(`the default of ${name} does not match`, "spec", "inputs", name);
    if (!input.options && !/^\^.*\$$/.test(input.regex ?? "")) report(`any text may be typed into ${name}`, "spec", "inputs", name);
  }
  // GitLab pastes inputs into the text, so each stands between quotes, and nowhere else.
  for (const [whole, before, name, after] of root.text.matchAll(/(.)\$\[\[ *inputs\.(\w+) *\]\]([^]?)/g)) {
    const line = root.text.slice(0, root.text.indexOf(whole)).split("\n").length;
    const say = (message) => findings.push({ file: root.file, line, column: 1, message });
    if (!(name in inputs)) say(`there is no input ${name}`);
    if (before !== '"' || after !== '"') say(`the input ${name} does not stand between quotes`);
  }
  return new Set([...PREDEFINED, ...Object.keys(body.variables ?? {})]);
}

function checkNeeds(jobs, stages) {
  const byName = new Map(jobs.map((one) => [one.name, one]));
  for (const { name, job, report } of jobs) {
    const needs = job.needs;
    if (!Array.isArray(needs)) {
      report("it says nothing about what it needs, and so waits for all stages before it");
      continue;
    }
    if (needs.length > LIMITS.needs) report(`it needs ${needs.length} jobs, and GitLab takes ${LIMITS.needs}`, "needs");
    for (const need of needs) {
      const other = byName.get(need.job);
      if (!other) report(`it needs ${need.job}, which is no job`, "needs");
      else if (stages.indexOf(other.job.stage) > stages.indexOf(job.stage)) report(`it needs ${need.job} of a later stage`, "needs");
      else if (need.artifacts !== false && !other.job.artifacts?.reports?.dotenv) report(`${need.job} hands nothing on`, "needs");
    }
    const seen = new Set();
    const reach = (from) => (byName.get(from)?.job.needs ?? []).some(({ job: to }) => to === name || (!seen.has(to) && seen.add(to) && reach(to)));
    if (reach(name)) report(`what it needs needs ${name} itself: needs go round`, "needs");
  }
}

// calls(JOB): the scripts of ci/ that a job runs, with their arguments.
const wordsOf = (line) => [...String(line).matchAll(/'((?:[^']|'\\'')*)'|(\S+)/g)].map(([, quoted, plain]) => quoted?.replaceAll("'\\''", "'") ?? plain);
const linesOf = (value) => (Array.isArray(value) ? value : value === undefined ? [] : [value]);
const calls = (lines) => linesOf(lines).map(wordsOf).filter(([first]) => /(^|\/)ci\/[a-z-]+\.sh$/.test(first ?? ""));

// The commands that a script and the libraries that it sources say they need.
function toolsOf(folder, script, seen = new Set()) {
  if (seen.has(script) || !existsSync(join(folder, script))) return [];
  seen.add(script);
  const text = readFileSync(join(folder, script), "utf8");
  const below = script.replace(/[^/]*$/, "");
  const sourced = [...text.matchAll(/^# shellcheck source=(lib\/\S+)$/gm)].map(([, name]) => below + name);
  const own = [...text.matchAll(/^ *tools ([a-z0-9 -]+)$/gm)].flatMap(([, words]) => words.trim().split(/ +/));
  return [...own, ...sourced.flatMap((one) => toolsOf(folder, one, seen))];
}

function checkScripts(folder, { job, report }) {
  const called = [...calls(job.before_script), ...calls(job.script)];
  for (const [script] of called) {
    const file = join(folder, script);
    if (!existsSync(file)) report(`it calls ${script}, which isn't there`, "script");
    else if ((statSync(file).mode & 0o111) === 0) report(`it calls ${script}, which can't be executed`, "script");
  }
  const installed = new Set(called.filter(([script]) => script.endsWith("/install-tools.sh")).flatMap(([, ...tools]) => tools));
  for (const [script] of called.filter(([one]) => !one.endsWith("/install-tools.sh"))) {
    for (const tool of new Set(toolsOf(folder, script))) {
      if (!ESSENTIAL.has(tool) && !installed.has(tool)) report(`${script} calls ${tool}, which the job doesn't install`, "before_script");
    }
  }
}

// A job with a token belongs to this project alone, and ends by itself.
function checkTokens({ job, report }) {
  const audiences = Object.entries(job.id_tokens ?? {}).map(([name, { aud }]) => [name, aud]);
  for (const [name, aud] of audiences) {
    // Sigstore's own, for the certificate of a signature; no cloud trusts it.
    if (name === "SIGSTORE_ID_TOKEN" && aud === "sigstore") continue;
    const kinds = name === "GATE_ID_TOKEN" ? "guard" : "plan|open|gated";
    if (!new RegExp(`^https://[^$]+/pipewright/(${kinds})$`).test(aud)) report(`${name} is for the audience ${aud}`, "id_tokens");
  }
  // Each cloud's token beside the one whom it lets in.
  for (const [token, who] of [["AWS_ID_TOKEN", "AWS_ROLE_ARN"], ["GCP_ID_TOKEN", "GCP_SERVICE_ACCOUNT"]]) {
    if (audiences.some(([name]) => name === token) !== who in (job.variables ?? {})) report("a token without a role, or a role without a token", "id_tokens");
  }
  // Keys come with variables that are scoped to the environment which a job names.
  const keys = (job.variables ?? {}).AWS_STATIC_KEYS === "true";
  if (keys && job.environment?.action !== "access") report("it signs in with keys, and names no environment to be given them", "environment");
  if (keys && audiences.some(([name]) => /^(AWS|GCP)_ID_TOKEN$/.test(name))) report("it holds keys and a token", "id_tokens");
  if (audiences.length === 0 && !keys) return;
  if (job.interruptible) report("it holds a token and may be stopped by a newer pipeline", "interruptible");
  if (!job.timeout) report("it holds a token and has no timeout: the token ends after five minutes");
  for (const { if: condition } of job.rules ?? []) {
    if (!/^\$CI_PROJECT_PATH == "[^"]+" && /.test(condition)) report("it holds a token and a fork could run it", "rules");
    const requests = /merge_request_event/.test(condition);
    if (requests && !/\$CI_MERGE_REQUEST_SOURCE_PROJECT_PATH == \$CI_PROJECT_PATH/.test(condition)) {
      report("it holds a token and a fork's merge request could run it", "rules");
    }
    if (requests && keys) report("a merge request holds keys that can write", "rules");
    if (requests && audiences.some(([name, aud]) => /^(AWS|GCP)_ID_TOKEN$/.test(name) && !aud.endsWith("/plan"))) report("a merge request holds more than a plan's token", "rules");
  }
}

function checkJob(folder, known, stages, one) {
  const { job, report } = one;
  if (!stages.includes(job.stage)) report(`there is no stage ${job.stage}`, "stage");
  for (const key of ["only", "except", "when", "allow_failure"]) {
    if (key in job) report(`'${key}' beside rules`, key);
  }
  if (!/^[1-9]\d{0,3} (minutes?|hours?)$/.test(job.timeout ?? "")) report(`the timeout '${job.timeout}' is none that GitLab reads`, "timeout");
  if (!job.rules?.length) report("it has no rules: it would be in every pipeline");
  for (const rule of job.rules ?? []) {
    if (rule.when === "manual" && rule.allow_failure !== false) report("a rule by hand that nothing waits for", "rules");
    for (const name of variablesIn(rule.if ?? "")) {
      if (!known.has(name)) report(`rules know no variable ${name}`, "rules");
      if (name in (job.variables ?? {})) report(`a rule reads ${name}, which the job sets for itself`, "rules");
    }
    for (const value of Object.values(rule.variables ?? {})) {
      for (const [, name] of String(value).matchAll(/\$(\w+)/g)) if (!known.has(name)) report(`there is no variable ${name}`, "rules");
    }
  }
  for (const [name, value] of Object.entries(job.variables ?? {})) {
    if (/^(CI|GITLAB)_|^FORM_/.test(name)) report(`it sets ${name}, which is not its own`, "variables", name);
    if (typeof value === "string" && /[$%]/.test(value) && !/^\$[A-Za-z_]\w*$/.test(value)) report(`GitLab expands what stands in ${name}`, "variables", name);
    const reference = /^\$(CI_\w+)$/.exec(value?.value ? "" : value);
    if (reference && !PREDEFINED.has(reference[1]) && !OF_JOBS.has(reference[1])) report(`there is no variable ${reference[1]}`, "variables", name);
  }
  for (const image of [job.image, ...(job.services ?? []).map(({ name }) => name)]) {
    if (image !== undefined && (/[$]/.test(image) || !/[:@]/.test(image.split("/").at(-1)))) report(`the image ${image} has neither tag nor digest`, "image");
  }
  checkScripts(folder, one);
  checkTokens(one);
}

function check(folder, path) {
  const pipeline = readPipeline(folder, path);
  const { root, body, files } = pipeline;
  for (const { file, problems } of [root, ...files]) findings.push(...problems.map((one) => ({ file, ...one })));
  checked += 1 + files.length;
  if ([root, ...files].some(({ problems }) => problems.length)) return;
  const say = (file, document) => (message, ...keys) => findings.push({ file: file.file, message, ...file.at(document, keys) });
  const reportBody = say(root, root.documents.length - 1);
  for (const one of [root, ...files]) {
    one.documents.forEach((document, index) => bySchema(document, say(one, index)));
  }
  if (root.documents.length > 2) reportBody("more than a header and a configuration");
  for (const one of pipeline.missing) reportBody(`${one} is included and isn't there`, "include");
  for (const one of pipeline.unused) reportBody(`${one} is included by nothing`, "include");
  if (files.length > LIMITS.includes) reportBody(`more than ${LIMITS.includes} files are included`, "include");
  const known = checkForm(pipeline, say(root, 0));
  const jobs = jobsOf(pipeline).map((one) => ({
    ...one,
    report: (message, ...keys) => findings.push({ file: one.file.file, message: `${one.name}: ${message}`, ...one.at(...keys) }),
  }));
  const together = { ...body, include: undefined };
  for (const { name, job, report } of jobs) {
    if (name in together) report("a job of this name stands in another file too, and GitLab would mix them");
    together[name] = job;
  }
  delete together.include;
  bySchema(together, (message) => reportBody(`together: ${message}`));
  for (const { if: condition } of body.workflow?.rules ?? []) {
    for (const name of variablesIn(condition)) if (!known.has(name)) reportBody(`rules know no variable ${name}`, "workflow");
  }
  if (!body.workflow?.rules?.length) reportBody("every push and every merge request would make a pipeline, some of them two");
  checkNeeds(jobs, body.stages ?? []);
  for (const one of jobs) checkJob(folder, known, body.stages ?? [], one);
}

for (const folder of foldersOrUsage()) {
  for (const root of rootsIn(folder)) check(folder, root);
}
const seen = new Set();
finish(
  findings.filter(({ file, line, message }) => {
    const key = `${file}\n${line}\n${message}`;
    return !seen.has(key) && seen.add(key);
  }),
  `${checked} file(s)`,
);
