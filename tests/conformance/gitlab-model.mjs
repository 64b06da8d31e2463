// Which jobs a pipeline must have, told from the manifest alone (delivery.md), without anything of the generator: a
// second opinion for gitlab-jobs.mjs. Only what the manifests of these tests use is known here.

const list = (map) => Object.keys(map ?? {});
const production = (name, environment) => environment.production ?? ["prod", "production", "live"].includes(name);

function gateOf(name, environment) {
  const given = environment.gate?.type ?? environment.gate;
  if (given !== undefined) return given;
  if (!production(name, environment)) return "none";
  return environment.deploy_on.tag ? "release" : "manual";
}

const matches = (pattern, tag) =>
  new RegExp(`^${pattern.split("*").map((part) => part.replaceAll(/[^\w]/g, "\\$&")).join("[^/]*")}$`).test(tag);

// project(MANIFEST): what the rest asks of it.
export function project(manifest) {
  const names = list(manifest.environments);
  const deploys = manifest.hosts.gitlab?.deploys ?? names;
  const environments = names.map((name) => {
    const environment = manifest.environments[name];
    return {
      name,
      on: environment.deploy_on,
      gate: gateOf(name, environment),
      deployed: deploys.includes(name),
      stacks: list(environment.targets),
      protected: (stack) => environment.targets[stack].protect ?? production(name, environment),
    };
  });
  const services = Object.entries(manifest.services).map(([name, service]) => ({ name, ...service }));
  return {
    repository: manifest.hosts.gitlab?.repository ?? manifest.repository,
    environments,
    tested: services.filter(({ test }) => test).map(({ name }) => name),
    built: services.filter(({ image, same_image_as }) => !image && !same_image_as).map(({ name }) => name),
    ready: services.filter(({ image }) => image).map(({ name }) => name),
    scanSource: manifest.delivery?.scan?.source ?? true,
    scanImage: manifest.delivery?.scan?.image ?? true,
    form: manifest.delivery?.operations ?? true,
    // Whether jobs hold keys of AWS: then no merge request plans.
    keys: [manifest.infrastructure?.identity, manifest.infrastructure?.identity?.aws].includes("static-keys"),
    extras: Object.entries(manifest.extend?.jobs ?? {}).map(([name, job]) => ({ name, ...job })),
    applies: (manifest.infrastructure?.apply ?? "gated") === "gated",
    tells: manifest.delivery?.notify !== undefined,
    drift: manifest.delivery?.drift !== undefined,
    checks: manifest.delivery?.check !== undefined,
    home: manifest.hosts.gitlab?.default_branch ?? "main",
  };
}

function trigger(environments, environment) {
  const before = environment.on.after;
  return before ? trigger(environments, environments.find(({ name }) => name === before)) : environment.on;
}

export function refOf(environments, environment) {
  const { on } = environment;
  if (on.branch) return { branch: on.branch };
  if (on.tag) return { tag: on.tag.replaceAll("*", "1") };
  const at = environments.indexOf(environment);
  return refOf(environments, on.after ? environments.find(({ name }) => name === on.after) : environments[at - 1]);
}

