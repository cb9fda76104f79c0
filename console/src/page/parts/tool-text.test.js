import { describe, expect, it } from 'vitest';
import { findingsOf, hostOf, kindOf, secretsOf } from './tool-text.js';

const contracts = await import(/** @type {string} */ ('@vox/tools'));

const http = (/** @type {string} */ urlTemplate, headers = {}) => ({
  kind: 'http_tool',
  http: { urlTemplate, headers },
});
const kept = (/** @type {string} */ name, /** @type {string[]} */ ...hosts) => ({ name, inForce: { hosts } });

describe('what a screen says of a tool', () => {
  it('is its kind and its host, as the broker reads it', () => {
    expect([kindOf({ type: 'function' }), kindOf({ kind: 'mcp_tool' })]).toEqual(['function', 'mcp_tool']);
    for (const url of [
      'https://API.shop.com/a/{{args.a}}?x={{args.b}}',
      'https://a.example:8443',
      'ftp://a',
      '',
      'https://{{args.a}}/',
    ])
      expect([url, hostOf(http(url))]).toEqual([url, contracts.hostOf(url)]);
    expect(hostOf({ kind: 'mcp_tool', server: 'https://mcp.example/x' })).toBe('mcp.example');
    expect(hostOf({ kind: 'built_in', name: 'end_call' })).toBeUndefined();
  });
  it('are the secrets that it names, and which of them its call would be refused for', () => {
    const tool = http('https://api.shop.com/', {
      a: 'Bearer {{secrets.ONE}}',
      b: '{{ secrets.TWO }}{{secrets.ONE}}',
      c: '{{secrets.NONE}}',
    });
    const secrets = [kept('ONE', 'api.shop.com'), kept('TWO', 'other.example'), kept('MORE', 'api.shop.com')];
    expect(secretsOf(tool, secrets)).toEqual([
      { name: 'ONE', state: 'kept' },
      { name: 'TWO', state: 'elsewhere' },
      { name: 'NONE', state: 'missing' },
    ]);
    expect(secretsOf(tool, []).map(({ name }) => name)).toEqual(contracts.secretsIn(tool.http));
  });
  it('are the findings of that tool alone, with their places in it', () => {
    const found = [{ place: '1.http.url' }, { place: '11.name' }, { place: '1.name' }];
    expect(findingsOf(found, 1)).toEqual([{ place: 'http.url' }, { place: 'name' }]);
    expect(findingsOf(found, 0)).toEqual([]);
  });
});
