import type { Bus } from '@vox/platform/bus';
import type { Redactor } from '@vox/platform/redaction-thread';
import type { Clock } from '@vox/platform/time';
import { freshRedactionState, type RedactionState } from '@vox/redaction';
import type { Vault } from '../../vault/mod.ts';
import { type Utterance, wordsOf } from '../decide/utterance.ts';
import { type Calls, callKey } from '../keep/calls.ts';
import type { OfSession, Utterances } from '../keep/utterances.ts';
import { publishSlip } from '../publish/facts.ts';
import { knownPolicy, type Policies } from './known-policy.ts';
import { openWords, sealWords } from './sealed-words.ts';

export type RedactConversation = Readonly<{
  bus: Pick<Bus, 'publish'>;
  calls: Pick<Calls, 'read'>;
  utterances: Pick<Utterances, 'page' | 'replace'>;
  vault: Pick<Vault, 'box'>;
  policies: Policies;
  reading: Pick<Redactor, 'redact'>;
  clock: Clock;
}>;

const page = 200;

/**
 * Reads a whole conversation in its order once its call is over, and cuts what no single message shows: a card that is
 * split over messages which came to the edge in another order, or through copies that did not know of each other.
 *
 * This is the last of three places where secrets are cut from what is said. The first is edge-guard (its
 * `transcripts`), which cuts each batch as it comes in. The second is `keep-utterance.ts`, which looks at each message
 * alone. What is found here is published as `source-slipped`.
 */
export async function redactConversation(dependencies: RedactConversation, session: OfSession): Promise<void> {
  const { bus, calls, vault, policies, utterances, reading, clock } = dependencies;
  const call = await calls.read(callKey(session.tenantId, session.sessionId));
  const box = call && (await vault.box(call));
  if (box === undefined) return;
  const { redaction } = knownPolicy(policies, session.tenantId);
  let state: RedactionState = freshRedactionState;
  for (let after: Utterance | undefined; ; ) {
    const part = await utterances.page(session, page, after);
    const opened = part.flatMap((utterance) => {
      const words = openWords(box, utterance);
      return words === undefined ? [] : [{ utterance, words: { role: utterance.role, ...words } }];
    });
    const spoken = opened.map(({ words }) => words);
    const read = await reading.redact(session.sessionId, state, spoken, redaction);
    if (read.found.length > 0) {
      const id = `slipped:${session.sessionId}:across:${after?.messageId ?? ''}`;
      await publishSlip(bus, session, { id, at: clock.now(), found: read.found });
    }
    for (const [at, { utterance, words }] of opened.entries()) {
      const clean = read.messages[at] ?? words;
      if (wordsOf(clean) !== wordsOf(words))
        await utterances.replace({ ...utterance, ...sealWords(box, utterance, clean) });
    }
    state = read.state;
    after = part.at(-1);
    if (part.length < page) return;
  }
}