// expected(PROJECT, EVENT): the jobs, with "?" behind those that wait for a person. An event is { push: { branch } or
// { tag } }, { request: "own" or "fork" }, { schedule: BRANCH }, or { form: { action, environment, stack } }.
export function expected(model, event) {
  const jobs = new Set();
  const { environments } = model;
  const first = environments[0];
  const images = (verbs) => model.built.forEach((name) => verbs.forEach((verb) => jobs.add(`${verb}-${name}`)));
  const builds = () => {
    if (!first.deployed) return;
    images(["build"]);
    model.ready.forEach((name) => jobs.add(`resolve-${name}`));
    if (model.scanImage) [...model.built, ...model.ready].forEach((name) => jobs.add(`scan-image-${name}`));
  };
  // A user's own jobs: one for all targets, or with an identity one for each, called after the stack where there are several.
  const extras = ({ name, stacks }, deployed) => {
    for (const extra of model.extras.filter(({ after }) => after === name)) {
      if ((extra.identity ?? "none") === "none") jobs.add(extra.name);
      else deployed.forEach((stack) => jobs.add(stacks.length > 1 ? `${extra.name}-${stack}` : extra.name));
    }
  };
  const gate = ({ name, gate: kind }) => {
    if (kind === "none") return;
    jobs.add(`guard-${name}`);
    if (kind === "manual") jobs.add(`release-${name}?`);
    if (kind === "manual" && model.tells) jobs.add(`announce-${name}`);
  };
  const tell = ({ name }) => model.tells && jobs.add(`notify-${name}`);
  if (event.schedule === model.home && model.drift) {
    for (const { name, stacks, deployed } of environments) {
      if (!deployed) continue;
      stacks.forEach((stack) => jobs.add(`drift-${name}-${stack}`));
      if (model.tells) jobs.add(`alert-${name}`);
    }
  }
  if (event.request) {
    if (model.checks) jobs.add("check");
    if (model.scanSource) jobs.add("scan-source");
    model.tested.forEach((name) => jobs.add(`test-${name}`));
    images(["try"]);
    if (event.request === "own" && !model.keys) environments.forEach(({ name, stacks }) => stacks.forEach((stack) => jobs.add(`plan-${name}-${stack}`)));
  }
  if (event.push) {
    const { branch, tag } = event.push;
    const delivers = (environment) => {
      const on = trigger(environments, environment);
      return branch ? on.branch === branch : on.tag !== undefined && matches(on.tag, tag);
    };
    if (model.scanSource && environments.some(delivers)) jobs.add("scan-source");
    if (delivers(first)) {
      model.tested.forEach((name) => jobs.add(`test-${name}`));
      builds();
    }
    for (const environment of environments.filter((one) => one.deployed && delivers(one))) {
      gate(environment);
      tell(environment);
      for (const stack of environment.stacks) {
        jobs.add(`plan-${environment.name}-${stack}`).add(`deploy-${environment.name}-${stack}`);
        if (model.applies) jobs.add(`apply-${environment.name}-${stack}`);
      }
      extras(environment, environment.stacks);
    }
  }
  if (event.form && model.form && environments.some(({ deployed }) => deployed)) {
    const { action, stack } = event.form;
    const environment = environments.find(({ name, deployed }) => deployed && name === event.form.environment);
    jobs.add("check-form");
    if (!environment?.stacks.includes(stack) || (action === "destroy" && environment.protected(stack))) return jobs;
    const target = `${environment.name}-${stack}`;
    const hand = environment.gate === "manual" ? "" : "?";
    gate(environment);
    tell(environment);
    if (action !== "rollback") jobs.add(`plan-${target}`);
    if (action === "infra") jobs.add(`apply-${target}${hand}`);
    if (action === "destroy") jobs.add(`destroy-${target}${hand}`);
    if (action === "rollback") jobs.add(`rollback-${target}`);
    if (action === "deploy") {
      if (environment === first) builds();
      if (model.applies) jobs.add(`apply-${target}`);
      jobs.add(`deploy-${target}`);
      extras(environment, [stack]);
    }
  }
  return jobs;
}

// events(PROJECT): what is worth asking: every ref that something waits for and one that nothing does, merge requests, a
// schedule on the default branch and on another one, and the form on each target.
export function events(model) {
  const { environments } = model;
  const refs = environments.map((one) => one.on).filter(({ branch, tag }) => branch || tag);
  const all = [{ push: { branch: "nobody-waits-for-this" } }, { push: { tag: "nobody-waits-for-this" } }, { request: "own" }, { request: "fork" }, { schedule: model.home }, { schedule: "nobody-waits-for-this" }];
  for (const { branch, tag } of refs) all.push({ push: branch ? { branch } : { tag: tag.replaceAll("*", "1.2.3") } });
  if (!model.form || !environments.some(({ deployed }) => deployed)) return all;
  for (const environment of environments.filter(({ deployed }) => deployed)) {
    for (const stack of environment.stacks) {
      for (const action of ["infra", "deploy", "rollback", "destroy"])
        all.push({ form: { action, environment: environment.name, stack }, on: refOf(environments, environment) });
    }
  }
  return all;
}

export function describe({ push, request, schedule, form }) {
  if (schedule) return `a schedule on ${schedule}`;
  if (push) return push.branch ? `a push to ${push.branch}` : `the tag ${push.tag}`;
  if (request) return request === "own" ? "a merge request" : "a fork's merge request";
  return `the form's ${form.action} of ${form.environment} on ${form.stack}`;
}
