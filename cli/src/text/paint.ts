import { styleText } from 'node:util';

const styles = {
  good: 'green',
  bad: 'red',
  doubtful: 'yellow',
  name: 'cyan',
  aside: 'dim',
} as const;

/** Colours a text by what it means. */
export type Paint = (meaning: keyof typeof styles, text: string) => string;

export const plain: Paint = (_meaning, text) => text;
export const coloured: Paint = (meaning, text) => styleText(styles[meaning], text, { validateStream: false });

/** Colours for a terminal, and none for another program, for NO_COLOR (no-color.org) and for a terminal without any. */
export const paintFor = (isTerminal: boolean, env: Readonly<Record<string, string | undefined>>): Paint =>
  isTerminal && !env.NO_COLOR && env.TERM !== 'dumb' ? coloured : plain;
