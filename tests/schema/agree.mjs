// agree.mjs READ_MANIFESTS: the schema (by ajv) and the program must agree on thousands of manifests, made of right ones
// by changes that are random and always the same.
import { YAML, ask, random, schema, seeds, validator } from './tools.mjs';
import { mutate } from './mutate.mjs';

const program = process.argv[2];
const rounds = 6000;

// What the tables refuse and no schema can: how a value is written, and arithmetic inside a text.
const beyondSchema = {
    PW0003: 'a schema sees the character, and not whether it stands in the file as it is or as an escape',
    PW0107: 'a schema sees the value and not that YAML 1.1 and 1.2 read it as different things',
    PW0113: 'a pattern can not count: ranges that go backwards, bits beyond a prefix',
};

// What rules between parts of the manifest refuse. A schema looks at one place and can't compare it with another.
const rules = {
    PW0102: 'which of account and project a target needs follows from its stack; https needs its domain once all is merged',
    PW0104: 'min and max of a scaling come from up to five places',
    PW0106: 'whether a repository may lie in groups depends on the hosts that are given',
    PW0111: 'an environment may lose its last target with a stack that is not there',
    PW0201: 'names of services, stacks and environments stand elsewhere',
    PW0202: 'what excludes each other after merging',
    PW0203: 'what is needed beside a key after merging',
    PW0204: 'cpu and memory pair after merging',
    PW0205: 'the order of environments',
    PW0206: 'triggers of two environments',
    PW0207: 'the gate follows from name, trigger and plan',
    PW0208: 'the gate follows from name, trigger and plan',
    PW0209: 'routes of two services',
    PW0210: 'names that join to one',
    PW0211: 'what applies depends on the runtime of the stack, after merging',
    PW0212: 'which environment is the first',
    PW0213: 'what both hosts deploy',
    PW0214: 'which environment is the first',
    PW0215: 'ssh_from is judged after merging',
    PW0216: 'names that the generated files keep to themselves',
    PW0218: 'what the hosts deploy',
    PW0221: 'what triggers and targets leave of an environment',
    PW0222: 'routes, public routes and the ingress of each target',
    PW0223: 'interval and timeout of a health check, after merging',
    PW0224: 'what two places say of one thing',
    PW0225: 'the network, the registry and the ingress together',
};

// Codes that the schema speaks for too: each must be met, or this test asks too little.
const expressible = ['PW0101', 'PW0102', 'PW0103', 'PW0104', 'PW0105', 'PW0106', 'PW0108', 'PW0109', 'PW0110', 'PW0111',
    'PW0112', 'PW0202', 'PW0203', 'PW0217'];

const validate = validator();
const dice = random(20260715);
const bases = seeds();
const quoted = { aliasDuplicateObjects: false, lineWidth: 0, defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN' };

const cases = bases.map((base) => ({ name: base.name, value: base.value, text: YAML.stringify(base.value, quoted), changes: 0 }));
while (cases.length < rounds) {
    const base = dice.pick(bases);
    const value = structuredClone(base.value);
    const changes = 1 + dice.below(3);
    for (let i = 0; i < changes; ++i) mutate(value, schema, dice);
    // Most texts in quotes, so that only the values count; some as a person writes them, as an editor reads them.
    if (dice.chance(0.8)) {
        cases.push({ name: base.name, value, text: YAML.stringify(value, quoted), changes });
    } else {
        const text = YAML.stringify(value, { aliasDuplicateObjects: false, lineWidth: 0 });
        cases.push({ name: base.name, value: YAML.parse(text), text, changes });
    }
}

const complaints = [];
const seen = new Set();
let accepted = 0;
ask(program, [], cases.map((one) => one.text)).forEach((line, index) => {
    const one = cases[index];
    const said = JSON.parse(line);
    const bySchema = validate(one.value);
    const complain = (what) => {
        const reasons = (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`).join('; ');
        complaints.push(`${one.name}, ${one.changes} changes: ${what}\n  program: ${JSON.stringify(said)}\n` +
            `  schema: ${bySchema ? 'accepts' : reasons}\n${one.text.replace(/^/gm, '    ')}`);
    };
    said.tables.forEach((code) => seen.add(code));
    if (bySchema) ++accepted;
    if (one.changes === 0 && (!bySchema || said.all.length)) complain('a right manifest is refused');
    if (bySchema && said.tables.some((code) => !Object.hasOwn(beyondSchema, code))) {
        complain('only the program refuses it');
    } else if (!bySchema && said.tables.length === 0) {
        complain('only the schema refuses it');
    } else if (bySchema && said.tables.length === 0) {
        const strange = said.all.filter((code) => !Object.hasOwn(rules, code));
        if (strange.length) complain(`a rule has a code that no schema is said to miss: ${strange}`);
    }
    if (!bySchema && said.all.length === 0) complain('the program accepts what the schema refuses');
});

for (const code of expressible) if (!seen.has(code)) complaints.push(`no manifest has led to ${code}`);
const share = accepted / cases.length;
if (share < 0.1 || share > 0.9) complaints.push(`${accepted} of ${cases.length} manifests are right: too one-sided`);
for (const complaint of complaints.slice(0, 10)) console.log(complaint);
console.log(`${cases.length} manifests, ${accepted} accepted by the schema, ${complaints.length} complaints`);
process.exit(complaints.length === 0 ? 0 : 1);
