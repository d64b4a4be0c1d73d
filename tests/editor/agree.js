// usage: agree.js PROGRAM ROOT   the JSON Schema and the decoder say the same of shapes: over the
// fixtures of the rules, the plans, and every value of one of them in turn replaced by others.
//
// A file is wrong by the schema where and only where contplan reports a shape: an unknown key
// (CP006), a wrong type (CP007), a word that a choice does not take (CP009). What the schema refuses
// may also be a placeholder in place of such a word (CP203, CP204) or an `unknown` without its parts
// (CP205): contplan calls these by their own names, and finds placeholders elsewhere as well.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const { execFileSync, spawnSync } = require('child_process');
const Ajv = require('ajv');
const yaml = require('yaml');

const [program, root] = process.argv.slice(2);
const must = new Set(['CP006', 'CP007', 'CP009']);
const may = new Set(['CP006', 'CP007', 'CP009', 'CP203', 'CP204', 'CP205']);
/* What ends the reading of a file: of its shape nothing is said. */
const unread = new Set(['CP001', 'CP002', 'CP003', 'CP004', 'CP013']);
const selected = [...may, ...unread].join(',');

const ajv = new Ajv({ strict: true, allowUnionTypes: true });

/* Keys of a schema that say nothing of themselves, and references that lead out of it. */
function* defects(schema, at) {
    for (const [key, below] of Object.entries(schema)) {
        if (key === '$ref' && !below.startsWith('#/definitions/')) {
            yield `${at} refers to ${below}`;
        }
        if (key === 'properties') {
            yield* Object.keys(below).filter((name) => !below[name].description)
                .map((name) => `${at}.${name} is not described`);
        }
        if (below !== null && typeof below === 'object') {
            yield* defects(below, `${at}.${key}`);
        }
    }
}

function schemaOf(subject) {
    const schema = JSON.parse(execFileSync(program, ['schema', subject], { maxBuffer: 1 << 24 }));
    const found = [...defects(schema, subject)];
    if (found.length > 0 || schema.$schema !== 'http://json-schema.org/draft-07/schema#') {
        console.log(`agree: the schema is not whole: ${found.slice(0, 5).join('; ')}`);
        process.exit(1);
    }
    return ajv.compile(schema);
}

const schemas = { plan: schemaOf('plan'), portfolio: schemaOf('portfolio') };

/* The codes that contplan reports below a folder: of each file, by its path. */
function report(folder) {
    const { stdout } = spawnSync(
        program,
        ['-C', folder, 'validate', '.', '--format', 'json', '--fail-on', 'never',
            '--select', selected, '--today', '2026-11-23'],
        { maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'], encoding: 'utf8' });
    const codes = new Map();
    for (const finding of JSON.parse(stdout).findings) {
        const file = path.normalize(finding.path);
        codes.set(file, (codes.get(file) || new Set()).add(finding.code));
    }
    return codes;
}

function read(text) {
    const document = yaml.parseDocument(text, { uniqueKeys: true });
    return document.errors.length > 0 ? undefined : document.toJS({ maxAliasCount: 1000 });
}

let compared = 0;
let refused = 0;
let wrong = 0;

/* Whether schema and contplan agree on one file that holds `value`; `codes` are contplan's. */
function compare(name, file, value, codes) {
    const has = (set) => [...codes].some((code) => set.has(code));
    if (value === undefined || has(unread)) {
        return;
    }
    const check = schemas[path.basename(file) === 'contplan.yaml' ? 'portfolio' : 'plan'];
    const isValid = check(value);
    compared++;
    refused += isValid ? 0 : 1;
    if (isValid ? has(must) : !has(may)) {
        wrong++;
        console.log(`${name}: ${file}: the schema ${isValid ? 'accepts' : 'refuses'} it, contplan ` +
            `says ${[...codes].join(' ') || 'nothing'}`);
        if (!isValid) {
            console.log(`    ${ajv.errorsText(check.errors).slice(0, 300)}`);
        }
    }
}

/* Writes the files into a folder of their own, and compares each. */
function compareFiles(name, files, value = (text) => read(text.toString())) {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'contplan-agree-'));
    for (const [file, text] of files) {
        fs.mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
        fs.writeFileSync(path.join(folder, file), text);
    }
    const codes = report(folder);
    for (const [file, text] of files) {
        compare(name, file, value(text), codes.get(path.normalize(file)) || new Set());
    }
    fs.rmSync(folder, { recursive: true });
}

