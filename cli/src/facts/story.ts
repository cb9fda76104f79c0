import type { AuditEntry, ShowSession } from '@vox/contracts';
import type { Told } from '@vox/platform/bus';
import type { z } from 'zod';
import { shortName } from './causes.ts';
import { dataOf } from './told-text.ts';

type Shown = z.infer<(typeof ShowSession)['reply']>;

/** What is known of one request or call, from the streams, from the records of compliance and from the audit log. */
export type Sources = Readonly<{
  id: string;
  tenantId: string | null;
  /** Facts about it, in the order in which they were stored. */
  told: readonly Told[];
  shown: Shown | undefined;
  /** Entries of the audit log about it that no fact among the others tells of. */
  entries: readonly AuditEntry[];
}>;

export type StoryEvent = Readonly<{
  at: string;
  /** Since the first event. */
  afterMs: number;
  by: string;
  what: string;
  details: Readonly<Record<string, unknown>> | null;
}>;

/** One row of checks of one service. `not-reached` where somebody else decided before, or nothing is known. */
export type Check = Readonly<{
  by: string;
  checks: string;
  result: 'passed' | 'refused' | 'not-reached';
  reason: string | null;
}>;

export type Story = Readonly<{
  id: string;
  tenantId: string | null;
  state: Shown['state'] | null;
  decision: Readonly<{
    outcome: 'granted' | 'denied';
    by: string;
    reason: string | null;
    tookMs: number | null;
  }> | null;
  checks: readonly Check[];
  events: readonly StoryEvent[];
  transcriptMessages: number | null;
}>;

type Denied = Readonly<{ by?: string; denial?: Readonly<{ reason?: string; scope?: string }> }>;

/** Names under which compliance knows what the facts tell, so that nothing is told twice. */
const sameAs: Readonly<Record<string, string>> = {
  requested: 'session.requested',
  reserved: 'quota.reserved',
  admitted: 'session.admitted',
  denied: 'session.denied',
  granted: 'session.granted',
  expiring: 'session.expiring',
  'quota-exceeded': 'quota.exceeded',
  ended: 'session.ended',
  settled: 'quota.settled',
  'transcript-finalised': 'privacy.transcript-finalised',
};

/** Composes one story out of all that is known. */
export function storyOf({ id, tenantId, told, shown, entries }: Sources): Story {
  const events = [
    ...told.map(eventOf),
    ...keptEvents(told, shown),
    ...entries.map(({ time, actor, action, target, outcome, reason }) => ({
      ...{ at: time, by: actor, what: action },
      details: { target, outcome, ...(reason !== null && { reason }) },
    })),
  ].toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const firstMs = Date.parse(events[0]?.at ?? '');
  return {
    ...{ id, tenantId, state: shown?.state ?? stateOf(told), decision: decisionOf(told) },
    checks: told.some(({ name }) => shortName(name).startsWith('session.')) ? checksOf(told) : [],
    events: events.map((each) => ({ ...each, afterMs: Date.parse(each.at) - firstMs })),
    transcriptMessages: shown?.transcriptMessages ?? null,
  };
}

/** One fact as an event. An act tells by itself who did what. */
function eventOf(told: Told): Omit<StoryEvent, 'afterMs'> {
  const [name, data] = [shortName(told.name), dataOf(told)];
  if (data === null) return { at: told.at, by: told.fact?.source ?? '-', what: name, details: null };
  if (name !== 'security.acted')
    return { at: told.at, by: told.fact?.source ?? '-', what: name, details: detailsOf(data) };
  const { actor, action, ...details } = detailsOf(data);
  return { at: told.at, by: String(actor), what: String(action), details };
}

/** What stands in the line anyhow is left out. */
const detailsOf = ({ tenantId: _tenant, sessionId: _session, ...rest }: Readonly<Record<string, unknown>>) =>
  rest as Readonly<Record<string, unknown>>;

/** What the records of compliance tell and no fact does: the streams forget sooner. */
function keptEvents(told: readonly Told[], shown: Shown | undefined) {
  const known = new Set(told.map(({ name }) => shortName(name)));
  const missing = (shown?.timeline ?? []).filter(({ what }) => !known.has(sameAs[what] ?? what));
  // The meter has its own facts.
  const isMetered = known.has('usage.metered');
  return missing
    .filter(({ what }) => !(what === 'seen' && isMetered))
    .map(({ at, what, details }) => ({ at, by: 'compliance (its records)', what: sameAs[what] ?? what, details }));
}

const named = (told: readonly Told[], name: string): Told | undefined =>
  told.find((each) => shortName(each.name) === name);

function decisionOf(told: readonly Told[]): Story['decision'] {
  const asked = named(told, 'session.requested');
  const decided = named(told, 'session.granted') ?? named(told, 'session.denied');
  if (decided === undefined) return null;
  const { by, denial } = (decided.fact?.data ?? {}) as Denied;
  const isYes = shortName(decided.name) === 'session.granted';
  return {
    outcome: isYes ? 'granted' : 'denied',
    by: by ?? decided.fact?.source ?? '-',
    reason: isYes ? null : reasonOf(denial),
    tookMs: asked === undefined ? null : Date.parse(decided.at) - Date.parse(asked.at),
  };
}

const reasonOf = (denial: Denied['denial']): string =>
  [denial?.reason ?? 'unknown', ...(denial?.scope === undefined ? [] : [`(${denial.scope})`])].join(' ');

const rows = [
  { by: 'edge-guard', checks: 'address, rate, body, identity, origin, bot', passedWith: ['session.requested'] },
  { by: 'quota', checks: 'tenant, agent, model, budget', passedWith: ['session.admitted', 'quota.reserved'] },
  { by: 'session-broker', checks: 'starts, open calls, provider', passedWith: ['session.granted'] },
] as const;

/** Who checked what, in the order in which a request goes through them. */
function checksOf(told: readonly Told[]): readonly Check[] {
  const { by: refusedBy, denial } = (named(told, 'session.denied')?.fact?.data ?? {}) as Denied;
  return rows.map(({ by, checks, passedWith }) => {
    if (by === refusedBy) return { by, checks, result: 'refused', reason: reasonOf(denial) };
    const isPassed = passedWith.some((name) => named(told, name) !== undefined);
    return { by, checks, result: isPassed ? 'passed' : 'not-reached', reason: null };
  });
}

function stateOf(told: readonly Told[]): Story['state'] {
  if (named(told, 'session.ended') !== undefined) return 'ended';
  if (named(told, 'session.granted') !== undefined) return 'live';
  if (named(told, 'session.denied') !== undefined) return 'denied';
  return named(told, 'session.requested') === undefined ? null : 'requested';
}
