import { freshRedactionState, type RedactionState } from '@vox/redaction';
import { z } from 'zod';
import type { Box } from '../../vault/command/vault.ts';
import { sealedAt, type Utterance, wordsOf } from '../decide/utterance.ts';
import { callCell } from '../keep/calls.ts';
import type { OfSession } from '../keep/utterances.ts';
import { type KeepNeeds, policyOf, tellSlipped } from './keep-utterance.ts';

const page = 200;
const Words = z.object({ text: z.string(), meta: z.record(z.string(), z.json()).optional() });
export type Words = z.infer<typeof Words>;

/** What an utterance says; `undefined` when box or bytes are others. */
export function openWords(box: Box, utterance: Utterance): Words | undefined {
  const text = box.open(sealedAt(utterance), utterance.sealed);
  return text === undefined ? undefined : Words.parse(JSON.parse(text));
}

/**
 * Looks at a whole conversation in its order once it is over, for a card that is split over messages which came to the edge in another order, or
 * through copies that did not know of each other. What is found is cut, and told.
 */
export async function cutAcross(needs: KeepNeeds, session: OfSession): Promise<void> {
  const call = await needs.calls.read(callCell(session.tenantId, session.sessionId));
  const box = call && (await needs.vault.box(call));
  if (box === undefined) return;
  const { redaction } = policyOf(needs, session.tenantId);
  let state: RedactionState = freshRedactionState;
  for (let after: Utterance | undefined; ; ) {
    const part = await needs.utterances.page(session, page, after);
    const said = part.flatMap((utterance) => {
      const words = openWords(box, utterance);
      return words === undefined ? [] : [{ utterance, words: { role: utterance.role, ...words } }];
    });
    const spoken = said.map(({ words }) => words);
    const heard = await needs.reading.redact(session.sessionId, state, spoken, redaction);
    if (heard.found.length > 0) {
      const id = `slipped:${session.sessionId}:across:${after?.messageId ?? ''}`;
      await tellSlipped(needs, session, id, heard.found);
    }
    for (const [at, { utterance, words }] of said.entries()) {
      const sealed = wordsOf(heard.messages[at] ?? words);
      if (sealed !== wordsOf(words))
        await needs.utterances.replace({
          ...utterance,
          bytes: Buffer.byteLength(sealed),
          sealed: box.seal(sealedAt(utterance), sealed),
        });
    }
    state = heard.state;
    after = part.at(-1);
    if (part.length < page) return;
  }
}
