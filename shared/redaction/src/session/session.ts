import { without } from '../cuts/cut.ts';
import { type CutCounts, counted, type RedactionPolicy, totalled } from '../cuts/policy.ts';
import { redactJson } from '../json/json.ts';
import { hear } from './lines.ts';
import type { RedactionState } from './state.ts';
import { redactText, shown } from './text.ts';

/** What is said in a session, as it is stored: both sides’ utterances in the order of their time. */
export type SpokenMessage = Readonly<{ role: string; text: string; meta?: unknown }>;

/**
 * A batch of one session without cards, also where a card is split over utterances of this batch and of earlier ones, which
 * `state` stands for. Whatever has left cannot be called back, so digits that may begin or continue a card are cut when
 * they are said. The promise is in `docs/decisions/what-is-redacted.md`, and in the properties of its test.
 */
export function redactSession<M extends SpokenMessage>(
  state: RedactionState,
  messages: readonly M[],
  policy: RedactionPolicy,
): { messages: M[]; state: RedactionState; found: CutCounts } {
  const heard = hear(state, messages, policy, true);
  const found: CutCounts[] = heard.cuts.map((cuts) => counted(cuts.map(({ kind }) => kind)));
  const redacted = messages.map((message, at): M => {
    const text = without(
      message.text,
      (heard.cuts[at] ?? []).map((cut) => shown(cut, policy)),
    );
    const beside = withoutInMeta(message, policy);
    found.push(beside.found);
    return { ...beside.message, text };
  });
  return { messages: redacted, state: heard.state, found: totalled(found) };
}

/**
 * A message without cards, judged by itself, as one that knows nothing of its session can: what is whole is cut, and what may have begun
 * one stays.
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
