// forms.mjs READ_MANIFESTS: each form's check and its pattern must say the same of thousands of texts.
import { ask, random, schema } from './tools.mjs';
import { nearText } from './mutate.mjs';

const program = process.argv[2];
const perForm = 1500;

// The texts that the schema shows, by the pattern that they have: seeds near which both sides of a form are met.
const shown = new Map();
const every = new Set();
(function walk(node) {
    if (Array.isArray(node)) return node.forEach(walk);
    if (node === null || typeof node !== 'object') return undefined;
    const inside = (value) => (value !== null && typeof value === 'object' ? Object.values(value).flatMap(inside) : [value]);
    const texts = inside([node.examples ?? [], node.default ?? []]).filter((one) => typeof one === 'string');
    const patterns = [node, ...(node.anyOf ?? [])].flatMap((one) => [one.pattern, one.items?.pattern, one.additionalProperties?.pattern]);
    for (const text of texts) every.add(text);
    for (const pattern of patterns.filter(Boolean)) shown.set(pattern, [...(shown.get(pattern) ?? []), ...texts]);
    return Object.values(node).forEach(walk);
})(schema);

// Near the bounds of forms that examples don't reach.
const more = ['2001:db8::/32', '::/0', '::1/128', '1:2:3:4:5:6:7:8/64', '0.0.0.0/0', '255.255.255.255/32',
    'localhost:5000/acme/tool:1', 'ghcr.io/acme/tool@sha256:' + 'a'.repeat(64), 'acme/tool:v1@sha256:' + '0'.repeat(64),
    '*/5 0-23 1,15 JAN-DEC SUN', '0 0 31 12 6', '5-1 * * * *', '200,204,301-302', '399-200', 'projects/acme/roles/deployer',
    'organizations/1/roles/x', 'refs/heads/main', 'feature/x.y', 'a'.repeat(20), 'a'.repeat(63) + '.example.com', '10.1.2.0/23',
    '10.1.1.0/23', '*', 'a@b.example', 'group/sub/name', 'a/b', './a', '/a/*', '/*', '/a//b/*', '%2F', 'secret:a#b', 'cache.port'];

const dice = random(4711);
const forms = ask(program, ['forms'], []).map((line) => JSON.parse(line));
if (forms.length < 40) throw new Error(`only ${forms.length} forms`);
const pairs = [];
const asked = [];
forms.forEach((form, index) => {
    const own = shown.get(form.pattern) ?? [];
    const others = [...every, ...more];
    for (let i = 0; i < perForm; ++i) {
        const from = own.length && dice.chance(0.7) ? dice.pick(own) : dice.pick(others);
        const text = dice.chance(0.1) ? from : nearText(from, dice);
        pairs.push(String(index), text);
        asked.push({ form, text });
    }
});

let wrong = 0;
const good = new Map(forms.map((form) => [form.name, 0]));
const answers = ask(program, ['forms'], pairs).slice(forms.length);
asked.forEach(({ form, text }, index) => {
    const matches = new RegExp(form.pattern, 'u').test(text);
    if (matches) good.set(form.name, good.get(form.name) + 1);
    if (matches === (answers[index] !== 'bad')) return;
    if (++wrong <= 20) console.log(`${form.name}: ${JSON.stringify(text)} is ${answers[index]}, but the pattern ${matches ? 'matches' : 'does not match'}`);
});
for (const [name, count] of good) {
    if (count < perForm * 0.02 || count > perForm * 0.995) {
        ++wrong;
        console.log(`${name}: ${count} of ${perForm} texts are good; this asks too little`);
    }
}
console.log(`${asked.length} texts for ${forms.length} forms, ${wrong} complaints`);
process.exit(wrong === 0 ? 0 : 1);
