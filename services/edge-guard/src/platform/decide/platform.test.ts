import type { ConsumerProgress, CopyStatus } from '@vox/contracts';
import { describe, expect, it } from 'vitest';
import { platformOf } from './platform.ts';

const at = '2026-11-30T12:00:00.000Z';
const progress = (over: Partial<ConsumerProgress> = {}): ConsumerProgress => ({
  ...{ consumer: 'quota-ends', waiting: 0, inWork: 0, redelivered: 0, oldestSeconds: null },
  ...over,
});
const copy = (name: string, over: Partial<CopyStatus> = {}): CopyStatus => ({
  ...{ copy: name, version: '0.9.0', startedAt: at, state: 'working' },
  ...{ dependencies: [], breakers: [], consumers: [] },
  ...over,
});
const of = (copies: Parameters<typeof platformOf>[0]['copies']) =>
  platformOf({ copies, deadLetters: null, findings: null }, at);

describe('how the installation is', () => {
  it('shows every service, and one that said nothing without copies', () => {
    const { services } = of({ quota: [copy('b:2'), copy('a:1')] });
    expect(services.map(({ service, copies }) => [service, copies.map((each) => each.copy)])).toEqual([
      ['edge-guard', []],
      ['auth', []],
      ['quota', ['a:1', 'b:2']],
      ['session-broker', []],
      ['compliance', []],
    ]);
  });
  it('shows a consumer once, with the most that any of its copies knows, and whoever has most to do first', () => {
    const copies = [
      copy('a:1', { consumers: [progress({ waiting: 3, inWork: 2, oldestSeconds: 4 }), progress({ consumer: 'b' })] }),
      copy('b:2', { consumers: [progress({ waiting: null, inWork: null, redelivered: null, oldestSeconds: 9 })] }),
    ];
    expect(of({ quota: copies }).consumers).toEqual([
      { ...progress({ waiting: 3, inWork: 2, oldestSeconds: 9 }), service: 'quota', isBehind: false },
      { ...progress({ consumer: 'b' }), service: 'quota', isBehind: false },
    ]);
  });
  it('shows who is behind, and what nobody could read as unknown', () => {
    const known = [copy('a:1', { consumers: [progress({ waiting: 900, inWork: 100 })] })];
    expect(of({ quota: known }).consumers).toMatchObject([{ isBehind: true }]);
    const unknown = { waiting: null, inWork: null, redelivered: null };
    expect(of({ quota: [copy('a:1', { consumers: [progress(unknown)] })] }).consumers).toMatchObject([
      { ...unknown, isBehind: false },
    ]);
  });
  it('says which versions run, and which service to upgrade next, as long as they differ', () => {
    expect(of({ quota: [copy('a:1')], auth: [copy('b:1')] })).toMatchObject({ versions: ['0.9.0'], upgradeNext: null });
    expect(of({ quota: [copy('a:1')], auth: [copy('b:1', { version: '0.10.0' })] })).toMatchObject({
      versions: ['0.9.0', '0.10.0'],
      upgradeNext: 'quota',
    });
    expect(of({})).toMatchObject({ versions: [], upgradeNext: null });
  });
  it('shows copies that share a process once', () => {
    const [, , quota] = of({ quota: [copy('a:1'), copy('a:1')] }).services;
    expect(quota?.copies).toHaveLength(1);
  });
});
