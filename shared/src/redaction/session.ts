import type { Carry } from './carry.ts';
import { without } from './cut.ts';
import { redactJson } from './json.ts';
import { hear } from './lines.ts';
import { counted, type Found, type RedactionPolicy, totalled } from './policy.ts';
import { shown } from './text.ts';

/** What is said in a session, as it is stored: both sides’ utterances in the order of their time. */
export type Said = Readonly<{ role: string; text: string; meta?: unknown }>;

/**
 * A batch of one session without cards, also where a card is split over utterances of this batch and of earlier ones, which
 * `carry` stands for. Whatever has left cannot be called back, so digits that may begin or continue a card are cut when
 * they are said. The promise is in `docs/decisions/what-is-redacted.md`, and in the properties of its test.
 */
export function redactSession<M extends Said>(
  carry: Carry,
  messages: readonly M[],
  policy: RedactionPolicy,
): { messages: M[]; carry: Carry; found: Found } {
  const heard = hear(carry, messages, policy, true);
  const found: Found[] = heard.cuts.map((cuts) => counted(cuts.map(({ kind }) => kind)));
  const redacted = messages.map((message, at): M => {
    const cuts = (heard.cuts[at] ?? []).map((cut) => shown(cut, policy));
    const text = without(message.text, cuts);
    if (message.meta === undefined) return { ...message, text };
    const meta = redactJson(message.meta, policy);
    found.push(meta.found);
    return { ...message, text, meta: meta.value };
  });
  return { messages: redacted, carry: heard.carry, found: totalled(found) };
}
