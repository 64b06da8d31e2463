// github-parser.mjs FOLDER...: GitHub's own parser and language service read the workflows of generated trees. Every
// error and every warning is a finding.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { load } from "../tools/load.mjs";
import { finish, foldersOrUsage, workflowsIn } from "./workflows.mjs";

const parser = await load("@actions/workflow-parser");
const service = await load("@actions/languageservice");
const { FeatureFlags } = await load("@actions/expressions");
const { TextDocument } = await load("vscode-languageserver-textdocument");

// What the pinned actions take and give. One that isn't in the table is a finding ("unable to resolve action"): a new
// action is one more row of actions.json.
const actions = JSON.parse(readFileSync(new URL("actions.json", import.meta.url), "utf8"));
const described = (names, required) =>
  Object.fromEntries(names.map((name) => [name, { description: name, required: required.includes(name) }]));

const findings = [];
let checked = 0;

async function check(root, file) {
  const content = readFileSync(file, "utf8");
  const report = (message, line, column) => findings.push({ file, line, column, message });

  const fileProvider = {
    async getFileContent(reference) {
      const path = join(root, reference.path);
      if ("repository" in reference || !existsSync(path)) throw new Error(`can't read ${reference.path}`);
      return { name: reference.path, content: readFileSync(path, "utf8") };
    },
  };
  const actionsMetadataProvider = {
    async fetchActionMetadata({ owner, name, path }) {
      const key = [owner, name, path].filter(Boolean).join("/");
      const action = actions[key];
      if (!action) return undefined;
      const { inputs, outputs, required } = action;
      return { name: key, description: key, inputs: described(inputs, required), outputs: described(outputs, []) };
    },
  };

  const trace = { error() {}, info() {}, verbose() {} };
  const parsed = parser.parseWorkflow({ name: file, content }, trace);
  if (parsed.value) {
    const template = await parser.convertWorkflowTemplate(parsed.context, parsed.value, fileProvider, {
      errorPolicy: 1, // go on after the first
      fetchReusableWorkflowDepth: 1,
    });
    // These have the place in their text: "delivery.yml (Line: 21, Col: 3): ...".
    for (const { Message } of template.errors ?? []) {
      const [, line, column, text] = /\(Line: (\d+), Col: (\d+)\): (.*)/s.exec(Message) ?? [Message, 1, 1, Message];
      report(text, Number(line), Number(column));
    }
  }
  for (const error of parsed.context.errors.getErrors()) {
    report(error.rawMessage ?? error.message, error.range?.start.line ?? 1, error.range?.start.column ?? 1);
  }

  // The service caches by address, so every document needs its own.
  const document = TextDocument.create(pathToFileURL(file).href, "yaml", 1, content);
  const diagnostics = await service.validate(document, {
    fileProvider,
    actionsMetadataProvider,
    featureFlags: new FeatureFlags({ all: true }),
  });
  for (const { message, range } of diagnostics) report(message, range.start.line + 1, range.start.character + 1);
  checked += 1;
}

for (const folder of foldersOrUsage()) {
  for (const file of workflowsIn(folder)) await check(folder, file);
}
// The parser and the service find some things both.
const seen = new Set();
finish(
  findings.filter(({ file, line, message }) => {
    const key = `${file}\n${line}\n${message}`;
    return !seen.has(key) && seen.add(key);
  }),
  checked,
);
