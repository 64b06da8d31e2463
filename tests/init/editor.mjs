// editor.mjs PIPEWRIGHT: the first line of a manifest that init wrote, and the schema beside it, as an editor takes them:
// yaml-language-server finds the file by that line alone, without a network, and completes with it.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const packages = createRequire(fileURLToPath(new URL('../tools/package.json', import.meta.url)));
const { getLanguageService } = packages('yaml-language-server');
const { TextDocument } = packages('vscode-languageserver-textdocument');

const folder = mkdtempSync(join(tmpdir(), 'editor-'));
writeFileSync(join(folder, 'Dockerfile'), 'FROM a\nEXPOSE 80\n');
execFileSync(process.argv[2], ['init', '--yes', '--root', folder, folder], { stdio: 'ignore' });
const written = readFileSync(join(folder, 'pipewright.yaml'), 'utf8');

const asked = [];
const service = getLanguageService({
    schemaRequestService: async (uri) => {
        asked.push(uri);
        if (!uri.startsWith('file:')) throw new Error(`${uri} needs a network`);
        return readFileSync(fileURLToPath(uri), 'utf8');
    },
    workspaceContext: { resolveRelativePath: (path) => path },
    telemetry: { send() {}, sendError() {}, sendTrack() {} },
    yamlSettings: { documents: { get: () => undefined, all: () => [] }, schemaStoreEnabled: false },
});
service.configure({ validate: true, hover: true, completion: true, customTags: [], schemas: [] });
// A text that is read again under the same number is taken from memory.
let version = 0;
const open = (text) => TextDocument.create(pathToFileURL(join(folder, 'pipewright.yaml')).href, 'yaml', ++version, text);

const complaints = [];
const check = (holds, what) => { if (!holds) complaints.push(what); };

const cursor = written.indexOf('stacks:\n  aws:\n    runtime: ') + 'stacks:\n  aws:\n    runtime: '.length;
const typing = open(written.slice(0, cursor) + written.slice(written.indexOf('\n', cursor)));
const proposed = (await service.doComplete(typing, typing.positionAt(cursor), false)).items.map((item) => item.label);
check(['ecs-fargate', 'ec2-compose', 'compute-mig'].every((one) => proposed.includes(one)), `the runtimes aren't proposed: ${proposed}`);

// What stays open is underlined, and nothing else.
const lines = written.split('\n');
const marked = (await service.doValidation(open(written), false)).map((one) => lines[one.range.start.line]);
check(marked.length > 0 && marked.every((line) => line.includes('FILL ME IN')), `underlined are ${JSON.stringify(marked)}`);
check(asked.length > 0 && asked.every((uri) => uri === pathToFileURL(join(folder, 'pipewright.schema.json')).href),
    `asked for ${asked}`);

rmSync(folder, { recursive: true });
console.log(complaints.join('\n') || 'the schema beside the manifest is found and used');
process.exit(complaints.length ? 1 : 0);
