// What the form's first job says is what its script says: ci/check-form.sh of the generated tree, run with what the job is
// given. It is asked for many combinations, so a first pass of the test only collects them.
import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const NAMES = ["FORM", "ACTION", "ENVIRONMENT_CHOSEN", "STACK_CHOSEN", "SERVICE", "IMAGE", "CONFIRM"];

const said = new Map(); // of all trees: their scripts are alike, but for what makes them differ

export class Forms {
  #script;
  #text;
  #open = new Map();

  constructor(folder) {
    this.#script = join(folder, "ci/check-form.sh");
    this.#text = ["check-form.sh", "lib/common.sh"].map((name) => join(folder, "ci", name)).map((file) => (existsSync(file) ? readFileSync(file, "utf8") : "")).join("");
  }

  // accepts(VALUES, REF): whether the script ends well; "yes" for what is not known yet. It is the same script for both
  // hosts, and is asked as each of them in turn.
  accepts(values, ref) {
    const form = Object.fromEntries(NAMES.map((name) => [name, values[name] ?? ""]));
    const key = JSON.stringify([this.#text, form, ref]);
    const host = this.#open.size % 2 === 0 ? { GITHUB_ACTIONS: "true", GITHUB_REF: ref } : { GITLAB_CI: "true", ...gitlabRef(ref) };
    if (!said.has(key) && !this.#open.has(key)) this.#open.set(key, { ...form, ...host });
    return said.get(key) ?? true;
  }

  get waiting() {
    return this.#open.size > 0;
  }

  async ask() {
    const open = [...this.#open];
    this.#open.clear();
    const next = async () => {
      for (let one = open.shift(); one; one = open.shift()) {
        const [key, values] = one;
        const environment = { PATH: process.env.PATH, TMPDIR: process.env.TMPDIR ?? "/tmp", HOME: "/nonexistent", ...values };
        said.set(key, await run("bash", [this.#script], { env: environment }).then(() => true, (error) => refused(error)));
      }
    };
    await Promise.all(Array.from({ length: availableParallelism() + 1 }, next));
  }
}

// chosen(VARIABLES): what GitLab's job is given of the form's inputs.
export const chosen = (variables) => ({
  ACTION: variables.FORM_ACTION,
  ENVIRONMENT_CHOSEN: variables.FORM_ENVIRONMENT,
  STACK_CHOSEN: variables.FORM_CLOUD,
  SERVICE: variables.FORM_SERVICE,
  IMAGE: variables.FORM_IMAGE,
  CONFIRM: variables.FORM_CONFIRM,
});

function gitlabRef(ref) {
  const name = ref.replace(/^refs\/(heads|tags)\//, "");
  return ref.startsWith("refs/tags/") ? { CI_COMMIT_TAG: name } : { CI_COMMIT_BRANCH: name };
}

// The script says what is wrong; anything else that ends it is a failure of the test.
function refused(error) {
  if (error.code === 1 && /valid are:/.test(error.stderr + error.stdout)) return false;
  throw new Error(`check-form.sh ended with ${error.code}: ${error.stderr}`);
}
