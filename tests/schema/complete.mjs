// complete.mjs: what an editor with yaml-language-server proposes and shows with the schema. The text of a manifest with a
// | where the cursor stands; the labels that must be proposed, and nothing that isn't listed where it says so.
import { packages, schema } from './tools.mjs';

const { getLanguageService } = packages('yaml-language-server');
const { TextDocument } = packages('vscode-languageserver-textdocument');

const service = getLanguageService({
    schemaRequestService: async () => JSON.stringify(schema),
    workspaceContext: { resolveRelativePath: (path) => path },
    telemetry: { send() {}, sendError() {}, sendTrack() {} },
    yamlSettings: { documents: { get: () => undefined, all: () => [] }, schemaStoreEnabled: false },
});
service.configure({
    validate: true, hover: true, completion: true, customTags: [],
    schemas: [{ uri: 'file:///pipewright.v1.schema.json', fileMatch: ['*.yaml'], schema }],
});

let version = 0;
const open = (text) => TextDocument.create('file:///pipewright.yaml', 'yaml', ++version, text);
const complaints = [];
const check = (holds, what) => { if (!holds) complaints.push(what); };

async function proposals(text) {
    const document = open(text.replace('|', ''));
    const list = await service.doComplete(document, document.positionAt(text.indexOf('|')), false);
    return list.items;
}

const top = ['pipewright', 'project', 'repository', 'hosts', 'registry', 'services', 'stacks', 'environments', 'delivery',
    'infrastructure', 'extend'];
const service_ = ['path', 'dockerfile', 'build', 'platforms', 'image', 'same_image_as', 'command', 'port', 'health', 'smoke',
    'routes', 'public', 'calls', 'cpu', 'memory', 'scaling', 'env', 'secrets', 'permissions', 'migrate', 'schedule', 'stacks',
    'read_only', 'test'];

// [text, exactly these labels]
const exact = [
    ['hosts:\n  |', ['github', 'gitlab']],
    ['hosts:\n  github:\n    |', ['repository', 'default_branch', 'deploys', 'visibility', 'plan', 'runner', 'subject',
        'owner_id', 'repository_id', 'code_scanning']],
    ['hosts:\n  github:\n    visibility: |', ['public', 'private']],
    ['registry: |', ['native', 'ghcr', 'gitlab']],
    ['registry:\n  |', ['ghcr', 'gitlab', 'dockerhub', 'ecr']],
    ['services:\n  api:\n    |', service_],
    ['services:\n  api:\n    image: nginx:1.29\n    |', service_.filter((key) => key !== 'image')],
    ['services:\n  api:\n    same_image_as: web\n    p|', service_.filter((key) => key !== 'same_image_as')],
    ['services:\n  api:\n    health:\n      |', ['path', 'codes', 'interval', 'timeout', 'healthy', 'unhealthy', 'grace_seconds']],
    ['services:\n  api:\n    read_only: |', ['true', 'false']],
    ['services:\n  api:\n    permissions:\n      - |', ['actions', 'resources', 'roles']],
    ['stacks:\n  aws:\n    runtime: |', ['ecs-fargate', 'ec2-compose', 'compute-mig']],
    ['stacks:\n  aws:\n    ingress: |', ['load-balancer', 'api-gateway', 'none', 'null']],
    ['stacks:\n  aws:\n    ingress:\n      |', ['type', 'https', 'allow', 'internal', 'api_key', 'clients', 'rate', 'waf']],
    ['environments:\n  dev:\n    deploy_on:\n      |', ['branch', 'tag', 'after', 'manual']],
    ['environments:\n  dev:\n    gate: |', ['none', 'manual', 'release']],
    ['environments:\n  dev:\n    gate:\n      approvers:\n        |', ['github', 'gitlab']],
    ['delivery:\n  scan:\n    fail_on: |', ['critical', 'high', 'medium', 'none']],
    ['extend:\n  jobs:\n    a:\n      identity: |', ['none', 'plan', 'deploy']],
];

