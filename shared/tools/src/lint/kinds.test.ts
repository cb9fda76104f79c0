import { AgentTool } from '@vox/contracts';
import { describe, expect, it } from 'vitest';
import { someTool } from '../tool.fixture.ts';
import { lintTool, lintTools } from './lint.ts';

const found = (tool: object): string[] =>
  lintTool(AgentTool.parse(tool)).map(({ level, rule, place }) => `${level} ${rule} ${place}`);

const parameters = { type: 'object', properties: { order: { type: 'string' } }, required: ['order'] };
const link = { urlTemplate: 'https://pay.shop.com/{{args.order}}', label: 'Pay' };
const transfer = { kind: 'built_in', name: 'transfer_to_link', parameters, link };
const page = { type: 'function', name: 'show_map', description: 'Shows a map.', parameters };
const mcp = {
  ...{ kind: 'mcp_tool', name: 'search', description: 'Searches.', parameters, tool: 'search', pin: 'a'.repeat(64) },
  ...{ server: 'https://mcp.shop.com/mcp', headers: { Authorization: 'Bearer {{secrets.SHOP_KEY}}' } },
};
describe('the linter of tools', () => {
  it('finds nothing in a sound tool of any kind', () => {
    const builtIn = [transfer, { kind: 'built_in', name: 'end_call' }];
    const consent = { kind: 'built_in', name: 'collect_consent', purpose: 'transcripts' };
    expect([page, mcp, consent, ...builtIn].flatMap(found)).toEqual([]);
  });
  it.each([
    ['http://pay.shop.com/{{args.order}}', 'insecure-url'],
    ['https://10.0.0.1/{{args.order}}', 'private-host'],
    ['https://{{args.order}}.shop.com/', 'argument-in-host'],
    ['https://pay.shop.com/{{args.order}}?k={{secrets.KEY}}', 'secret-in-url'],
    ['https://pay.shop.com/{{args.order}}?token=letmein', 'secret-in-url'],
    ['https://pay.shop.com/{{args.order}}/{{args.item}}', 'unknown-argument'],
  ])('holds the link of a visitor, %s, to the rules of addresses: %s', (urlTemplate, rule) => {
    expect(found({ ...transfer, link: { ...link, urlTemplate } })[0]).toBe(`error ${rule} link.urlTemplate`);
  });
  it.each([
    [{ server: 'https://127.0.0.1/mcp' }, 'private-host server'],
    [{ server: 'https://mcp.shop.com/mcp?api_key=abc' }, 'secret-in-url server'],
    [{ headers: { Authorization: 'Bearer hunter2hunter2' } }, 'hard-coded-secret headers.Authorization'],
    [{ headers: { 'X-Order': '{{args.order}}' } }, 'unknown-root headers.X-Order'],
    [{ headers: { 'Mcp-Session-Id': '1' } }, 'forbidden-header headers.Mcp-Session-Id'],
    [{ parameters: { type: 'object', anyOf: [] } }, 'bad-schema parameters.anyOf'],
    [
      { parameters: { ...parameters, $schema: 'http://json-schema.org/draft-07/schema#' } },
      'bad-schema parameters.$schema',
    ],
    [{ parameters: { ...parameters, not: {} } }, 'provider-refuses parameters.not'],
  ])('holds a tool of an MCP server, with %j, to the rules: %s', (over, expected) => {
    expect(found({ ...mcp, ...over })).toContain(`error ${expected}`);
  });
  it('refuses nothing of a function of the page but its name, and warns of the rest', () => {
    expect(found({ ...page, parameters: {} })).toEqual(['warning bad-schema parameters.type']);
    expect(found({ ...page, description: 'ghp_16C7e42F292c6912E7710c838347Ae178B4a' })).toEqual([
      'warning hard-coded-secret description',
    ]);
    expect(found({ ...page, name: 'end_call' })).toEqual(['error reserved-name name']);
  });
  it('finds a credential in whatever the provider is told or the visitor reads', () => {
    const key = 'ghp_16C7e42F292c6912E7710c838347Ae178B4a';
    const told = { ...parameters, properties: { order: { type: 'string', default: key } } };
    expect(found(someTool({ http: { jsonBodyTemplate: '{{args.order}}' }, parameters: told }))).toContain(
      'error hard-coded-secret parameters.properties.order.default',
    );
    expect(found({ kind: 'built_in', name: 'end_call', description: key })).toContain(
      'error hard-coded-secret description',
    );
    expect(found({ ...transfer, link: { ...link, label: key } })).toContain('error hard-coded-secret link.label');
  });
  it('takes no two tools of one name in one agent, whatever their kinds', () => {
    const tools = [page, { ...mcp, name: 'show_map' }, transfer, transfer].map((tool) => AgentTool.parse(tool));
    expect(lintTools(tools)).toMatchObject([
      { rule: 'same-name', place: '1.name' },
      { rule: 'same-name', place: '3.name' },
    ]);
  });
});
