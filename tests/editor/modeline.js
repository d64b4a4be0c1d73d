// usage: modeline.js PROGRAM   the modelines that `contplan new` and `init` write lead
// yaml-language-server to the schemas: it finds nothing to complain of in plan and portfolio file,
// marks a key that is none, completes keys, and says of a key what it means.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const { execFileSync, spawn } = require('child_process');
const { pathToFileURL } = require('url');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'contplan-modeline-'));
const [program] = process.argv.slice(2);
execFileSync(program, ['init', folder], { stdio: 'ignore' });
execFileSync(program, ['-C', folder, 'new', 'permits'], { stdio: 'ignore' });
const plan = path.join(folder, 'plans/permits.yaml');
const uri = pathToFileURL(plan).href;
const good = fs.readFileSync(plan, 'utf8');
const config = path.join(folder, 'contplan.yaml');
/* As a person does it who takes the marks from the keys that stand there as comments. */
const whole = fs.readFileSync(config, 'utf8').replace(/^# (?=[a-z_]+:|  )/gm, '');
const bad = good.replace('\nsummary:', '\nnonsense: text\nsummary:');

const server = spawn(process.execPath,
    [path.join(path.dirname(require.resolve('yaml-language-server/package.json')),
        'bin/yaml-language-server'), '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
const answers = new Map();
const diagnostics = [];
let wanted = () => {};
let received = Buffer.alloc(0);
let last = 0;

function send(message) {
    const text = JSON.stringify({ jsonrpc: '2.0', ...message });
    server.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
}

function request(method, params) {
    const id = ++last;
    send({ id, method, params });
    return new Promise((resolve) => answers.set(id, resolve));
}

function take(message) {
    if (message.method === 'textDocument/publishDiagnostics') {
        diagnostics.push(message.params.diagnostics);
        wanted();
    } else if (message.method && message.id !== undefined) {
        const asked = message.method === 'workspace/configuration' ? message.params.items : null;
        send({ id: message.id, result: asked && asked.map(() => null) });
    } else if (answers.has(message.id)) {
        answers.get(message.id)(message.result);
    }
}

server.stdout.on('data', (chunk) => {
    received = Buffer.concat([received, chunk]);
    for (;;) {
        const head = received.indexOf('\r\n\r\n');
        const length = head < 0 ? 0 : Number(/Content-Length: (\d+)/i.exec(received.subarray(0, head))[1]);
        if (head < 0 || received.length < head + 4 + length) {
            return;
        }
        const body = received.subarray(head + 4, head + 4 + length);
        received = received.subarray(head + 4 + length);
        take(JSON.parse(body));
    }
});

/* The diagnostics that come next of a document's text. */
async function diagnosed(version, text, file = uri) {
    const before = diagnostics.length;
    const came = new Promise((resolve) => {
        wanted = () => diagnostics.length > before && resolve();
    });
    if (version === 1) {
        send({ method: 'textDocument/didOpen',
            params: { textDocument: { uri: file, languageId: 'yaml', version, text } } });
    } else {
        send({ method: 'textDocument/didChange',
            params: { textDocument: { uri: file, version }, contentChanges: [{ text }] } });
    }
    await came;
    return diagnostics[diagnostics.length - 1].map((diagnostic) => diagnostic.message);
}

function check(what, isRight, shown) {
    console.log(`modeline: ${isRight ? 'good' : 'WRONG'}: ${what}${isRight ? '' : `: ${shown}`}`);
    process.exitCode = isRight ? process.exitCode : 1;
}

async function main() {
    await request('initialize', { processId: process.pid, rootUri: null, capabilities: {},
        workspaceFolders: null });
    send({ method: 'initialized', params: {} });
    const ofGood = await diagnosed(1, good);
    check('a new plan has the right shape', ofGood.length === 0, ofGood.join('; '));
    const ofBad = await diagnosed(2, bad);
    check('a key that is none is marked', ofBad.some((text) => text.includes('nonsense')),
        ofBad.join('; '));
    const line = good.split('\n').findIndex((text) => /^ +- mtpd:/.test(text));
    await diagnosed(3, `${good}rev\n`);
    const { items } = await request('textDocument/completion', { textDocument: { uri },
        position: { line: good.split('\n').length - 1, character: 3 } });
    const keys = items.map((item) => item.label);
    check('keys are completed', keys.includes('review'), keys.join(' '));
    const hover = await request('textDocument/hover',
        { textDocument: { uri }, position: { line, character: 9 } });
    const text = JSON.stringify(hover);
    check('a key says what it means', text.includes('Maximum tolerable period'), text);
    const portfolio = pathToFileURL(config).href;
    const ofWhole = await diagnosed(1, whole, portfolio);
    check('a new portfolio file has the right shape',
        ofWhole.length === 0 && whole.includes('\npeople:'), ofWhole.join('; '));
    const ofWrong = await diagnosed(2, whole.replace('\npeople:', '\npersons:'), portfolio);
    check('a key that is none is marked there', ofWrong.some((said) => said.includes('persons')),
        ofWrong.join('; '));
}

const limit = setTimeout(() => {
    check('the language server answers', false, 'it did not within a minute');
    server.kill();
    process.exit(1);
}, 60000);

main().catch((error) => check('the language server runs', false, error.stack)).finally(() => {
    clearTimeout(limit);
    server.kill();
    fs.rmSync(folder, { recursive: true });
});
