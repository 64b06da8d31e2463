// read_yaml.mjs --version=1.1|1.2 FOLDER: prints as JSON what the npm package yaml reads from the numbered .yaml files. Any error
// or warning is an error.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "../tools/load.mjs";

const { isAlias, isMap, isScalar, isSeq, parseAllDocuments } = await load("yaml");
const [option, folder] = process.argv.slice(2);
const version = option.replace("--version=", "");

function value(node) {
  if (node === null) return null;
  if (isMap(node)) return { m: node.items.map((pair) => [value(pair.key), value(pair.value)]) };
  if (isSeq(node)) return node.items.map(value);
  if (!isScalar(node) || isAlias(node)) throw new Error("neither scalar nor collection");
  const read = node.value;
  if (typeof read === "bigint") return { i: read.toString() };
  if (read === null || typeof read === "boolean" || typeof read === "string") return read;
  return { other: String(read) };
}

const documents = [];
for (let i = 0; ; ++i) {
  const path = join(folder, `${i}.yaml`);
  if (!existsSync(path)) break;
  const roots = parseAllDocuments(readFileSync(path, "utf8"), { version, strict: true, uniqueKeys: true, intAsBigInt: true });
  for (const root of roots) {
    const problem = root.errors[0] ?? root.warnings[0];
    if (problem) {
      console.error(`${path}: ${problem.message}`);
      process.exit(1);
    }
  }
  documents.push(roots.map((root) => value(root.contents)));
}
console.log(JSON.stringify(documents));
