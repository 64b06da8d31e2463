// Which tokens a generated role admits, as AWS reads its trust ("IAM JSON policy elements: Condition operators"): out of the
// bootstrap roots, whose maps, lists and strings are all that is read here of HCL.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

// value(TEXT, AT): [the value that stands there, where it ends].
function value(text, at) {
  const space = (from) => from + /^(?:[\s,]|#.*)*/.exec(text.slice(from, from + 4000))[0].length;
  at = space(at);
  if (text[at] === '"') {
    const [quoted] = /^"(?:[^"\\]|\\.)*"/.exec(text.slice(at));
    return [JSON.parse(quoted), at + quoted.length];
  }
  if (text[at] === "[") {
    const all = [];
    for (at = space(at + 1); text[at] !== "]"; at = space(at)) {
      let one;
      [one, at] = value(text, at);
      all.push(one);
    }
    return [all, at + 1];
  }
  if (text[at] === "{") {
    const all = {};
    for (at = space(at + 1); text[at] !== "}"; at = space(at)) {
      const key = /^("[^"]*"|[\w-]+)\s*=/.exec(text.slice(at, at + 400));
      const [one, end] = value(text, at + key[0].length);
      all[key[1].replaceAll('"', "")] = one;
      at = end;
    }
    return [all, at + 1];
  }
  const [word] = /^[^\s,\]}]+/.exec(text.slice(at));
  return [word, at + word.length];
}

// trustsIn(FOLDER): from the names of roles to what they trust; its made(TARGET) says whether the target has a root for
// them: some are left out, with a warning that names them.
export function trustsIn(folder) {
  const found = new Map();
  const targets = new Set();
  found.made = ({ environment, stack }) => targets.has(`${stack}/${environment}`);
  const look = (path) => {
    for (const entry of existsSync(path) ? readdirSync(path, { withFileTypes: true }) : []) {
      if (entry.name === "modules" || !entry.isDirectory()) continue;
      const file = join(path, entry.name, "main.tf");
      if (entry.name !== "bootstrap" || !existsSync(file)) {
        look(join(path, entry.name));
        continue;
      }
      targets.add(path.split("/").slice(-2).join("/"));
      const text = readFileSync(file, "utf8");
      // With static keys there are no roles.
      if (!text.includes("roles = {")) continue;
      const [roles] = value(text, text.indexOf("roles = {") + "roles = ".length);
      for (const role of Object.values(roles)) found.set(role.name, role.trust);
    }
  };
  look(join(folder, "infra"));
  return found;
}

const like = (pattern, text) => new RegExp(`^${pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*").replaceAll("?", ".")}$`).test(text);

// admits(TRUST, TOKEN): whether some statement does: its provider is the issuer, and every condition holds.
export function admits(trust, token) {
  const claims = { ...token, actor: token.admitted_actors?.[0] ?? "somebody" };
  return token.sub.every((sub) =>
    trust.some(({ provider_arn: provider, equals = {}, like: patterns = {} }) => {
      const is = (key) => (key === `${token.iss}:sub` ? sub : String(claims[key.slice(token.iss.length + 1)] ?? ""));
      const all = (conditions, holds) => Object.entries(conditions).every(([key, values]) => key.startsWith(`${token.iss}:`) && values.some((one) => holds(one, is(key))));
      return provider.endsWith(`:oidc-provider/${token.iss}`) && all(equals, (one, other) => one === other) && all(patterns, like);
    }),
  );
}
