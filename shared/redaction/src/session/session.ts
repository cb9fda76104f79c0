import { without } from '../cuts/cut.ts';
import { type CutCounts, counted, type RedactionPolicy, totalled } from '../cuts/policy.ts';
import { redactJson } from '../json/json.ts';
import { cutLines } from './lines.ts';
import type { RedactionState } from './state.ts';
import { redactText, shown } from './text.ts';

/** One utterance of a session, as it is stored. Utterances of both sides stand in the order of their time. */
export type SpokenMessage = Readonly<{ role: string; text: string; meta?: unknown }>;

/**
 * Redacts a batch of one session, also where a card is split over utterances of this batch and of earlier ones, for
 * which `state` stands. Words that have left cannot be called back, so digits that may begin or continue a card are cut
 * when they are said. The promise is in `docs/decisions/privacy/0033-what-is-redacted.md`, and in the properties of its
 * test.
 */
export function redactSession<M extends SpokenMessage>(
  state: RedactionState,
  messages: readonly M[],
  policy: RedactionPolicy,
): { messages: M[]; state: RedactionState; found: CutCounts } {
  const cutting = cutLines(state, messages, policy, true);
  const found: CutCounts[] = cutting.cuts.map((cuts) => counted(cuts.map(({ kind }) => kind)));
  const redacted = messages.map((message, at): M => {
    const text = without(
      message.text,
      (cutting.cuts[at] ?? []).map((cut) => shown(cut, policy)),
    );
    const beside = withoutInMeta(message, policy);
    found.push(beside.found);
    return { ...beside.message, text };
  });
  return { messages: redacted, state: cutting.state, found: totalled(found) };
}

/**
 * Redacts one message by itself, as a reader without the session can: a whole card is cut, and the beginning of one
 * stays.
 */
export function redactMessage<M extends SpokenMessage>(
  message: M,
  policy: RedactionPolicy,
): { message: M; found: CutCounts } {
  const { text, found } = redactText(message.text, policy);
  const beside = withoutInMeta(message, policy);
  return { message: { ...beside.message, text }, found: totalled([found, beside.found]) };
}

function withoutInMeta<M extends SpokenMessage>(message: M, policy: RedactionPolicy): { message: M; found: CutCounts } {
  if (message.meta === undefined) return { message, found: [] };
  const { value, found } = redactJson(message.meta, policy);
  return { message: { ...message, meta: value }, found };
}
