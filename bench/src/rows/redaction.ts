import { type Case, corpus, type Half, halves } from '../corpus/corpus.ts';
import { type GivenCase, givenCases } from '../corpus/given.ts';
import { type Before, befores, givenScore } from '../corpus/given-score.ts';
import { kindCases } from '../corpus/kinds-cases.ts';
import { redactors } from '../corpus/redactors.ts';
import { type Redactor, score } from '../corpus/score.ts';
import type { Table } from '../table.ts';

const casesOfHalf = 2_000;
const seconds = 2;

/** Messages and megabytes of text redacted in a second, over the whole corpus again and again. */
function throughput(
  cases: readonly Case[],
  redact: Redactor,
): { messagesPerSecond: number; megabytesPerSecond: number } {
  const all = cases.flatMap(({ messages }) => messages);
  const bytes = all.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  const once = (): void => cases.forEach(({ messages }) => void redact(messages));
  once();
  const start = performance.now();
  let rounds = 0;
  while (performance.now() - start < seconds * 1000) [rounds] = [rounds + 1, once()];
  const passed = (performance.now() - start) / 1000;
  return { messagesPerSecond: (all.length * rounds) / passed, megabytesPerSecond: (bytes * rounds) / passed / 1e6 };
}

/** Scores of cases that others wrote and of kinds of talk with fresh numbers, by language and by beginning. */
function* bySet(): Generator<Record<string, string | number>> {
  const given = givenCases();
  const sets: Readonly<Record<string, readonly GivenCase[]>> = {
    'given, dev': given.filter(({ heldOut }) => !heldOut),
    'given, held out': given.filter(({ heldOut }) => heldOut),
    'kinds, fresh numbers': kindCases(20, 90_210),
  };
  for (const [set, cases] of Object.entries(sets))
    for (const language of ['all', ...new Set(cases.map((each) => each.language))])
      for (const before of Object.keys(befores) as Before[]) {
        const of = cases.filter((each) => language === 'all' || each.language === language);
        const { secret, clean, harmless, hurt } = givenScore(of, before, false);
        yield { set, language, before, secret, clean: clean.toFixed(3), harmless, 'harmless cut': hurt.toFixed(3) };
      }
}

export const redaction: Table = {
  name: 'redaction',
  title: 'Redaction: secrets caught, cuts that were right, harmless cases left alone',
  measure: async (_servers, report) => {
    for (const row of bySet()) report(row);
    for (const half of Object.keys(halves) as Half[]) {
      const cases = corpus(half, casesOfHalf);
      for (const [redactor, redact] of Object.entries<Redactor>(redactors)) {
        const { recall, precision, untouched, byKind } = score(cases, redact);
        const figure = (value = 0): string => value.toFixed(4);
        report({
          half,
          redactor,
          cases: cases.length,
          recall: figure(recall),
          cards: figure(byKind.card),
          precision: figure(precision),
          untouched: figure(untouched),
          ...throughput(cases, redact),
        });
      }
    }
  },
};
