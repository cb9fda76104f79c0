import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ToolRule } from '@vox/contracts';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { voxCommand } from '../commands.ts';

const folder = mkdtempSync(join(tmpdir(), 'vox-tool-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => {
  process.exitCode = 0;
});

const tool = {
  kind: 'http_tool',
  name: 'find_order',
  description: 'Finds an order by its number.',
  parameters: { type: 'object', properties: { number: { type: 'string' } }, required: ['number'] },
  http: {
    method: 'GET',
    urlTemplate: 'https://api.shop.com/orders/{{args.number}}',
    headers: { Authorization: 'Bearer {{secrets.SHOP_KEY}}' },
  },
};
const leaking = { ...tool, http: { ...tool.http, headers: { Authorization: 'Bearer hunter2hunter2' } } };

async function lint(content: unknown, ...more: string[]): Promise<{ printed: string; said: unknown[] }> {
  const file = join(folder, 'tools.json');
  writeFileSync(file, JSON.stringify(content));
  let printed = '';
  const said: unknown[] = [];
  await voxCommand({
    ask: () => Promise.reject(new Error('nobody is to be asked')),
    actor: 'operator:test',
    requestId: 'r1',
    say: (answer) => void said.push(answer),
    note: () => undefined,
    print: async (text) => void (printed += text),
  }).parseAsync(['tool', 'lint', file, ...more], { from: 'user' });
  return { printed, said };
}

describe('docs/tools.md', () => {
  const page = readFileSync(new URL('../../../docs/tools.md', import.meta.url), 'utf8');
  it('shows tools in which the linter finds nothing', async () => {
    const examples = [...page.matchAll(/```json\n([^`]+)```/g)].map(([, example = '']) => example);
    const tools = examples.filter((example) => /"kind": "(?:http_tool|built_in|mcp_tool)"/.test(example));
    expect(tools).toHaveLength(4);
    for (const example of tools)
      expect(await lint(JSON.parse(example))).toMatchObject({ printed: 'Nothing is wrong.\n' });
  });
  it('names every rule of the linter', () => {
    expect(ToolRule.options.filter((rule) => !page.includes(`\`${rule}\``))).toEqual([]);
  });
});

describe('vox tool lint', () => {
  it('says that nothing is wrong with a sound descriptor, and exits 0', async () => {
    expect(await lint(tool)).toMatchObject({ printed: 'Nothing is wrong.\n' });
    expect(process.exitCode ?? 0).toBe(0);
  });
  it('names rule, place and remedy of what is wrong, never the credential, and exits 1', async () => {
    const { printed } = await lint([tool, { ...leaking, name: 'other' }]);
    expect(printed).toMatch(
      /^error: 1\.http\.headers\.Authorization holds .*\{\{secrets\.NAME\}\} \(hard-coded-secret\)\n$/,
    );
    expect(printed).not.toContain('hunter2');
    expect(process.exitCode).toBe(1);
  });
  it('reads the tools of each agent of a tenant, where two agents may share a name and one may not', async () => {
    const page = { type: 'function', name: 'show_map', description: '', parameters: {} };
    const tenant = {
      tenantId: 'acme',
      agents: [
        { agentId: 'a', tools: [tool, page] },
        { agentId: 'b', tools: [tool, tool] },
      ],
    };
    const { said } = await lint(tenant, '--json');
    expect(said).toEqual([
      {
        findings: [
          expect.objectContaining({ rule: 'bad-schema', place: 'a.tools.1.parameters.type', level: 'warning' }),
          expect.objectContaining({ rule: 'same-name', place: 'b.tools.1.name', level: 'error' }),
        ],
      },
    ]);
  });
  it.each([
    ['a field of another name', { ...tool, http: { ...tool.http, url: 'x' } }, 'http'],
    ['a time that is too long', { ...tool, http: { ...tool.http, timeoutMs: 120_001 } }, 'http.timeoutMs'],
    ['a name that the provider refuses', { ...tool, name: 'find order' }, 'name'],
    ['another kind', { ...tool, kind: 'shell' }, 'kind'],
  ])('refuses a descriptor with %s, and names the field', async (_what, content, field) => {
    await expect(lint(content)).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
      answer: { issues: [{ path: expect.stringMatching(new RegExp(`${field}$`)) }] },
    });
  });
  it('reads tools of every kind, and holds each to its rules', async () => {
    const end = { kind: 'built_in', name: 'end_call' };
    const link = { urlTemplate: 'http://pay.shop.com/', label: 'Pay' };
    const { printed } = await lint([tool, end, { kind: 'built_in', name: 'transfer_to_link', link }]);
    expect(printed).toBe('error: 2.link.urlTemplate must begin with https:// (insecure-url)\n');
  });
  it('refuses a file without any tool', async () => {
    await expect(lint([])).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
  });
});
