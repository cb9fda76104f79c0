import type { Fact, Identity, QuotaAdjusted, QuotaSettled, SessionEnded, SessionGranted } from '@vox/contracts';
import type { Outcome } from '@vox/platform/bus';
import type { CanonicalIdentifier } from '@vox/platform/identifiers';
import type { Needs } from '../../dependencies.ts';
import { billed, isNothing, type KeptCall } from '../decide/call.ts';
import { opened, over } from '../decide/transcript.ts';
import { callCell } from '../keep/calls.ts';
import { transcriptCell } from '../keep/transcripts.ts';

type CallNeeds = Pick<Needs, 'calls' | 'transcripts' | 'vault' | 'graceMs'>;

/** Ids of ours are in their one form from their making. */
const identifierOf = (identity: Identity): CanonicalIdentifier =>
  identity.kind === 'widget' ? { kind: 'visitor', form: identity.visitorId } : { kind: 'user', form: identity.userId };

/**
 * Keeps who a call is with and when, for whatever else is heard of it names the session alone. Its end closes the transcript, also one that holds
 * nothing yet: what comes later is then known to be late.
 */
export const onCall =
  (needs: CallNeeds) =>
  ({ data }: Fact<typeof SessionGranted | typeof SessionEnded>): Promise<Outcome> =>
    'endedAt' in data ? onEnded(needs, data) : onGranted(needs, data);

async function onGranted({ calls, vault }: CallNeeds, data: Fact<typeof SessionGranted>['data']): Promise<Outcome> {
  const { tenantId, sessionId, agentId } = data;
  const { subjectId } = await vault.subjectOf(tenantId, identifierOf(data.identity));
  const born: KeptCall = {
    ...{ tenantId, sessionId, subjectId, agentId },
    startedAtMs: Date.parse(data.grantedAt),
    endedAtMs: null,
    endReason: null,
    used: null,
  };
  await calls.update(callCell(tenantId, sessionId), (now) =>
    now === undefined ? { result: undefined, state: born } : { result: undefined },
  );
  return 'ack';
}

async function onEnded(
  { calls, transcripts, graceMs }: CallNeeds,
  data: Fact<typeof SessionEnded>['data'],
): Promise<Outcome> {
  const { tenantId, sessionId } = data;
  const endedAtMs = Date.parse(data.endedAt);
  const call = await calls.update<KeptCall | undefined>(callCell(tenantId, sessionId), (now) => {
    if (now === undefined || now.endedAtMs !== null) return { result: now };
    const ended = { ...now, endedAtMs, endReason: data.reason };
    return { result: ended, state: ended };
  });
  // Its grant is on its way: the two may be heard in either order.
  if (call === undefined) return 'retry';
  await transcripts.update<void>(transcriptCell(tenantId, sessionId), (now) =>
    now !== undefined && now.endedAtMs !== null
      ? { result: undefined }
      : { result: undefined, state: over(now ?? opened(call), endedAtMs, graceMs) },
  );
  return 'ack';
}

/** What a call used in the end. It may be told before the call is known; a request that was denied after all used nothing, and is no call. */
export const onBilled =
  ({ calls, transcripts }: Pick<Needs, 'calls' | 'transcripts'>) =>
  async ({ data }: Fact<typeof QuotaSettled | typeof QuotaAdjusted>): Promise<Outcome> => {
    const { tenantId, sessionId, settled } = data;
    const isKnown = await calls.update<boolean>(callCell(tenantId, sessionId), (now) =>
      now === undefined ? { result: false } : { result: true, state: billed(now, settled) },
    );
    if (isKnown || isNothing(settled)) return 'ack';
    // The stone of a call that was erased: what it used is nobody's any more.
    return (await transcripts.read(transcriptCell(tenantId, sessionId))) === undefined ? 'retry' : 'ack';
  };
