// workflowsIn(FOLDER): the workflow files of a generated tree, sorted. A tree for GitLab alone has none; one that is
// for neither host is a mistake of the caller, since a check of nothing would always pass.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

export function workflowsIn(folder) {
  const below = join(folder, ".github/workflows");
  const files = existsSync(below) ? readdirSync(below).filter((name) => /\.ya?ml$/.test(name)) : [];
  if (files.length === 0 && !existsSync(join(folder, ".gitlab-ci.yml"))) {
    console.error(`${folder}: there is neither .github/workflows nor .gitlab-ci.yml`);
    process.exit(2);
  }
  return files.sort().map((name) => join(below, name));
}

// foldersOrUsage(): the folders named on the command line.
export function foldersOrUsage() {
  const folders = process.argv.slice(2);
  if (folders.length === 0) {
    console.error(`usage: ${process.argv[1]} FOLDER...`);
    process.exit(2);
  }
  return folders;
}

// finish(FINDINGS, CHECKED): prints them and ends the program; a finding is { file, line, column, message }.
export function finish(findings, checked) {
  for (const { file, line, column, message } of findings) console.log(`${file}:${line}:${column}: ${message}`);
  console.log(`${checked} workflow(s), ${findings.length} finding(s)`);
  process.exit(findings.length === 0 ? 0 : 1);
}
