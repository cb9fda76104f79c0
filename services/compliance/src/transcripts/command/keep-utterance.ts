import type { Fact, Policy, TranscriptAppended } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import type { Redactor } from '@vox/platform/redaction-thread';
import type { Clock } from '@vox/platform/time';
import { type ConsentStore, isGiven, isWithdrawn } from '../../consent/mod.ts';
import { type Box, subjectDocumentKey, type Vault } from '../../vault/mod.ts';
import {
  type Message,
  mayKeep,
  opened,
  type PlaceDecision,
  releasePlace,
  type Transcript,
  takePlace,
} from '../decide/transcript.ts';
import { wordsOf } from '../decide/utterance.ts';
import { type Calls, callKey } from '../keep/calls.ts';
import { type Transcripts, transcriptKey } from '../keep/transcripts.ts';
import type { Utterances } from '../keep/utterances.ts';
import { publishSlip } from '../publish/facts.ts';
import { knownPolicy, type Policies } from './known-policy.ts';
import { sealWords } from './sealed-words.ts';

export type KeepUtterance = Readonly<{
  bus: Pick<Bus, 'publish'>;
  calls: Pick<Calls, 'read'>;
  transcripts: Pick<Transcripts, 'update'>;
  utterances: Pick<Utterances, 'add' | 'has'>;
  consents: Pick<ConsentStore, 'read'>;
  vault: Pick<Vault, 'box'>;
  policies: Policies;
  reading: Pick<Redactor, 'redactAlone'>;
  clock: Clock;
}>;
type Appended = Fact<typeof TranscriptAppended>['data'];
/** `unknown-call` while nobody has heard of the call: its grant is on its way. */
export type Heard = 'done' | 'unknown-call';

/**
 * Keeps one message, sealed for the person it is about, once however often it is heard; or drops it, where nothing may
 * be kept.
 *
 * This is the second of three places where secrets are cut from what is said: it looks at one message alone. Before it,
 * edge-guard (its `transcripts`) cuts each batch as it comes in, with what was said before it in the call. After it,
 * `redact-conversation.ts` reads the whole conversation once the call is over. What is found here should have been cut
 * at the edge, so it is published as `source-slipped`.
 */
export async function keepUtterance(
  dependencies: KeepUtterance,
  appended: Appended,
  { id, time }: Pick<Fact, 'id' | 'time'>,
): Promise<Heard> {
  const { bus, policies, reading, utterances, clock } = dependencies;
  const policy = knownPolicy(policies, appended.tenantId);
  const { message: clean, found } = await reading.redactAlone(appended.sessionId, appended, policy.redaction);
  // Published before it is kept: a crash between leaves it to be published again, and whatever is kept was published.
  if (found.length > 0 && !(await utterances.has(appended)))
    await publishSlip(bus, appended, { id: `slipped:${id}`, at: clock.now(), found });
  if (policy.retention.transcripts === 0) return 'done';
  const message = { bytes: Buffer.byteLength(wordsOf(clean)), acceptedAtMs: Date.parse(time) };
  const place = await placeFor(dependencies, clean, message);
  if (place === 'unknown-call') return place;
  if (place.kind === 'refused') return 'done';
  const box = await boxOf(dependencies, policy, place.transcript);
  const isKept = box !== undefined && (await add(dependencies, box, clean));
  if (!isKept) await release(dependencies, clean, message);
  return 'done';
}

/** Takes a place for one more message. The transcript is opened by the first one. */
async function placeFor(
  { calls, transcripts }: KeepUtterance,
  { tenantId, sessionId }: Appended,
  message: Message,
): Promise<PlaceDecision | 'unknown-call'> {
  const attempt = (born?: Transcript) =>
    transcripts.update<PlaceDecision | 'unknown-call'>(transcriptKey(tenantId, sessionId), (now = born) => {
      if (now === undefined) return { result: 'unknown-call' };
      const place = takePlace(now, message);
      return place.kind === 'taken' ? { result: place, state: place.transcript } : { result: place };
    });
  const place = await attempt();
  if (place !== 'unknown-call') return place;
  const call = await calls.read(callKey(tenantId, sessionId));
  return call === undefined ? 'unknown-call' : attempt(opened(call));
}

const release = ({ transcripts }: KeepUtterance, { tenantId, sessionId }: Appended, message: Message): Promise<void> =>
  transcripts.update<void>(transcriptKey(tenantId, sessionId), (now) =>
    now === undefined ? { result: undefined } : { result: undefined, state: releasePlace(now, message) },
  );

/** What seals for the person of a call; `undefined` when none of its words may be kept. */
async function boxOf(
  { consents, vault }: KeepUtterance,
  { retention, consent }: Policy,
  transcript: Transcript,
): Promise<Box | undefined> {
  const [answers, box] = await Promise.all([
    consents.read(subjectDocumentKey(transcript.tenantId, transcript.subjectId)),
    vault.box(transcript),
  ]);
  const keeping = {
    retentionDays: retention.transcripts,
    consentDemanded: consent.transcripts,
    isGiven: isGiven(answers, 'transcripts'),
    isTakenBack: isWithdrawn(answers, 'transcripts'),
  };
  return mayKeep(keeping) ? box : undefined;
}

const add = ({ utterances }: KeepUtterance, box: Box, message: Appended): Promise<boolean> => {
  const { tenantId, sessionId, messageId, role, at, sequence } = message;
  return utterances.add({
    ...{ tenantId, sessionId, messageId, role, sequence, atMs: Date.parse(at) },
    ...sealWords(box, message, message),
  });
};
