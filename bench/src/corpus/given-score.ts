import { freshRedactionState, redactSession, strictestPolicy, unknownRedactionState } from '@vox/redaction';
import type { GivenCase } from './given.ts';
import { cutsBetween } from './score.ts';

const cardSaid = { role: 'user', text: 'My card number is 5555 5555 5555 4444.' } as const;

/** What came before a conversation: nothing, a card, or something unknown. */
export const befores = {
  fresh: { state: freshRedactionState, said: [] },
  'after a card': { state: freshRedactionState, said: [cardSaid] },
  'after a lost state': { state: unknownRedactionState, said: [] },
} as const;
export type Before = keyof typeof befores;

/** The redacted texts, when every turn comes by itself, as in a live call, or all come at once. */
export function redactedTurns(given: GivenCase, before: Before, atOnce: boolean): string[] {
  const { state: from, said } = befores[before];
  const messages = [...said, ...given.turns];
  let state = from;
  const texts = (atOnce ? [messages] : messages.map((message) => [message])).flatMap((batch) => {
    const redacted = redactSession(state, batch, strictestPolicy);
    state = redacted.state;
    return redacted.messages.map(({ text }) => text);
  });
  return texts.slice(said.length);
}

/** Whether all that must go has gone, and whether anything else was cut. */
export function judge(given: GivenCase, before: Before, atOnce: boolean): Readonly<{ clean: boolean; hurt: boolean }> {
  const texts = redactedTurns(given, before, atOnce);
  let [clean, hurt] = [true, false];
  for (const [at, { text, mustGo }] of given.turns.entries()) {
    const cuts = cutsBetween(text, texts[at] ?? '', at);
    for (const { start, end } of mustGo)
      for (let place = start; place < end; place += 1)
        if (/[\p{L}\p{N}]/u.test(text[place] ?? '') && !cuts.some((cut) => cut.start <= place && place < cut.end))
          clean = false;
    hurt ||= cuts.some((cut) => !mustGo.some(({ start, end }) => start < cut.end && cut.start < end));
  }
  return { clean, hurt };
}

/** The share of conversations with secrets that are clean of them, and of others that lose something. */
export type GivenScore = Readonly<{ secret: number; clean: number; harmless: number; hurt: number }>;

export function givenScore(cases: readonly GivenCase[], before: Before, atOnce: boolean): GivenScore {
  const secret = cases.filter(({ expected }) => expected === 'redact');
  const harmless = cases.filter(({ expected }) => expected === 'keep');
  const share = (of: readonly GivenCase[], pick: (given: GivenCase) => boolean): number =>
    of.length === 0 ? 0 : of.filter(pick).length / of.length;
  return {
    secret: secret.length,
    clean: secret.length === 0 ? 1 : share(secret, (given) => judge(given, before, atOnce).clean),
    harmless: harmless.length,
    hurt: share(harmless, (given) => judge(given, before, atOnce).hurt),
  };
}
