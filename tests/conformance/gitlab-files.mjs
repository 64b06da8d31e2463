// What the checkers of GitLab pipelines share: a tree's configurations read strictly, and GitLab's own JSON schema.
import { createRequire } from "node:module";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import vm from "node:vm";
import { load } from "../tools/load.mjs";

const { default: yaml } = await load("yaml").then((module) => ({ default: module }));

// Words that stand at the top of a configuration and are no job.
export const KEYWORDS = ["default", "include", "stages", "variables", "workflow", "spec"];

// foldersOrUsage(): the folders named on the command line.
export function foldersOrUsage() {
  const folders = process.argv.slice(2);
  if (folders.length === 0) {
    console.error(`usage: ${process.argv[1]} FOLDER...`);
    process.exit(2);
  }
  return folders;
}

// finish(FINDINGS, WHAT): prints them and ends the program; a finding is { file, line, column, message }.
export function finish(findings, what) {
  for (const { file, line, column, message } of findings) console.log(`${file}:${line}:${column}: ${message}`);
  console.log(`${what}, ${findings.length} finding(s)`);
  process.exit(findings.length === 0 ? 0 : 1);
}

// rootsIn(FOLDER): the configurations of a generated tree; a manifest below the root has one of its own. A tree for
// GitHub alone has none.
export function rootsIn(folder) {
  const found = [];
  const look = (below) => {
    for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
      const path = join(below, entry.name);
      if (entry.isDirectory() && ![".git", "node_modules", "infra"].includes(entry.name)) look(path);
      if (entry.name === ".gitlab-ci.yml") found.push(path);
    }
  };
  look("");
  if (found.length === 0 && !existsSync(join(folder, ".github/workflows"))) {
    console.error(`${folder}: there is neither .github/workflows nor .gitlab-ci.yml`);
    process.exit(2);
  }
  return found.sort();
}

// readFile(FOLDER, PATH): { file, text, documents, at(DOCUMENT, KEYS), problems }: documents as plain values; at() gives
// the line and column of what stands under the keys, or of the nearest thing above it.
export function readFile(folder, path) {
  const file = join(folder, path);
  const text = readFileSync(file, "utf8");
  const counter = new yaml.LineCounter();
  const parsed = yaml.parseAllDocuments(text, { strict: true, uniqueKeys: true, lineCounter: counter });
  const problems = parsed.flatMap(({ errors, warnings }) =>
    [...errors, ...warnings].map((one) => ({ message: one.message.split("\n")[0], ...place(counter, one.pos[0]) })),
  );
  const at = (document, keys) => {
    for (let depth = keys.length; depth > 0; depth -= 1) {
      const holder = depth > 1 ? parsed[document].getIn(keys.slice(0, depth - 1), true) : parsed[document].contents;
      const key = holder?.items?.find((one) => one?.key?.value === keys[depth - 1])?.key;
      const node = key ?? parsed[document].getIn(keys.slice(0, depth), true);
      if (node?.range) return place(counter, node.range[0]);
    }
    return { line: 1, column: 1 };
  };
  return { file, path, text, at, problems, documents: problems.length ? [] : parsed.map((one) => one.toJS()) };
}

function place(counter, offset) {
  const { line, col } = counter.linePos(offset);
  return { line, column: col };
}

// readPipeline(FOLDER, ROOT): the root file and those that it includes, and which files lie beside them unused.
export function readPipeline(folder, path) {
  const root = readFile(folder, path);
  const body = root.documents.at(-1) ?? {};
  const included = (body.include ?? []).map(({ local }) => local.slice(1));
  const beside = join(dirname(path), ".gitlab/ci");
  const there = existsSync(join(folder, beside)) ? readdirSync(join(folder, beside)).map((name) => join(beside, name)) : [];
  return {
    root,
    body,
    header: root.documents.length === 2 ? root.documents[0] : undefined,
    missing: included.filter((one) => !existsSync(join(folder, one))),
    unused: there.filter((one) => !included.includes(one)),
    files: included.filter((one) => existsSync(join(folder, one))).map((one) => readFile(folder, one)),
  };
}

// jobsOf(PIPELINE): [{ name, job, file }] of all included files, with the document's place.
export function jobsOf({ files }) {
  return files.flatMap((file) =>
    file.documents.flatMap((document, index) =>
      Object.entries(document ?? {})
        .filter(([name]) => !KEYWORDS.includes(name))
        .map(([name, job]) => ({ name, job, file, at: (...keys) => file.at(index, [name, ...keys]) })),
    ),
  );
}

// gitlabSchema(): GitLab's schema of its configuration, which gitlab-ci-local carries inside its program.
export async function gitlabSchema() {
  const require = createRequire(new URL("../tools/package.json", import.meta.url));
  let program;
  try {
    program = require.resolve("gitlab-ci-local");
  } catch {
    console.log("skip: the npm package gitlab-ci-local isn't installed; ./dev test does that (npm ci in tests/tools)");
    process.exit(77);
  }
  const text = readFileSync(program, "utf8");
  const begin = text.indexOf('{$schema:"http://json-schema.org/draft-07/schema#",$id:"https://gitlab.com/.gitlab-ci.yml"');
  if (begin < 0) throw new Error("gitlab-ci-local carries no schema where it used to");
  let depth = 0;
  let quote = "";
  for (let at = begin; ; at += 1) {
    const c = text[at];
    if (quote) {
      if (c === "\\") at += 1;
      else if (c === quote) quote = "";
    } else if (`"'\``.includes(c)) quote = c;
    else if ("{[".includes(c)) depth += 1;
    else if ("}]".includes(c)) depth -= 1;
    if (depth === 0) return vm.runInNewContext(`(${text.slice(begin, at + 1)})`);
  }
}

// manifestOf(FOLDER): the manifest that a tree was made from: beside it, or that of the example or the conformance
// manifest of the same name; undefined where there is none.
export function manifestOf(folder) {
  const name = basename(folder);
  const here = new URL(".", import.meta.url).pathname;
  const candidates = [join(folder, "pipewright.yaml"), join(here, `../../examples/${name}/pipewright.yaml`), join(here, `manifests/${name}.yaml`)];
  const found = candidates.find((one) => existsSync(one));
  return found === undefined ? undefined : yaml.parse(readFileSync(found, "utf8"));
}
