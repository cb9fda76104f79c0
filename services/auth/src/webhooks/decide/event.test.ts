import {
  type Fact,
  type FactKind,
  KeyAging,
  makeFact,
  PrivacyRequestDueSoon,
  PrivacyRequestOverdue,
  QuotaExceeded,
  QuotaThreshold,
  SessionDenied,
  SessionEnded,
  SessionGranted,
  WebhookEvent,
  WebhookEventType,
} from '@vox/contracts';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { eventOf, type ToldKind } from './event.ts';

const at = '2026-05-05T12:00:00.000Z';
const id = '11111111-2222-4333-8444-555555555555';
const canaries = ['v_CanaryCanaryCanary0001', 'canary-user-1', 'a_CanaryCanaryCanary0001', 'canary'];
const [visitorId = '', userId = '', addressMark, canary] = canaries;
const widgetKey = 'w_acme_site_0123456789abcdef';
const visitor = { tenantId: 'acme', sessionId: id, identity: { kind: 'widget', widgetKey, visitorId } } as const;
const member = { ...visitor, identity: { kind: 'console', userId } } as const;
const call = { agentId: 'guide', model: 'gpt-realtime-2.1', voice: 'marin', maxSeconds: 9, idleSeconds: 9 };
const budget = {
  tenantId: 'acme',
  identityKind: 'widget',
  day: '2026-05-05',
  period: 'day',
  measure: 'tokens',
} as const;
const request = { tenantId: 'acme', privacyRequestId: id, kind: 'erase', dueAt: at } as const;

/** A fact that has more than its kind says today: a field that joins later must not leave by itself. */
const told = <K extends FactKind>(kind: K, data: z.infer<K['data']>): Fact<K> =>
  makeFact(kind, { id: 'f1', source: 'test', at: new Date(at) }, { ...(data as object), addressMark, canary } as never);

const examples: readonly (readonly [string, Fact<ToldKind>, object])[] = [
  [
    'session.granted',
    told(SessionGranted, { ...visitor, ...call, grantedAt: at, endsAt: at }),
    { identityKind: 'widget', widgetKey },
  ],
  [
    'session.denied',
    told(SessionDenied, { ...visitor, by: 'quota', denial: { reason: 'quota', scope: 'tokens' } }),
    { reason: 'quota', scope: 'tokens' },
  ],
  [
    'session.ended',
    told(SessionEnded, { ...member, reason: 'idle', grantedAt: at, endedAt: at, connectedSeconds: 9 }),
    { identityKind: 'console', widgetKey: null },
  ],
  ['quota.threshold', told(QuotaThreshold, { ...budget, percent: 80, limit: 9 }), { percent: 80 }],
  ['quota.exceeded', told(QuotaExceeded, { ...budget, sessionId: id, resetsAt: at }), { sessionId: id }],
  ['privacy.deadline', told(PrivacyRequestDueSoon, request), { state: 'due-soon', dueAt: at }],
  ['privacy.deadline', told(PrivacyRequestOverdue, request), { state: 'overdue', privacyRequestId: id }],
  [
    'key.aging',
    told(KeyAging, { tenantId: 'acme', kind: 'secret', keyId: 'k', cause: 'unused', since: at }),
    { cause: 'unused' },
  ],
];

describe('what a tenant is told', () => {
  it.each(examples)('of a fact is %s in its documented shape, and nothing of a person (%#)', (type, fact, data) => {
    const event = eventOf(fact);
    expect(event).toMatchObject({ type, timestamp: at, data: { tenantId: 'acme', ...data } });
    const sent = JSON.parse(JSON.stringify(event));
    expect(WebhookEvent.parse(sent)).toEqual(sent);
    for (const each of canaries) expect(JSON.stringify(event)).not.toContain(each);
  });
  it('has an example for each type that may be chosen', () => {
    expect(new Set(examples.map(([type]) => type))).toEqual(new Set(WebhookEventType.options));
  });
});
