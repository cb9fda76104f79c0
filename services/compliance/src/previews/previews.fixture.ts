import type { Policy, ToldAgent } from '@vox/contracts';
import type { ResolvedPolicy } from './decide/differing.ts';
import type { PastCall } from './decide/past-call.ts';

export const someStart = Date.parse('2026-05-05T12:00:00.000Z');
export const someKey = 'w_acme_site_0123456789abcdef';

export const idOf = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** A visitor’s call that begins and ends so many seconds after noon. */
export const somePastCall = (
  n: number,
  [from, to]: readonly [number, number],
  over: Partial<PastCall> = {},
): PastCall => ({
  ...{ sessionId: idOf(n), kind: 'widget', widgetKey: someKey, agentId: 'guide', person: `p${n}` },
  ...{ startedAtMs: someStart + from * 1_000, endedAtMs: someStart + to * 1_000 },
  day: new Date(someStart + from * 1_000).toISOString().slice(0, 10),
  endReason: 'client',
  used: { tokens: 1_000, micros: 50_000, seconds: to - from },
  asked: { passed: [] },
  granted: { model: 'gpt-realtime-2.1', voice: 'marin', mode: 'brokered', idleSeconds: 300 },
  tools: [],
  ...over,
});

export const someTold = (over: Partial<ToldAgent> = {}): ToldAgent => ({
  ...{ agentId: 'guide', instructions: 'sha256:a', tools: [] },
  ...over,
});

export const resolved = (policy: Policy, told: readonly ToldAgent[] = [someTold()]): ResolvedPolicy => ({
  policy,
  told,
});
