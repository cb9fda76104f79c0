import { type Rule, rules, without } from '../cuts/cut.ts';
import type { RedactionKind, RedactionPolicy } from '../cuts/policy.ts';
import { type LanguageCode, languageOf, plainWord } from '../words/words.ts';
import { cutLines, type Line } from './lines.ts';
import { freshRedactionState, unknownRedactionState } from './state.ts';
import { shown } from './text.ts';

/** A cut and why it is made. It says where the text was, and never what. */
export type Explained = Readonly<{
  start: number;
  end: number;
  kind: RedactionKind;
  rule: Rule | undefined;
  why: string;
  language: LanguageCode | undefined;
}>;
export type ExplainedLine = Readonly<{ role: string; text: string; cuts: readonly Explained[] }>;

const wordsOf = (text: string): string[] =>
  Array.from(text.matchAll(/\p{L}[\p{L}\p{M}]*/gu), ([word]) => plainWord(word));

/**
 * A conversation as it leaves when each line comes by itself, with the reason of each cut. `lost` stands for a call
 * whose beginning is unknown.
 */
export function explain(lines: readonly Line[], policy: RedactionPolicy, lost = false): ExplainedLine[] {
  let state = lost ? unknownRedactionState : freshRedactionState;
  return lines.map((line) => {
    const redacted = cutLines(state, [line], policy, true);
    state = redacted.state;
    const cuts = redacted.cuts[0] ?? [];
    const language = languageOf(wordsOf(line.text));
    return {
      role: line.role,
      text: without(
        line.text,
        cuts.map((cut) => shown(cut, policy)),
      ),
      cuts: cuts.map(({ start, end, kind, rule }) => ({
        ...{ start, end, kind, rule, language },
        why: rule === undefined ? '' : rules[rule],
      })),
    };
  });
}
