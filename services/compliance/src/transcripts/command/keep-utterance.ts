import { type Fact, makeFact, type Policy, SourceSlipped, type TranscriptAppended } from '@vox/contracts';
import type { Outcome } from '@vox/platform/bus';
import { Fault } from '@vox/platform/fault';
import type { CutCounts } from '@vox/redaction';
import { isWithdrawn, stands } from '../../consent/decide/consent.ts';
import type { Needs } from '../../dependencies.ts';
import type { Box } from '../../vault/command/vault.ts';
import { subjectCell } from '../../vault/keep/keys.ts';
import { giveBack, type Message, mayKeep, opened, type Taken, type Transcript, take } from '../decide/transcript.ts';
import { sealedAt, wordsOf } from '../decide/utterance.ts';
import { callCell } from '../keep/calls.ts';
import { transcriptCell } from '../keep/transcripts.ts';

type Said = Fact<typeof TranscriptAppended>['data'];
export type KeepNeeds = Pick<
  Needs,
  'bus' | 'calls' | 'transcripts' | 'utterances' | 'consents' | 'vault' | 'policies' | 'reading' | 'clock'
>;

/**
 * Keeps one message, sealed for the person it is about, once however often it is heard; or drops it, where nothing may be kept. Whatever should
 * have been cut before it came here is cut now, and told. `retry` while nobody has heard of the call.
 */
export async function keepUtterance(
  needs: KeepNeeds,
  heard: Said,
  { id, time }: Pick<Fact, 'id' | 'time'>,
): Promise<Outcome> {
  const policy = policyOf(needs, heard.tenantId);
  const { said, found } = await cut(needs, heard, policy);
  // Told before it is kept, so that a crash between leaves it to be told again; what is kept was told.
  if (found.length > 0 && !(await needs.utterances.has(heard))) await tellSlipped(needs, heard, `slipped:${id}`, found);
  if (policy.retention.transcripts === 0) return 'ack';
  const words = wordsOf(said);
  const message = { bytes: Buffer.byteLength(words), acceptedAtMs: Date.parse(time) };
  const taken = await place(needs, said, message);
  if (taken === 'unknown') return 'retry';
  if (taken.kind === 'refused') return 'ack';
  const box = await boxFor(needs, policy, taken.transcript);
  const isKept = box !== undefined && (await add(needs, box, said, words, message.bytes));
  if (!isKept) await leave(needs, said, message);
  return 'ack';
}

export function policyOf({ policies }: Pick<Needs, 'policies'>, tenantId: string): Policy {
  const policy = policies.get(tenantId);
  if (policy === undefined) throw new Fault('UNAVAILABLE', {}, { cause: new Error('no policy is known of a tenant') });
  return policy;
}

/** What a message says without cards. The edge has cut them already, also those that are split over messages: this looks at one alone. */
async function cut(
  { reading }: Pick<Needs, 'reading'>,
  data: Said,
  { redaction }: Policy,
): Promise<{ said: Said; found: CutCounts }> {
  const { message, found } = await reading.redactAlone(data.sessionId, data, redaction);
  return { said: message, found };
}

export async function tellSlipped(
  { bus, clock }: Pick<Needs, 'bus' | 'clock'>,
  { tenantId, sessionId }: Pick<Said, 'tenantId' | 'sessionId'>,
  id: string,
  found: CutCounts,
): Promise<void> {
  const data = { tenantId, sessionId, source: 'edge-guard', found };
  await bus.publish(SourceSlipped, makeFact(SourceSlipped, { id, source: 'compliance', at: clock.now() }, data));
}

/** Takes a place for one more message. The transcript is opened by the first one. */
async function place(needs: KeepNeeds, of: Said, message: Message): Promise<Taken | 'unknown'> {
  const call = { current: undefined as Transcript | undefined };
  const attempt = () =>
    needs.transcripts.update<Taken | 'unknown'>(transcriptCell(of.tenantId, of.sessionId), (now) => {
      const transcript = now ?? call.current;
      if (transcript === undefined) return { result: 'unknown' };
      const taken = take(transcript, message);
      return taken.kind === 'taken' ? { result: taken, state: taken.transcript } : { result: taken };
    });
  const taken = await attempt();
  if (taken !== 'unknown') return taken;
  const known = await needs.calls.read(callCell(of.tenantId, of.sessionId));
  call.current = known && opened(known);
  return known === undefined ? 'unknown' : attempt();
}

const leave = ({ transcripts }: KeepNeeds, { tenantId, sessionId }: Said, message: Message): Promise<void> =>
  transcripts.update<void>(transcriptCell(tenantId, sessionId), (now) =>
    now === undefined ? { result: undefined } : { result: undefined, state: giveBack(now, message) },
  );

/** What seals for the person of a call; `undefined` when none of its words may be kept. */
async function boxFor(needs: KeepNeeds, { retention, consent }: Policy, whose: Transcript): Promise<Box | undefined> {
  const [said, box] = await Promise.all([
    needs.consents.read(subjectCell(whose.tenantId, whose.subjectId)),
    needs.vault.box(whose),
  ]);
  const keeping = {
    retentionDays: retention.transcripts,
    consentDemanded: consent.transcripts,
    isGiven: stands(said, 'transcripts'),
    isTakenBack: isWithdrawn(said, 'transcripts'),
  };
  return mayKeep(keeping) ? box : undefined;
}

const add = (
  { utterances }: KeepNeeds,
  box: Box,
  { tenantId, sessionId, messageId, role, at, sequence }: Said,
  words: string,
  bytes: number,
): Promise<boolean> =>
  utterances.add({
    ...{ tenantId, sessionId, messageId, role, sequence, bytes },
    atMs: Date.parse(at),
    sealed: box.seal(sealedAt({ sessionId, messageId }), words),
  });
