import type { Fact, QuotaAdjusted, QuotaSettled } from '@vox/contracts';
import { billed, isNothing } from '../decide/call.ts';
import { type Calls, callKey } from '../keep/calls.ts';
import { type Transcripts, transcriptKey } from '../keep/transcripts.ts';
import type { Heard } from './keep-utterance.ts';

export type BillCall = Readonly<{ calls: Pick<Calls, 'update'>; transcripts: Pick<Transcripts, 'read'> }>;

/** Keeps what a call used in the end. A request that was denied after all used nothing, and is no call. */
export async function billCall(
  { calls, transcripts }: BillCall,
  { tenantId, sessionId, settled }: Fact<typeof QuotaSettled | typeof QuotaAdjusted>['data'],
): Promise<Heard> {
  const isKnown = await calls.update<boolean>(callKey(tenantId, sessionId), (now) =>
    now === undefined ? { result: false } : { result: true, state: billed(now, settled) },
  );
  if (isKnown || isNothing(settled)) return 'done';
  // The tombstone of a call that was erased: nobody is left to whom its use belongs.
  return (await transcripts.read(transcriptKey(tenantId, sessionId))) === undefined ? 'unknown-call' : 'done';
}