// [text, at least these labels]
const some = [
    ['|', top],
    ['environments:\n  dev:\n    targets:\n      aws:\n        |', ['account', 'region', 'project', 'project_number', 'protect',
        'state', 'oidc_provider', 'network', 'scaling', 'spot_percent', 'database']],
    ['environments:\n  dev:\n    services:\n      api:\n        |', ['cpu', 'memory', 'scaling', 'env', 'secrets', 'command',
        'permissions']],
    ['services:\n  api:\n    platforms:\n      - |', ['linux/amd64', 'linux/arm64']],
];

const labels = (items) => items.map((item) => item.label);
for (const [text, wanted] of exact) {
    const found = labels(await proposals(text));
    check(JSON.stringify([...found].sort()) === JSON.stringify([...wanted].sort()),
        `${JSON.stringify(text)} proposes ${found}, not ${wanted}`);
}
for (const [text, wanted] of some) {
    const found = labels(await proposals(text));
    check(wanted.every((one) => found.includes(one)), `${JSON.stringify(text)} proposes ${found}, which lacks some of ${wanted}`);
    check(!found.includes('[object Object]'), `${JSON.stringify(text)} proposes something without a name`);
}
// What can't stand in a target is not proposed there.
for (const label of labels(await proposals('environments:\n  dev:\n    targets:\n      aws:\n        |'))) {
    check(label !== 'runtime' && label !== 'cloud', `a target proposes ${label}`);
}

// Everything that is proposed says what it is.
for (const text of ['|', 'services:\n  api:\n    |', 'stacks:\n  aws:\n    network:\n      nat: |', 'hosts:\n  github:\n    plan: |']) {
    for (const item of await proposals(text)) {
        const words = item.documentation?.value ?? item.documentation ?? '';
        check(words.length > 5, `${JSON.stringify(text)}: ${item.label} says nothing of itself`);
    }
}

// What hovering shows.
const hovered = open('hosts:\n  github:\n    visibility: public\n');
const shown = JSON.stringify(await service.doHover(hovered, { line: 2, character: 6 }));
for (const words of ['hosts.github.visibility', 'Who can see the repository', 'everybody can see it']) {
    check(shown.includes(words), `hovering over visibility doesn't show: ${words}`);
}

// What is underlined: the line and a part of the message.
const wrong = [
    ['pipewright: 1\nproject: My_Shop\n', 1, "must be a project's name"],
    ['services:\n  api:\n    prot: 1\n', 2, 'prot'],
    ['services:\n  api:\n    port: "1"\n', 2, 'integer'],
    ['environments:\n  dev:\n    gate: mnual\n', 2, 'manual'],
    ['services:\n  api:\n    health: /x\n', 2, 'port'],
    ['hosts:\n  github: { plan: fre }\n', 1, 'free'],
];
for (const [text, line, part] of wrong) {
    const found = (await service.doValidation(open(text), false)).map((one) => `${one.range.start.line}: ${one.message}`);
    check(found.some((one) => one.startsWith(`${line}: `) && one.includes(part)), `${JSON.stringify(text)} is told ${found}`);
}
const right = open('pipewright: 1\nproject: shop\nrepository: acme/shop\nhosts: { github: { runner: ubuntu-24.04 } }\n' +
    'services:\n  api: { port: 8000, health: /health, env: { A: null } }\nstacks: { aws: { runtime: ecs-fargate, cache: null } }\n' +
    'environments:\n  dev:\n    deploy_on: { branch: main }\n    gate: none\n' +
    '    targets: { aws: { account: "111111111111", region: eu-west-1, spot_percent: null } }\n');
for (const one of await service.doValidation(right, false)) check(false, `a right manifest is told: ${one.message}`);

for (const complaint of complaints) console.log(complaint);
console.log(`${exact.length + some.length} places of completion, ${wrong.length} wrong manifests, ${complaints.length} complaints`);
process.exit(complaints.length === 0 ? 0 : 1);
