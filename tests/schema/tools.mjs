// What the tests of the schema share: the schema, its validator, seeds, and numbers that are random and always the same.
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
export const root = join(here, '../..');
export const packages = createRequire(join(root, 'tests/tools/package.json'));
export const YAML = packages('yaml');

const read = (path) => readFileSync(join(root, path), 'utf8');
export const schema = JSON.parse(read('schemas/pipewright.v1.schema.json'));

// Throws where the schema isn't one: unknown words, patterns that don't compile, types that don't fit their bounds.
export function validator() {
    const Ajv = packages('ajv/dist/2020').default;
    const ajv = new Ajv({ strict: true, strictRequired: false, allowUnionTypes: true });
    ajv.addVocabulary(['enumDescriptions', 'patternErrorMessage']);
    return ajv.compile(schema);
}

// mulberry32
export function random(seed) {
    let state = seed >>> 0;
    const next = () => {
        state = (state + 0x6d2b79f5) >>> 0;
        let t = state;
        t = Math.imul(t ^ (t >>> 15), t | 1);
        t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
        return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    };
    const below = (n) => Math.floor(next() * n);
    return { next, below, pick: (list) => list[below(list.length)], chance: (p) => next() < p };
}

export function layOver(weaker, stronger) {
    const isMap = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);
    if (!isMap(weaker) || !isMap(stronger)) return stronger;
    const made = { ...weaker };
    for (const [key, value] of Object.entries(stronger)) {
        made[key] = Object.hasOwn(made, key) ? layOver(made[key], value) : value;
    }
    return made;
}

// Right manifests: the examples, those of tests/manifest/right and full, and the first example of the reference with each
// other one laid over it.
export function seeds() {
    const texts = [];
    for (const name of readdirSync(join(root, 'examples')).sort()) {
        const path = `examples/${name}/pipewright.yaml`;
        if (existsSync(join(root, path))) texts.push([path, read(path)]);
    }
    for (const folder of ['tests/manifest/right', 'tests/manifest/full']) {
        for (const name of readdirSync(join(root, folder)).sort()) {
            if (name.endsWith('.yaml')) texts.push([`${folder}/${name}`, read(`${folder}/${name}`)]);
        }
    }
    const all = texts.map(([name, text]) => ({ name, value: YAML.parse(text) }));
    const blocks = [...read('docs/manifest.md').matchAll(/^```yaml\n([^]*?)^```$/gm)].map((match) => YAML.parse(match[1]));
    blocks.forEach((block, index) => {
        all.push({ name: `docs/manifest.md, example ${index + 1}`, value: layOver(blocks[0], block) });
    });
    if (texts.length < 7 || blocks.length < 40) throw new Error('seeds are missing');
    return all;
}

// Runs read_manifests over texts, all in one process.
export function ask(program, words, texts) {
    const input = texts.map((text) => `${text}\0`).join('');
    const output = execFileSync(program, words, { input, encoding: 'utf8', maxBuffer: 1 << 28 });
    return output.trimEnd().split('\n');
}
