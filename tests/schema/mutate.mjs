// Changes of a manifest that a person could have made, and some that nobody would: each goes by what the schema says of
// the place, so that both sides of every bound are met.

// The schemas that may hold for a value at a path, as far as types tell them apart.
function alternatives(schema) {
    return schema.anyOf ? schema.anyOf : [schema];
}

const accepts = (schema, type) => [schema.type].flat().includes(type);

function child(schema, key) {
    for (const one of alternatives(schema)) {
        if (Array.isArray(key)) {
            if (accepts(one, 'array')) return one.items;
        } else if (accepts(one, 'object')) {
            if (one.properties && Object.hasOwn(one.properties, key)) return one.properties[key];
            if (one.additionalProperties) return one.additionalProperties;
        }
    }
    return undefined;
}

// Every place of a value: the container, the key in it, and the schema of what stands there.
export function places(value, schema) {
    const all = [];
    const walk = (container, at) => {
        if (container === null || typeof container !== 'object') return;
        for (const key of Object.keys(container)) {
            const below = at && child(at, Array.isArray(container) ? [key] : key);
            all.push({ container, key: Array.isArray(container) ? Number(key) : key, schema: below, parent: at });
            walk(container[key], below);
        }
    };
    walk(value, schema);
    return all;
}

const words = ['', ' ', 'a', 'A', '-', '--', '.', '..', '/', '//', '*', '**', '@', '#', '$', '${{ x }}', '$[[ x ]]', '~',
    ':', '?', '\\', '"', "'", '\n', '\t', '\u0007', '\u007f', 'ä', '日本', '\u{1f600}', '\u2028', '0', '00', '1', '9', '_',
    '%', '&', '.lock', 'GITHUB_', 'CI_', '/32', '/129', '10.0.0.0/16', '::', 'secret:', 'latest', 'sha256:', ',', '<', '>'];

// A text near another one.
export function nearText(text, dice) {
    let points = [...text];
    for (let edits = 1 + dice.below(3); edits > 0; --edits) {
        const at = dice.below(points.length + 1);
        switch (dice.below(6)) {
            case 0: points.splice(at, 1); break;
            case 1: points.splice(at, 0, ...dice.pick(words)); break;
            case 2: points.splice(at, 1, ...dice.pick(words)); break;
            case 3: points = points.concat(points.slice(0, at)); break;
            case 4: points.splice(at, 0, points[dice.below(Math.max(points.length, 1))] ?? 'x'); break;
            default: points = points.slice(0, at);
        }
    }
    if (dice.chance(0.05)) points = Array(dice.pick([20, 21, 24, 25, 63, 64, 65, 128, 129, 200, 201, 256])).fill('a');
    return points.join('');
}

function nearNumber(number, schema, dice) {
    const bounds = alternatives(schema ?? {}).flatMap((one) => [one.minimum, one.maximum, ...(one.enum ?? [])]);
    const known = bounds.filter((one) => typeof one === 'number');
    const from = known.length ? dice.pick(known) : number;
    return dice.pick([from - 1, from, from + 1, number + 1, number - 1, 0, -1, number + 0.5, number * 1000]);
}

const strange = [null, true, false, 0, 1, -1, 1.5, '', 'none', 'default', [], {}, [null], ['a', 'a'], { x: 1 }, [[]],
    { path: '/' }, 'true', '1'];

// Something that the schema says may stand there: an example, a default, a word of an enum, or near a bound.
function proposal(schema, dice) {
    const made = [];
    for (const one of [schema, ...alternatives(schema)]) {
        made.push(...(one.examples ?? []));
        if (one.default !== undefined) made.push(one.default);
        if (one.enum) made.push(...one.enum);
        if (accepts(one, 'boolean')) made.push(true, false);
        if (accepts(one, 'integer') && one.minimum !== undefined) made.push(one.minimum, one.maximum);
        if (accepts(one, 'null')) made.push(null);
        if (accepts(one, 'object') && one.properties) made.push(record(one, dice));
    }
    return structuredClone(dice.pick(made.length ? made : strange));
}

// A map with what is required and some of the rest.
function record(schema, dice) {
    const made = {};
    for (const [key, one] of Object.entries(schema.properties)) {
        if (schema.required?.includes(key) || dice.chance(0.2)) made[key] = proposal(one, dice);
    }
    return made;
}

function retype(place, dice) {
    const value = place.container[place.key];
    return dice.pick([() => structuredClone(dice.pick(strange)), () => [value], () => ({ [place.key]: value }), () => String(value),
        () => (Array.isArray(value) ? value[0] ?? null : value), () => (place.schema ? proposal(place.schema, dice) : null)])();
}

// Changes one place of a value.
export function mutate(value, schema, dice) {
    const all = places(value, schema);
    if (all.length === 0) return;
    const place = dice.pick(all);
    const { container, key } = place;
    const here = container[key];
    const maps = [{ map: value, schema }, ...all.filter((one) => one.schema && one.container[one.key] &&
        typeof one.container[one.key] === 'object' && !Array.isArray(one.container[one.key]))
        .map((one) => ({ map: one.container[one.key], schema: one.schema }))];
    const change = dice.below(10);
    if (change < 2) {  // take something away
        if (Array.isArray(container)) container.splice(key, 1);
        else delete container[key];
    } else if (change < 4) {  // add a key that is known there
        const { map, schema: at } = dice.pick(maps);
        const records = alternatives(at).filter((one) => one.properties);
        if (records.length === 0) return;
        const name = dice.pick(Object.keys(records[0].properties));
        map[name] = proposal(records[0].properties[name], dice);
    } else if (change === 4) {  // call something by another name
        if (Array.isArray(container)) container.push(structuredClone(here));
        else {
            delete container[key];
            container[dice.chance(0.5) ? nearText(String(key), dice) : dice.pick(['x', 'name', 'API', 'a--b'])] = here;
        }
    } else if (change === 5) {
        container[key] = retype(place, dice);
    } else if (change === 6 && place.schema) {
        container[key] = proposal(place.schema, dice);
    } else if (change === 7) {  // what stands somewhere else
        const other = dice.pick(all);
        container[key] = structuredClone(other.container[other.key]);
    } else if (typeof here === 'string') {
        container[key] = nearText(here, dice);
    } else if (typeof here === 'number') {
        container[key] = nearNumber(here, place.schema, dice);
    } else if (Array.isArray(here)) {
        const fill = dice.pick([[], [...here, ...here], [...here, null], Array(60).fill('a'), here.concat('x')]);
        container[key] = structuredClone(fill);
    } else {
        container[key] = structuredClone(dice.pick(strange));
    }
}
