import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HttpTool, McpTool } from '@vox/contracts';
import { lintTool } from '@vox/tools';
import { pinOf } from '@vox/tools/mcp';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { voxCommand } from '../../commands.ts';

const folder = mkdtempSync(join(tmpdir(), 'vox-import-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => {
  process.exitCode = 0;
});

const shop = `
openapi: 3.0.3
servers:
  - url: https://{host}.shop.com/v1
    variables: { host: { default: api } }
security: [{ shopKey: [] }]
paths:
  /orders/{number}:
    get:
      operationId: findOrder
      summary: Finds an order by its number.
      parameters:
        - { $ref: '#/components/parameters/Number' }
        - { in: query, name: ids, schema: { type: array, items: { type: string } } }
        - { in: header, name: X-Ids, schema: { type: array, items: { type: string } } }
    delete:
      operationId: cancelOrder
      parameters: [{ $ref: '#/components/parameters/Number' }]
  /twice:
    get:
      parameters: [{ in: query, name: q, schema: { type: string, pattern: '^(a+)\\1$' } }]
components:
  parameters:
    Number: { in: path, name: number, required: true, schema: { type: string } }
  securitySchemes:
    shopKey: { type: http, scheme: bearer }
`;

async function run(content: string, ...args: string[]): Promise<{ printed: string; noted: string[] }> {
  const file = join(folder, 'openapi.yaml');
  writeFileSync(file, content);
  let printed = '';
  const noted: string[] = [];
  await voxCommand({
    ask: () => Promise.reject(new Error('nobody is to be asked')),
    ...{ actor: 'operator:test', requestId: 'r1', say: () => undefined },
    note: (text) => void noted.push(text),
    print: async (text) => void (printed += text),
  }).parseAsync(['tool', 'import', file, ...args], { from: 'user' });
  return { printed, noted };
}

describe('docs/tools.md', () => {
  const page = readFileSync(new URL('../../../../docs/tools.md', import.meta.url), 'utf8');
  const after = (heading: string, language: string): string =>
    new RegExp(`${heading}[^]*?\`\`\`${language}\\n([^\`]+)\`\`\``).exec(page)?.[1] ?? '';
  it('shows an OpenAPI document and the descriptor that is made of it', async () => {
    const { printed } = await run(after('## Tools of an OpenAPI document', 'yaml'), '--operation', 'addNote');
    expect(JSON.parse(printed)).toEqual(JSON.parse(after('## Tools of an OpenAPI document', 'json')));
  });
  it('shows a tool of an MCP server with its pin, in which the linter finds nothing', () => {
    const tool = McpTool.parse(JSON.parse(after('## Tools of MCP servers', 'json')));
    expect(lintTool(tool)).toEqual([]);
    expect(pinOf({ description: tool.description, inputSchema: tool.parameters })).toBe(tool.pin);
  });
});

describe('vox tool import', () => {
  it('prints the descriptor of an operation, and beside it what is left out and which secret it needs', async () => {
    const { printed, noted } = await run(shop, '--operation', 'findOrder');
    expect(HttpTool.parse(JSON.parse(printed))).toMatchObject({
      ...{ kind: 'http_tool', name: 'findOrder', description: 'Finds an order by its number.' },
      parameters: { required: ['number'] },
      http: {
        method: 'GET',
        urlTemplate: 'https://api.shop.com/v1/orders/{{args.number}}?ids={{args.ids|repeat}}',
        headers: { Authorization: 'Bearer {{secrets.SHOP_KEY}}' },
      },
    });
    expect(noted).toEqual([
      'findOrder: The optional parameter X-Ids (header) is left out: it may be a list or an object.',
      'findOrder: The header Authorization holds the secret SHOP_KEY. Keep it before the agent uses the tool.',
    ]);
    expect(process.exitCode ?? 0).toBe(0);
  });
  it('prints several operations as a list, each at the server that was given', async () => {
    const { printed } = await run(
      shop,
      '--operation',
      'findOrder',
      'cancelOrder',
      '--server',
      'https://test.shop.com/',
    );
    expect(JSON.parse(printed)).toMatchObject([
      {
        name: 'findOrder',
        http: { urlTemplate: 'https://test.shop.com/orders/{{args.number}}?ids={{args.ids|repeat}}' },
      },
      { name: 'cancelOrder', http: { method: 'DELETE' } },
    ]);
  });
  it('says what the linter finds in a descriptor, and exits 1', async () => {
    const { noted } = await run(shop, '--operation', 'GET /twice');
    expect(noted.at(-1)).toMatch(/^error: parameters\.properties\.q\.pattern .*\(bad-schema\)$/);
    expect(process.exitCode).toBe(1);
  });
  it('lists the operations with their ids', async () => {
    const { printed } = await run(shop, '--list');
    expect(printed).toMatch(/^OPERATION +METHOD +PATH +SUMMARY\nfindOrder +GET +\/orders\/\{number\} +Finds an order/);
    expect(printed).toContain('GET /twice');
  });
  it.each([
    ['a file that is no YAML', 'a: [', [], 'openapi.yaml', /line 1, column \d+$/],
    ['a value that contains itself', 'openapi: 3.0.3\npaths: &a\n  /a: *a\n', [], 'openapi.yaml', /refers to itself/],
    ['aliases that would fill the memory', bomb(), [], 'openapi.yaml', /refers to itself or too often$/],
    ['a file of another kind', '{}', [], 'openapi.yaml.openapi', /version 3\.0 or 3\.1/],
    ['an operation that is not there', shop, ['findOder'], '--operation', /“findOder” is no operation .*--list/],
    [
      'what cannot be translated',
      shop.replace('scheme: bearer', 'scheme: digest'),
      ['findOrder'],
      'shopKey.type',
      /bearer/,
    ],
  ])('refuses %s, and names the place', async (_what, content, operations, place, message) => {
    const asked = operations.length === 0 ? ['--list'] : ['--operation', ...operations];
    await expect(run(content, ...asked)).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
      answer: {
        issues: [{ path: expect.stringMatching(new RegExp(`${place}$`)), message: expect.stringMatching(message) }],
      },
    });
  });
});

/** Ten lists of ten aliases of the list before: written out, they are 10¹⁰ texts. */
function bomb(): string {
  const list = (n: number, of: string) => `a${n}: &a${n} [${Array(10).fill(of).join(', ')}]\n`;
  return [...Array(10).keys()].map((n) => list(n, n === 0 ? 'x' : `*a${n - 1}`)).join('');
}
