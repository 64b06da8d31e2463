// check.mjs PIPEWRIGHT: runs the program over all wrong manifests and over a repository with stale, edited and foreign
// files, and reads what it prints in each format for machines:
//
//   json    schemas/pipewright.report.v1.schema.json and schemas/pipewright.explain.v1.schema.json
//   sarif   the schema of SARIF 2.1.0 (OASIS), beside this file: the one that @microsoft/jest-sarif 1.0.0-beta.0 carries
//   gitlab  what "Code Quality", report format, asks of each entry
//   github  one workflow command a line, undone as the runner undoes it
//
// All four must tell of the same findings, and end with the same exit code as text.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = join(here, '../..');
const packages = createRequire(join(root, 'tests/tools/package.json'));
const program = resolve(process.argv[2]);
const read = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'));

const Ajv = packages('ajv/dist/2020').default;
const Ajv4 = packages('ajv-draft-04').default;
const modern = new Ajv({ strict: true });
const formats = { uri: true, 'uri-reference': true, 'date-time': true };
const schemas = {
    report: modern.compile(read('schemas/pipewright.report.v1.schema.json')),
    explain: modern.compile(read('schemas/pipewright.explain.v1.schema.json')),
    sarif: new Ajv4({ strict: false, formats, unicodeRegExp: false }).compile(read('tests/formats/sarif-2.1.0-rtm.5.json')),
};

let failures = 0;
function fail(what, why) {
    failures += 1;
    console.log(`${what}: ${why}`);
}
function conforms(name, document, what) {
    if (!schemas[name](document)) fail(what, JSON.stringify(schemas[name].errors.slice(0, 3)));
}

function run(folder, ...words) {
    const made = spawnSync(program, words, { cwd: folder, encoding: 'utf8' });
    if (made.stderr !== '' && !words.includes('text')) fail(words.join(' '), `says on standard error: ${made.stderr}`);
    return made;
}

// The runner undoes %25 last, so that an escaped percent sign stays one ("Workflow commands", escapes).
const undone = (text) =>
    text.replace(/%0A/g, '\n').replace(/%0D/g, '\r').replace(/%3A/g, ':').replace(/%2C/g, ',').replace(/%25/g, '%');

function annotations(text, what) {
    const found = [];
    for (const line of text.split('\n').slice(0, -1)) {
        const command = /^::(error|warning|notice) (.*?)::(.*)$/.exec(line);
        if (!command) {
            fail(what, `is no workflow command: ${line}`);
            continue;
        }
        const properties = Object.fromEntries(command[2].split(',').map((one) => one.split('=', 2).map(undone)));
        if (!(Number(properties.line) >= 1)) fail(what, `has no line: ${line}`);
        found.push(`${properties.title.slice(0, 6)} ${properties.file}:${properties.line}`);
    }
    return found;
}

function quality(document, what) {
    const prints = new Set();
    for (const one of document) {
        const severities = ['info', 'minor', 'major', 'critical', 'blocker'];
        const good =
            one.description && one.check_name && /^[0-9a-f]{64}$/.test(one.fingerprint) &&
            severities.includes(one.severity) && one.location.path && one.location.lines.begin >= 1;
        if (!good || one.location.path.startsWith('./')) fail(what, `is no entry: ${JSON.stringify(one)}`);
        if (prints.has(one.fingerprint)) fail(what, 'has a fingerprint twice');
        prints.add(one.fingerprint);
    }
    return document.map((one) => `${one.check_name.slice(-6)} ${one.location.path}:${one.location.lines.begin}`);
}

function findings(document, what) {
    conforms('sarif', document, what);
    const { tool, results } = document.runs[0];
    return results.map((one) => {
        if (tool.driver.rules[one.ruleIndex].id !== one.ruleId) fail(what, `${one.ruleId} has another rule's index`);
        const { artifactLocation, region } = one.locations[0].physicalLocation;
        return `${one.ruleId} ${decodeURIComponent(artifactLocation.uri)}:${region.startLine}`;
    });
}

