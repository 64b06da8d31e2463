// grid(MANIFEST): the events that are asked, told from the manifest alone: pushes to every branch that something waits
// for, to the same in another case and to others; tags that match and that don't; change requests from here and from a
// fork; the schedule, also on other branches; the form with every combination of action, environment and stack, on its own ref and on others, and
// with right and wrong fields (wide: with every combination of them); all of it in a fork; runs that are started once
// more; plans that find nothing; and every kind of job failing.
//
// An event is { kind, ref, fork, rerun, noChanges, fails, form: { action, environment, cloud, service, image, confirm } }.
import { refOf } from "../conformance/gitlab-model.mjs";

export const DIGEST = `sha256:${"a".repeat(64)}`;
export const FINGERPRINT = "b".repeat(64);
const ACTIONS = ["infra", "deploy", "rollback", "destroy"];
const list = (map) => Object.keys(map ?? {});
// Where schedules run.
const homeOf = ({ hosts }) => hosts.github?.default_branch ?? hosts.gitlab?.default_branch ?? "main";

export function grid(manifest, wide) {
  const names = list(manifest.environments);
  const environments = names.map((name) => ({ name, on: manifest.environments[name].deploy_on }));
  const branches = environments.map(({ on }) => on.branch).filter(Boolean);
  const patterns = environments.map(({ on }) => on.tag).filter(Boolean);
  const other = (text) => (text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase());
  const full = ({ branch, tag }) => (branch ? `refs/heads/${branch}` : `refs/tags/${tag}`);
  const events = [];
  const add = (kind, ref, more = {}) => events.push({ kind, ref, fork: false, ...more });

  const refs = new Set(["refs/heads/nobody-waits-for-this", "refs/tags/nobody-waits-for-this", "refs/heads/topic/main"]);
  for (const branch of branches) refs.add(`refs/heads/${branch}`).add(`refs/heads/${other(branch)}`).add(`refs/heads/${branch}-2`).add(`refs/tags/${branch}`);
  for (const pattern of patterns) {
    for (const text of ["1.2.3", "", "1/2"]) refs.add(`refs/tags/${pattern.replaceAll("*", text)}`);
    refs.add(`refs/tags/x${pattern.replaceAll("*", "1")}`).add(`refs/tags/${other(pattern.replaceAll("*", "1.2"))}`);
    refs.add(`refs/heads/${pattern.replaceAll("*", "1.2.3")}`);
  }
  for (const ref of refs) for (const fork of [false, true]) add("push", ref, { fork });
  for (const fork of [false, true]) {
    add("change-request", "refs/heads/topic", { fork });
    add("change-request", `refs/heads/${branches[0] ?? "main"}`, { fork });
    for (const branch of new Set([homeOf(manifest), branches[0] ?? "main", "nobody-waits-for-this"])) add("schedule", `refs/heads/${branch}`, { fork });
  }
  const delivered = [...new Set(environments.filter(({ on }) => on.branch || on.tag).map(({ on }) => full({ branch: on.branch, tag: on.tag?.replaceAll("*", "1.2.3") })))];
  for (const ref of delivered) {
    add("push", ref, { rerun: true });
    add("push", ref, { noChanges: true });
  }

  // The form.
  const stacks = list(manifest.stacks);
  const services = list(manifest.services);
  const home = (name) => full(refOf(environments, environments.find((one) => one.name === name)));
  for (const environment of names) {
    for (const cloud of stacks) {
      for (const action of [...ACTIONS, "none"]) {
        const confirm = action === "destroy" ? environment : "";
        const form = { action, environment, cloud, confirm };
        const right = home(environment);
        add("form", right, { form });
        if (action === "none") continue;
        if (action === "deploy") {
          const cased = right.replace(/[^/]*$/, (text) => (text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase()));
          for (const ref of new Set(["refs/heads/main", "refs/heads/nobody-waits-for-this", cased])) if (ref !== right) add("form", ref, { form });
          add("form", right, { form, noChanges: true });
          add("form", right, { form, rerun: true });
          add("form", right, { form, fork: true });
        }
        const service = [services[0], "nobody"];
        const asked = [environment, FINGERPRINT];
        if (wide) {
          for (const one of [undefined, ...service]) for (const image of [undefined, DIGEST]) for (const said of [undefined, ...asked]) add("form", right, { form: { ...form, service: one, image, confirm: said } });
          add("form", right, { form: { ...form, image: "sha256:1" } });
          add("form", right, { form: { ...form, confirm: "yes" } });
        } else if (environment === names.at(-1) && cloud === stacks[0]) {
          const fields = { infra: { confirm: [FINGERPRINT, "yes"] }, deploy: { service, confirm: [FINGERPRINT] }, rollback: { service, image: [DIGEST, "sha256:1"], confirm: [FINGERPRINT] }, destroy: { confirm: [undefined, FINGERPRINT] } };
          for (const [name, values] of Object.entries(fields[action])) for (const value of values) add("form", right, { form: { ...form, [name]: value } });
        }
      }
    }
    add("form", home(environment), { form: { action: "deploy", environment, cloud: "nowhere" } });
  }

  // Each job failing where it would have run, so that what comes after it is seen to stop.
  const targets = names.flatMap((name) => list(manifest.environments[name].targets).map((stack) => `${name}-${stack}`));
  const built = Object.entries(manifest.services).filter(([, one]) => !one.image && !one.same_image_as).map(([name]) => name);
  const jobs = ["scan-source", ...built.flatMap((name) => [`build-${name}`, `scan-image-${name}`]), ...targets.flatMap((one) => ["plan", "apply", "deploy"].map((verb) => `${verb}-${one}`)), ...names.map((name) => `guard-${name}`)];
  for (const ref of delivered) for (const fails of jobs) add("push", ref, { fails });
  if (manifest.delivery?.drift) for (const target of targets) add("schedule", `refs/heads/${homeOf(manifest)}`, { fails: `drift-${target}` });
  return events;
}

// words(EVENT): what the command line of simulate says of an event.
export function words({ kind, ref, fork, rerun, noChanges, fails, form }) {
  const all = ["--event", kind, "--ref", ref];
  if (fork) all.push("--fork");
  if (rerun) all.push("--rerun");
  if (noChanges) all.push("--no-changes");
  if (fails) all.push(`--fails=${fails}`);
  for (const [name, value] of Object.entries(form ?? {})) if (value) all.push(`--${name}=${value}`);
  return all;
}
