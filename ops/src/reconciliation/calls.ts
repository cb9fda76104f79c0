import {
  consumers,
  isAlive,
  SessionAdmitted,
  SessionDenied,
  SessionEnded,
  SessionGranted,
  SessionRequested,
  subjectFilterOf,
  typeOf,
  UsageMetered,
  UsageReported,
} from '@vox/contracts';
import { type RequestRow, responseKey } from '@vox/quota/ledger';
import type { SessionRow } from '@vox/session-broker/ledger';
import { type Finding, finding, type IdRange, isIn, type Ledger, type PublishedFact, rememberedMs } from './ledger.ts';
import { addCount, miscounted, noCounts, type ProviderCounts } from './provider-counts.ts';
import { holdersOf, isOld } from './slots.ts';

/** One call: the facts about it, and what the services keep of it. */
type Call = {
  tenantId: string;
  /** The ids of its facts, by type. A fact that was delivered twice has one id. */
  ids: Map<string, Set<string>>;
  firstAtMs: number;
  lastAtMs: number;
  responseIds: string[];
  /** What the provider counted, if it is brokered. */
  counts: ProviderCounts;
  connectedSeconds: number;
  /** The time of the grant, as the fact of its end names it. */
  grantedAtMs: number;
  claimedAtMs?: number;
  request?: RequestRow;
  session?: SessionRow;
};

/** Collects facts and records of the calls of a range. */
async function gathered(ledger: Ledger, range: IdRange): Promise<ReadonlyMap<string, Call>> {
  const calls = new Map<string, Call>();
  const of = (sessionId: string, tenantId: string): Call => {
    const known = calls.get(sessionId);
    if (known !== undefined) return known;
    const times = { firstAtMs: Number.POSITIVE_INFINITY, lastAtMs: 0 };
    const said = { responseIds: [], counts: noCounts(), connectedSeconds: 0, grantedAtMs: 0 };
    const call = { tenantId, ids: new Map(), ...times, ...said };
    calls.set(sessionId, call);
    return call;
  };
  for await (const fact of ledger.calls(range))
    if (fact.sessionId !== undefined) addFact(of(fact.sessionId, fact.tenantId), fact);
  for await (const row of ledger.quota.requests(range)) of(row.sessionId, row.tenantId).request = row;
  for await (const row of ledger.broker.sessions(range)) of(row.sessionId, row.tenantId).session = row;
  for await (const slots of ledger.broker.slots(ledger.nowMs))
    for (const [sessionId, claimedAtMs] of holdersOf(slots))
      if (isIn(sessionId, range)) of(sessionId, slots.tenantId).claimedAtMs = claimedAtMs;
  return calls;
}

function addFact(call: Call, { id, type, atMs, data }: PublishedFact): void {
  call.ids.set(type, (call.ids.get(type) ?? new Set()).add(id));
  call.firstAtMs = Math.min(call.firstAtMs, atMs);
  call.lastAtMs = Math.max(call.lastAtMs, atMs);
  if (type === typeOf(UsageReported)) call.responseIds.push(responseKey(String(data.responseId)));
  if (type === typeOf(SessionEnded)) call.grantedAtMs = Date.parse(String(data.grantedAt));
  if (type !== typeOf(UsageMetered)) return;
  call.connectedSeconds = Math.max(call.connectedSeconds, Number(data.connectedSeconds));
  addCount(call.counts, data.counted);
}

/** I2, I3 and I4 for the calls of a range: slot, decision, end, and the effect of each fact. */
export async function* callsOff(ledger: Ledger, range: IdRange): AsyncGenerator<Finding> {
  for (const [sessionId, call] of await gathered(ledger, range)) {
    yield* slotOff(ledger, sessionId, call);
    yield* decisionOff(ledger, sessionId, call);
    if (isOld(call.lastAtMs, ledger) && call.firstAtMs > ledger.nowMs - rememberedMs)
      yield* effectsOff(ledger, sessionId, call);
  }
}

/** I2: live sessions and slots match one to one, and no session outlives its time, its tenant or its key. */
function* slotOff(ledger: Ledger, sessionId: string, { claimedAtMs, session, tenantId }: Call): Generator<Finding> {
  if (claimedAtMs !== undefined && isOld(claimedAtMs, ledger) && session?.kind !== 'live')
    yield finding(`I2: a slot of ${tenantId} is held by ${sessionId}, which does not live`);
  if (session?.kind !== 'live') return;
  if (claimedAtMs === undefined) yield finding(`I2: ${sessionId} lives without a slot`);
  if (isOld(session.endsAtMs, ledger)) yield finding(`I2: ${sessionId} outlives its time`);
  const policy = ledger.policies.get(tenantId);
  if (policy === undefined || !isOld(session.grantedAtMs, ledger)) return;
  const { identity } = session;
  const key = identity.kind === 'widget' ? policy.keys.find((each) => each.key === identity.widgetKey) : undefined;
  if (policy.status !== 'active') yield finding(`I4: ${sessionId} lives though ${tenantId} is suspended`);
  else if (key?.revokedAt != null && isOld(Date.parse(key.revokedAt), ledger) && !isAlive(key, ledger.nowMs))
    yield finding(`I4: ${sessionId} lives under a key that is revoked`);
}

