import type { Told } from '@vox/platform/bus';

/** Names without what they share. */
export const shortName = (name: string): string => name.replace(/^vox\./, '');

const began = ['session.granted', 'session.admitted', 'session.requested'];

/** What may have caused a fact of a call, in the same call. The last of these before it is taken. */
const inCall: Readonly<Record<string, readonly string[]>> = {
  'session.requested': [],
  'session.admitted': ['session.requested'],
  'session.denied': ['session.admitted', 'session.requested'],
  'session.granted': ['session.admitted'],
  'session.expiring': ['session.granted'],
  'session.ended': ['session.granted'],
  'usage.reported': ['session.granted'],
  'usage.metered': ['session.granted'],
  'quota.reserved': ['session.requested'],
  'quota.settled': ['session.ended', 'session.denied'],
  'quota.adjusted': ['usage.reported', 'usage.metered'],
  'quota.exceeded': ['usage.metered', 'usage.reported', 'session.granted'],
  'security.report-doubted': ['usage.reported'],
  'tool.used': ['session.granted'],
  'transcript.appended': ['session.granted'],
  'transcript.completed': ['session.ended', ...began],
  'privacy.transcript-finalised': ['session.ended', ...began],
  'privacy.source-slipped': ['session.granted'],
};

/** Whether `inCall` says what causes facts of this name. */
export const hasCauses = (name: string): boolean => Object.hasOwn(inCall, shortName(name));

type Ends = Readonly<{ inCall?: readonly string[]; ofTenant?: readonly string[] }>;
/** What ends a call, by the reason of its end: another fact of the call, or an act on its tenant. */
const ofEnd: Readonly<Record<string, Ends>> = {
  quota: { inCall: ['quota.exceeded'] },
  policy: { inCall: ['security.report-doubted', 'usage.metered'] },
  max_duration: { inCall: ['session.expiring'] },
  key_revoked: { ofTenant: ['identity.key-revoked'] },
  admin: {
    ofTenant: [
      ...['security.acted', 'identity.kill-switch-engaged', 'identity.tenant-suspended', 'identity.login-ended'],
      ...['identity.key-revoked', 'identity.member-removed'],
    ],
  },
  privacy: { ofTenant: ['privacy.consent-recorded', 'privacy.request-opened'] },
};

const endOf = ({ name, fact }: Told): Ends => {
  if (shortName(name) !== 'session.ended') return {};
  return ofEnd[String((fact?.data as { reason?: unknown } | undefined)?.reason)] ?? {};
};

/** Names of acts on a tenant that may have caused this fact. */
export const causesOfTenant = (told: Told): readonly string[] => endOf(told).ofTenant ?? [];

const isBefore = (one: Told, other: Told): boolean =>
  one.at < other.at || (one.at === other.at && one.stream === other.stream && one.place < other.place);

/** The last of these facts that came before another one and has one of these names. */
const lastBefore = (told: Told, known: readonly Told[], names: readonly string[]): Told | undefined =>
  known.filter((each) => names.includes(shortName(each.name)) && isBefore(each, told)).at(-1);

/** Whether an act on a tenant can have had this effect: on all its calls, on those of one key, or on one call. */
function concerns({ fact: act }: Told, { sessionId, fact }: Told): boolean {
  const done = (act?.data ?? {}) as Readonly<{ widgetKey?: unknown; target?: unknown }>;
  const identity = (fact?.data as { identity?: { widgetKey?: unknown } } | undefined)?.identity;
  if (typeof done.target === 'string' && done.target.startsWith('session:'))
    return done.target === `session:${sessionId}`;
  return done.widgetKey === undefined || done.widgetKey === identity?.widgetKey;
}

/**
 * What caused a fact, as far as the facts that are known tell: an act on the tenant where the fact says so, or the last
 * fact of the call that can have led to it. Both lists are in the order in which their facts were stored.
 */
export function causeOf(told: Told, ofCall: readonly Told[], ofTenant: readonly Told[]): Told | undefined {
  const { inCall: ending = [], ofTenant: acts = [] } = endOf(told);
  const act = lastBefore(
    told,
    ofTenant.filter((each) => concerns(each, told)),
    acts,
  );
  return act ?? lastBefore(told, ofCall, ending) ?? lastBefore(told, ofCall, inCall[shortName(told.name)] ?? []);
}

/** The causes of a fact, the nearest first, back to what nobody knows a cause of. */
export function chainOf(told: Told, ofCall: readonly Told[], ofTenant: readonly Told[]): readonly Told[] {
  const chain: Told[] = [];
  for (let each = causeOf(told, ofCall, ofTenant); each !== undefined; each = causeOf(each, ofCall, ofTenant))
    chain.push(each);
  return chain;
}
