// usage: sarif.js PROGRAM ROOT SCHEMA   what `validate --format sarif` writes is valid by the schema
// of SARIF 2.1.0, says the same as `--format json`, and leads to rules and files.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const { spawnSync } = require('child_process');
const Ajv = require('ajv');

const [program, root, schema] = process.argv.slice(2);
const isReference = (text) => /^([A-Za-z0-9._~!$&'()*+,;=:@/?#-]|%[0-9A-F]{2})*$/.test(text);
const ajv = new Ajv({
    strict: false,
    unicodeRegExp: false, /* a pattern of the schema is none of that kind */
    formats: { 'uri-reference': isReference, uri: isReference, 'date-time': true },
});
const check = ajv.compile(JSON.parse(fs.readFileSync(schema, 'utf8')));
let wrong = 0;

function expect(holds, what) {
    if (!holds) {
        wrong++;
        console.log(`sarif: ${what}`);
    }
}

function validate(folder, format) {
    const { stdout } = spawnSync(program,
        ['-C', folder, 'validate', '.', '--format', format, '--today', '2026-11-23'],
        { maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'], encoding: 'utf8' });
    return JSON.parse(stdout);
}

/* What both formats say of a finding, a line each. */
function listed(findings) {
    return findings.map((finding) => JSON.stringify([finding.code, finding.severity, finding.path,
        finding.line, finding.column, finding.end_line, finding.end_column, finding.field || '']))
        .sort().join('\n');
}

function findingOf(result) {
    const place = result.locations[0].physicalLocation;
    const severities = { error: 'error', warning: 'warning', note: 'info' };
    return {
        code: result.ruleId, severity: severities[result.level],
        path: decodeURIComponent(place.artifactLocation.uri), line: place.region.startLine,
        column: place.region.startColumn, end_line: place.region.endLine,
        end_column: place.region.endColumn, field: result.properties.field,
    };
}

/* Returns the fingerprints, by what each result says. */
function judge(name, folder) {
    const log = validate(folder, 'sarif');
    expect(check(log), `${name}: ${ajv.errorsText(check.errors).slice(0, 500)}`);
    const [run] = log.runs;
    const rules = run.tool.driver.rules;
    const open = run.results.filter((result) => result.suppressions.length === 0);
    const fingerprints = run.results.map(
        (result) => result.partialFingerprints['contplanFinding/v1']);
    expect(listed(open.map(findingOf)) === listed(validate(folder, 'json').findings),
        `${name}: not what json says`);
    expect(new Set(fingerprints).size === fingerprints.length, `${name}: a fingerprint twice`);
    for (const result of run.results) {
        const { uri } = result.locations[0].physicalLocation.artifactLocation;
        expect(rules[result.ruleIndex].id === result.ruleId, `${name}: another rule's index`);
        expect(fs.existsSync(path.join(folder, decodeURIComponent(uri))), `${name}: no ${uri}`);
        expect(result.suppressions.every((one) => one.kind === 'inSource' && one.justification),
            `${name}: a suppression without a reason`);
    }
    return { fingerprints: fingerprints.sort().join('\n'), count: run.results.length,
        waived: run.results.length - open.length };
}

/* A portfolio with findings, one of them waived, and a file name that is no URI as it stands. */
function build(folder) {
    fs.cpSync(path.join(root, 'tests/golden/good'), folder, { recursive: true });
    const plan = path.join(folder, 'plans/good.yaml');
    const waiver = '# contplan: ignore CP201 until 2027-01-31 by jon.reyes -- it is being decided';
    const text = fs.readFileSync(plan, 'utf8').replace(/^name: .*/m, `name: TBC ${waiver}`) +
        'größe: 港 TBC\nremarks: TBC\n';
    fs.writeFileSync(plan, text);
    fs.writeFileSync(path.join(folder, 'plans/gut & #1 [ä]%41.yaml'), text.replace('id: good',
        'id: other'));
}

function moveLines(folder) {
    for (const name of fs.readdirSync(path.join(folder, 'plans'))) {
        const file = path.join(folder, 'plans', name);
        fs.writeFileSync(file, `# moved\n\n${fs.readFileSync(file, 'utf8')}`);
    }
}

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'contplan-sarif-'));
build(folder);
const before = judge('made', folder);
moveLines(folder);
const after = judge('moved', folder);
expect(before.waived === 2 && before.count > 6, 'made: too little is found');
expect(before.fingerprints === after.fingerprints, 'fingerprints moved with their lines');
judge('opg', path.join(root, 'plans/opg'));
judge('example', path.join(root, 'plans/example'));
fs.rmSync(folder, { recursive: true });
if (wrong === 0) {
    console.log(`sarif: ${before.count} results are as the standard and json have them`);
}
process.exit(wrong === 0 ? 0 : 1);