/** I3: every request has one decision, and every grant has one end or a live session. */
function* decisionOff(ledger: Ledger, sessionId: string, call: Call): Generator<Finding> {
  const count = (kind: Parameters<typeof typeOf>[0]): number => call.ids.get(typeOf(kind))?.size ?? 0;
  const [granted, denied, ended] = [count(SessionGranted), count(SessionDenied), count(SessionEnded)];
  const lives = call.session?.kind === 'live';
  if (granted + denied > 1) yield finding(`I3: ${sessionId} has ${granted + denied} decisions`);
  if (granted > 0 && call.session?.kind === 'denied')
    yield finding(`I3: ${sessionId} was granted and is kept as denied`);
  if (ended > granted && call.grantedAtMs > ledger.callsFromMs) yield finding(`I3: ${sessionId} ended without a grant`);
  if (granted > 0 && ended > 0 && lives) yield finding(`I3: ${sessionId} ended and lives`);
  if (ended > 1) yield finding(`I3: ${sessionId} ended ${ended} times`);
  if (!isOld(call.lastAtMs, ledger)) return;
  if (
    count(SessionRequested) > 0 &&
    granted + denied === 0 &&
    !isDead(ledger, call, sessionId, 'quotaRequests', 'brokerAdmissions')
  )
    yield finding(`I3: ${sessionId} was asked for and has no decision`);
  if (granted > 0 && ended === 0 && !lives) yield finding(`I3: ${sessionId} was granted and has no end`);
}

type Effect = readonly [Parameters<typeof typeOf>[0], keyof typeof consumers, boolean, string];

/** I4: every fact had its effect, or is a dead letter. */
function* effectsOff(ledger: Ledger, sessionId: string, call: Call): Generator<Finding> {
  const { request, session } = call;
  const admitted = request?.kind === 'admitted' ? request : undefined;
  const closed = request === undefined || request.kind === 'denied' || request.closed;
  const kept = new Set(admitted?.responseIds);
  // What the browser of a brokered call reports is not counted: the provider says what it used.
  const isReported = admitted !== undefined && !admitted.doubted && admitted.provider === undefined;
  const counted = !isReported || call.responseIds.every((id) => kept.has(id));
  const odd = admitted && oddCount(ledger, call, admitted);
  const metered = admitted === undefined || admitted.connectedSeconds >= call.connectedSeconds;
  const effects: readonly Effect[] = [
    [SessionRequested, 'quotaRequests', request !== undefined, 'was asked for and quota knows nothing of it'],
    [SessionAdmitted, 'brokerAdmissions', session !== undefined, 'was admitted and the broker knows nothing of it'],
    [SessionDenied, 'quotaDenials', closed, 'was denied and its budget is still held'],
    [SessionEnded, 'quotaEnds', closed, 'is over and not settled'],
    [UsageReported, 'quotaReports', counted, 'reported usage that is not counted'],
    [UsageMetered, 'quotaMeter', metered, 'was metered longer than is counted'],
    [UsageMetered, 'quotaMeter', odd === undefined, odd ?? ''],
  ];
  for (const [kind, consumer, happened, words] of effects)
    if (call.ids.has(typeOf(kind)) && !happened && !isDead(ledger, call, sessionId, consumer))
      yield finding(`I4: ${sessionId} ${words}`);
}

/** I4: a brokered call is counted as its provider counted it. The stream begins with the oldest fact that it keeps. */
function oddCount(
  { callsFromMs }: Ledger,
  { ids, firstAtMs, counts }: Call,
  { closed, responseIds, provider }: Extract<RequestRow, { kind: 'admitted' }>,
): string | undefined {
  const isWhole = ids.has(typeOf(SessionRequested)) && firstAtMs > callsFromMs;
  return provider && miscounted(counts, { closed, responseIds, provider }, isWhole);
}

/** Whether one of these consumers gave a fact of the call up, and a dead letter says so. */
function isDead(
  { deadLetters }: Ledger,
  { tenantId }: Call,
  sessionId: string,
  ...names: readonly (keyof typeof consumers)[]
): boolean {
  return names.some((name) =>
    consumers[name].kinds.some((kind) =>
      deadLetters.has(`${consumers[name].name} ${subjectFilterOf(kind).replace('>', `${tenantId}.${sessionId}`)}`),
    ),
  );
}
