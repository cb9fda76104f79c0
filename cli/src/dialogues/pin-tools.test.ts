import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { egress } from '@vox/platform/egress';
import { mcpAnswers, type Offer, type WebServer, webServer } from '@vox/testing/mcp';
import { pinOf } from '@vox/tools/mcp';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { voxCommand } from '../commands.ts';
import { sentencesOf } from '../text/sentences.ts';
import { overlooked, pinnedTool, toolsOf } from './pin-tools.ts';

const inputSchema = { type: 'object' as const, properties: { number: { type: 'string' as const } } };
const older = { $schema: 'http://json-schema.org/draft-07/schema#', ...inputSchema };
const find = { name: 'orders.find', description: 'Finds\u0000 an order.', inputSchema: older };
const tools: Offer['tools'] = [
  find,
  { name: 'a b', inputSchema },
  { name: 'twice', inputSchema },
  { name: 'twice', inputSchema },
];

const folder = mkdtempSync(join(tmpdir(), 'vox-mcp-'));
let server: WebServer;
let ca = '';
const heard: (string | null)[] = [];
beforeAll(async () => {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const made = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const named = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  execFileSync('openssl', [...made, ...named, '-keyout', key, '-out', cert], { stdio: 'ignore' });
  ca = readFileSync(cert, 'utf8');
  const answer = mcpAnswers(() => ({ tools, call: () => ({ content: [] }) }));
  server = await webServer(
    (request) => {
      heard.push(request.headers.get('authorization'));
      return request.headers.get('authorization') === 'Bearer s3cret'
        ? answer(request)
        : new Response(null, { status: 401 });
    },
    { key: readFileSync(key, 'utf8'), cert: ca },
  );
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});
afterEach(() => void heard.splice(0));

const source = (secretOf: (name: string) => string | undefined = () => 's3cret', trusted: string | undefined = ca) => ({
  egress: egress({ ports: [443], allowLoopback: true, ...(trusted !== undefined && { ca: trusted }) }),
  ...{ server: server.url, headers: { Authorization: 'Bearer {{secrets.SHOP_MCP}}' }, secretOf },
});
const sentence = (work: Promise<unknown>) =>
  work.then(() => ['nothing was said'], sentencesOf).then((all) => all.join());

describe('a tool that is pinned', () => {
  it('is what its server says of it now, with the name of its secret and never its value', async () => {
    const pinned = pinnedTool(source(), await toolsOf(source()), 'orders.find');
    expect(pinned).toEqual({
      ...{ kind: 'mcp_tool', name: 'orders_find', description: 'Finds an order.', parameters: inputSchema },
      ...{ server: server.url, tool: 'orders.find', timeoutMs: 10_000, pin: pinOf(find) },
      headers: { Authorization: 'Bearer {{secrets.SHOP_MCP}}' },
    });
    expect(new Set(heard)).toEqual(new Set(['Bearer s3cret']));
  });
  it.each([
    ['that is not there', 'nothing', /“nothing” is no tool of this server; --list shows them/],
    ['of which there are two', 'twice', /“twice” is the name of two tools/],
    ['whose name no descriptor holds', 'a b', /a b\.tool must be 1 to 128 letters/],
  ])('is none %s', async (_what, name, said) => {
    const listed = await toolsOf(source());
    expect(await sentence((async () => pinnedTool(source(), listed, name))())).toMatch(said);
  });
  it('is refused with the reason where its server cannot be asked', async () => {
    expect(await sentence(toolsOf(source(() => 'wrong')))).toBe('the server answers with the status 401.');
    expect(await sentence(toolsOf(source(undefined, '')))).toMatch(/shows no certificate that is believed\.$/);
    expect(await sentence(toolsOf(source(() => undefined)))).toMatch(/^the environment lacks SHOP_MCP: /);
  });
});

describe('words of a server', () => {
  const said = (description: string, schema: object = {}) =>
    overlooked({ name: 'find', description, inputSchema: { ...schema }, pin: '' });
  it('are said to hold what a person overlooks: hidden characters in text and schema, and more than is kept', () => {
    expect(said('Finds\nan order.')).toEqual([]);
    expect(said('Finds\u202e', { properties: { a: { description: '\u{e0041}\u{e0042}' } } })).toEqual([
      'find: The server’s words hold characters that nobody sees: U+202E, U+E0041, U+E0042.',
    ]);
    expect(said('a'.repeat(1_025))).toEqual(['find: The description is cut after 1024 characters.']);
  });
});

describe('vox tool import mcp', () => {
  const run = (...args: string[]) =>
    voxCommand({
      ask: () => Promise.reject(new Error('nobody is to be asked')),
      ...{ actor: 'operator:test', requestId: 'r1', say: () => undefined, note: () => undefined },
      print: async () => undefined,
    }).parseAsync(['tool', 'import', 'mcp', ...args], { from: 'user' });
  it.each([
    [['http://mcp.shop.com/'], /^<url> must be an https URL without a user\.$/],
    [['https://127.0.0.1/mcp'], /^the server may not be called: the address of its URL is refused\.$/],
    [['https://localhost/mcp'], /^the server may not be called: the host of its URL is refused\.$/],
    [['https://mcp.shop.com/', '--header', 'Authorization'], /^--header must be a name, a colon and a value\.$/],
    [['https://mcp.shop.com/', '--header', 'X-Key: {{secrets.NO_SUCH}}'], /^the environment lacks NO_SUCH: /],
  ])('%j says what is wrong before anything is sent', async (args, said) => {
    expect(await sentence(run(...args, '--tool', 'find'))).toMatch(said);
  });
});