// One call in all formats.
function look(folder, ...words) {
    const what = words.join(' ');
    const exit = run(folder, ...words, '--format', 'text').status;
    const made = {};
    for (const format of ['json', 'sarif', 'github', 'gitlab']) {
        const one = run(folder, ...words, '--format', format);
        made[format] = one.stdout;
        if (one.status !== exit) fail(`${what} ${format}`, `ends with ${one.status}, and text with ${exit}`);
    }
    const report = JSON.parse(made.json);
    conforms('report', report, `${what} json`);
    if (report.schema !== `pipewright.${words[0]}/1`) fail(what, `calls itself ${report.schema}`);
    const sarif = findings(JSON.parse(made.sarif), `${what} sarif`);
    const github = annotations(made.github, `${what} github`);
    const gitlab = quality(JSON.parse(made.gitlab), `${what} gitlab`);
    if (github.join('\n') !== sarif.join('\n')) fail(what, `github tells of ${github}, sarif of ${sarif}`);
    if (gitlab.join('\n') !== sarif.join('\n')) fail(what, `gitlab tells of ${gitlab}, sarif of ${sarif}`);
    return { report, sarif, exit };
}

const scratch = mkdtempSync(join(process.env.TMPDIR ?? tmpdir(), 'formats-'));
// A folder below the repository's root whose name means something to every format.
const repository = join(scratch, 'a, b: 100% größe');
mkdirSync(join(scratch, '.git'));
mkdirSync(repository);
cpSync(join(root, 'tests/manifest/wrong'), repository, { recursive: true });
const wrong = readdirSync(repository).filter((name) => name.endsWith('.yaml'));
for (const name of wrong) {
    const { report, sarif, exit } = look(repository, 'validate', name);
    if (exit !== 2) fail(name, `ends with ${exit}`);
    if (sarif.length !== report.diagnostics.length) fail(name, 'not all messages are findings');
    if (!sarif.every((one) => one.includes(`a, b: 100% größe/${name}:`))) fail(name, `is called ${sarif}`);
}

const shop = join(scratch, 'shop');
mkdirSync(join(shop, '.git'), { recursive: true });
mkdirSync(join(shop, 'api'));
writeFileSync(join(shop, 'api/Dockerfile'), 'FROM scratch\n');
cpSync(join(root, 'tests/manifest/base.yaml'), join(shop, 'pipewright.yaml'));
const expect = (what, made, exit, ...codes) => {
    if (made.exit !== exit) fail(what, `ends with ${made.exit} and not with ${exit}`);
    for (const code of codes) if (!made.sarif.some((one) => one.startsWith(code))) fail(what, `says nothing of ${code}`);
    if (codes.length === 0 && made.sarif.length > 0) fail(what, `tells of ${made.sarif}`);
};
expect('a valid manifest', look(shop, 'validate'), 0);
const effective = JSON.parse(run(shop, 'validate', '--effective', '--format', 'json').stdout);
conforms('report', effective, 'effective');
if (!effective.effective) fail('effective', 'is not there');
expect('nothing generated', look(shop, 'check'), 1, 'PW0507');
expect('the diff of nothing', look(shop, 'diff'), 1, 'PW0507');
if (run(shop, 'generate').status !== 0) fail('generate', 'ends with an error');
expect('all generated', look(shop, 'check'), 0);
writeFileSync(join(shop, 'ci/deploy.sh'), 'echo mine\n');
writeFileSync(join(shop, 'pipewright.lock'), 'no lock\n');
expect('a bad lock', look(shop, 'check'), 1, 'PW0503');

conforms('explain', JSON.parse(run(shop, 'explain', 'code', '--format', 'json').stdout), 'explain code');
const codes = JSON.parse(run(shop, 'explain', 'code', '--format', 'json').stdout).codes;
for (const { code } of codes)
    conforms('explain', JSON.parse(run(shop, 'explain', 'code', code, '--format', 'json').stdout), `explain ${code}`);
for (const key of ['', 'services', 'services.api.health', 'stacks.aws.runtime', 'environments.dev.targets.aws.region'])
    conforms('explain', JSON.parse(run(shop, 'explain', 'key', key, '--format', 'json').stdout), `explain key ${key}`);

rmSync(scratch, { recursive: true });
if (wrong.length < 150 || codes.length < 70) fail('the corpus', `has ${wrong.length} manifests and ${codes.length} codes`);
console.log(`${wrong.length} wrong manifests, ${codes.length} codes; ${failures} failures`);
process.exit(failures === 0 ? 0 : 1);