/* A fixture is cut at its lines `--- # file: PATH DATE`; of a file with a history the last counts,
 * and documents have no schema. */
function cut(fixture) {
    const parts = fixture.toString('latin1').split(/^--- # file: (.*)\n/m).slice(1);
    const files = new Map();
    for (let at = 0; at < parts.length; at += 2) {
        files.set(parts[at].trim().split(' ')[0], Buffer.from(parts[at + 1], 'latin1'));
    }
    return [...files].filter(([name]) => /\.ya?ml$/.test(name));
}

const fixtures = path.join(root, 'tests/golden/rules');
for (const file of fs.readdirSync(fixtures).filter((name) => name.endsWith('.yaml'))) {
    compareFiles(file, cut(fs.readFileSync(path.join(fixtures, file))));
}

function yamlBelow(folder) {
    return fs.readdirSync(folder, { recursive: true })
        .filter((name) => name.endsWith('.yaml'))
        .map((name) => [name, fs.readFileSync(path.join(folder, name))]);
}
for (const portfolio of ['example', 'opg']) {
    compareFiles(portfolio, yamlBelow(path.join(root, 'plans', portfolio)));
}

/* Each value of a document replaced, in turn, by each of these. */
const replacements = [
    'text', '', 7, true, null, [], {}, ['text'], { text: 'text' }, [{ nonsense: 'text' }],
    { audience: 'public' }, { audience: 'nobody' }, { unknown: { reason: 'Not measured' } },
    { unknown: { reason: 'Not measured', owner: 'Maya Lind', due: '2027-01-31' } },
    { unknown: { reason: 'Not measured', owner: 'Maya Lind', due: '2027-01-31', nonsense: 1 } },
    { unknown: { reason: 'Not measured', owner: 'Maya Lind', due: '2027-01-31' }, more: 1 },
    { not_applicable: { reason: 'None here', by: 'Maya Lind' } },
    [{ not_applicable: { reason: 'None here', by: 'Maya Lind' } }],
];

/* Of a single value only every fourth is tried: there are many of them, and of few kinds. An empty
 * item of a list cannot be written in braces. */
let turn = 0;
const isTried = (value, replacement, isItem) =>
    replacement === null && isItem ? false : typeof value === 'object' || turn++ % 4 === 0;

function* replaced(value, whole) {
    if (value === null || typeof value !== 'object') {
        return;
    }
    for (const key of Object.keys(value)) {
        const kept = value[key];
        for (const replacement of replacements) {
            if (isTried(kept, replacement, Array.isArray(value))) {
                value[key] = replacement;
                yield JSON.stringify(whole, null, 1);
            }
        }
        value[key] = kept;
        yield* replaced(kept, whole);
    }
}

/* A document that is faster to read in a thousand variants: one item a list, short texts. */
function shorten(value) {
    if (Array.isArray(value)) {
        return value.slice(0, 1).map(shorten);
    }
    return value === null || typeof value !== 'object'
        ? String(value).slice(0, 20)
        : Object.fromEntries(Object.entries(value).map(([key, below]) => [key, shorten(below)]));
}

/* JSON is YAML, but for its null: contplan knows no typed scalars, and takes that for a text. */
function compareVariants(name, document, at) {
    const value = shorten(read(fs.readFileSync(path.join(root, 'plans/example', document), 'utf8')));
    delete value.plans;
    const files = [...replaced(value, value)].map(
        (text, number) => [at(number), text.replaceAll(/: null(,?)$/gm, ': $1')]);
    compareFiles(name, files, (text) => JSON.parse(text.replaceAll(/: (,?)$/gm, ': null$1')));
}

compareVariants('permits.yaml varied', 'plans/permits.yaml', (number) => `${number}.yaml`);
compareVariants('contplan.yaml varied', 'contplan.yaml', (number) => `${number}/contplan.yaml`);

console.log(`agree: ${compared} files, of which the schema refuses ${refused}; ${wrong} disagree`);
process.exit(wrong === 0 && refused > 100 ? 0 : 1);
