import { describe, expect, it } from 'vitest';
import { mayAsk } from './access.js';
import { operations } from './operations.js';
import { menuOf, placeAt, places, safeReturn } from './places.js';

const contracts = await import(/** @type {string} */ ('@vox/contracts'));
/** @type {{facts: import('./facts.js').Facts}} */
const { facts } = await import(/** @type {string} */ ('../facts.ts'));

/** @param {string} role */
const member = (role) => ({
  tenantId: role === 'platform-operator' ? '_platform' : 'acme',
  memberId: `m_${'a'.repeat(22)}`,
  role,
  freshUntil: null,
});
/** @param {string} role */
const menu = (role) => menuOf(facts, member(role)).map(({ name }) => name);
const id = '0b9ac8a6-3f1f-4a53-9f38-1b6e0f7a2c11';

describe('the menu of the console', () => {
  it('holds for each role the screens that the access table opens to it', () => {
    const all = [
      'overview',
      'first-call',
      'calls',
      'transcripts',
      'keys',
      'api-keys',
      'policy',
      'tools',
      'secrets',
      'limits',
      'usage',
      'webhooks',
      'people',
      'single-sign-on',
      'privacy',
      'holds',
      'consents',
      'retention',
      'incidents',
      'audit',
      'account',
    ];
    expect(menu('owner')).toEqual(all);
    expect(menu('admin')).toEqual(all.filter((name) => !['transcripts', 'privacy', 'holds'].includes(name)));
    expect(menu('developer')).toEqual([
      ...['overview', 'first-call', 'calls', 'keys', 'policy', 'tools', 'secrets', 'limits', 'usage', 'webhooks'],
      'account',
    ]);
    const others = /keys$|^tools$|^secrets$|^webhooks$|^single-sign-on$/;
    expect(menu('privacy-officer')).toEqual(all.filter((name) => !others.test(name)));
    expect(menu('viewer')).toEqual(['overview', 'first-call', 'calls', 'keys', 'policy', 'limits', 'usage', 'account']);
    expect(menu('platform-operator')).toEqual(['tenants', 'platform', 'audit', 'account']);
  });
});

describe('a button of the console', () => {
  it('is there exactly where the access table would allow it to whoever has a fresh code', () => {
    const nowMs = 0;
    for (const operation of Object.values(operations)) {
      const row = contracts.apiTable.find(
        (/** @type {any} */ each) => each.method === operation.method.toLowerCase() && each.path === operation.path,
      );
      if (row === undefined) continue;
      for (const role of contracts.roles.filter((/** @type {string} */ each) => each !== 'platform-operator')) {
        const who = { kind: 'member', ...member(role), freshUntilMs: 1 };
        const decision = contracts.decideAccess(row.question.action, who, 'acme', nowMs);
        expect([role, operation.path, mayAsk(facts, member(role), operation)]).toEqual([
          ...[role, operation.path],
          decision === 'allowed',
        ]);
      }
    }
  });
});

describe('a place of the console', () => {
  it('is found by its path, with the id in it, and nothing else is one', () => {
    for (const { name, path } of places) expect(placeAt(path.replace(':id', id))?.place.name).toBe(name);
    expect(placeAt(`/console/calls/${id}`)?.id).toBe(id);
    expect(placeAt('/console/keys/')?.place.name).toBe('keys');
    for (const path of [
      '/console/nothing',
      '/console/calls/x',
      '/',
      '/console/keys/x',
      '/other',
      '/console/constructor',
    ])
      expect(placeAt(path), path).toBeUndefined();
  });
  it('is where somebody goes on after signing in, and never another site', () => {
    for (const path of [
      '/console/keys',
      '/console/keys?state=live',
      `/console/audit?from=2026-01-01T00%3A00&actor=a%2Fb`,
    ])
      expect(safeReturn(path)).toBe(path);
    for (const path of [
      null,
      '',
      '//evil.example',
      'https://evil.example/console',
      '/console/sign-in',
      '/console/sign-in?next=/console/keys',
      '/console/../x',
      '/\\evil.example/console/keys',
      'console/keys',
    ])
      expect(safeReturn(path)).toBe('/console');
  });
});
