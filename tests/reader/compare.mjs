// compare.mjs DUMP_NODE: reads every document of corpus/ with our reader and with the npm package yaml (YAML 1.2,
// failsafe schema: all scalars are text) and compares the values, the order of keys included.
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const YAML = createRequire(join(here, '../tools/package.json'))('yaml');

const files = readdirSync(join(here, 'corpus'))
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => join(here, 'corpus', name));
if (files.length < 60) throw new Error(`the corpus holds only ${files.length} documents`);

// A value left out is null to the package and empty text to us; numbers do not occur in the failsafe schema.
const settled = (key, value) => (value === null ? '' : value);

let wrong = 0;
const lines = execFileSync(process.argv[2], files, { encoding: 'utf8' }).trimEnd().split('\n');
files.forEach((file, index) => {
    const ours = JSON.parse(lines[index]);
    const document = YAML.parseDocument(readFileSync(file, 'utf8'), { version: '1.2', schema: 'failsafe' });
    const theirs = document.errors.length
        ? document.errors.map((error) => error.message)
        : JSON.stringify(document.toJS(), settled);
    const mine = ours.errors ?? JSON.stringify(ours.value);
    if (typeof theirs === 'string' && mine === theirs) return;
    ++wrong;
    console.log(`${file}\n  ours:   ${mine}\n  theirs: ${theirs}`);
});
console.log(`${files.length - wrong} of ${files.length} documents agree`);
process.exit(wrong === 0 ? 0 : 1);
