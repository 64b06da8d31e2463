// load(NAME): a package of tests/tools/package.json for a program elsewhere in tests/. Where the packages aren't
// installed the test ends as skipped (77). GitHub's language service imports JSON without saying so, which Node
// refuses: the hook below says it for it.
import { register } from "node:module";

const hook = `export async function load(url, context, next) {
  if (url.endsWith(".json")) context = { ...context, importAttributes: { ...context.importAttributes, type: "json" } };
  return next(url, context);
}`;
register("data:text/javascript," + encodeURIComponent(hook));

export async function load(name) {
  try {
    return await import(name);
  } catch (error) {
    if (error.code !== "ERR_MODULE_NOT_FOUND") throw error;
    console.log(`skip: the npm package ${name} isn't installed; ./dev test does that (npm ci in tests/tools)`);
    process.exit(77);
  }
}
