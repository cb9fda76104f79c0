import { type Case, corpus, type Half, halves } from '../corpus/corpus.ts';
import { redactors } from '../corpus/redactors.ts';
import { type Redactor, score } from '../corpus/score.ts';
import type { Table } from '../table.ts';

const casesOfHalf = 2_000;
const seconds = 2;

/** Messages and megabytes of text that are redacted in a second, over the whole corpus again and again. */
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

export const redaction: Table = {
  name: 'redaction',
  title: 'Redaction: secrets caught, cuts that were right, harmless cases left alone',
  measure: async (_servers, tell) => {
    for (const half of Object.keys(halves) as Half[]) {
      const cases = corpus(half, casesOfHalf);
      for (const [redactor, redact] of Object.entries<Redactor>(redactors)) {
        const { recall, precision, untouched, byKind } = score(cases, redact);
        const figure = (value = 0): string => value.toFixed(4);
        tell({
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
