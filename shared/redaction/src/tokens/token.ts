import type { NumberWord } from '../words/language.ts';

type Place = Readonly<{ start: number; end: number }>;
export type Numeral = Place & Readonly<{ as: 'digits'; digits: string }>;
export type Spoken = Place & Readonly<{ as: 'spoken'; word: NumberWord }>;
export type Token =
  | Numeral
  | Spoken
  /** `filler` words stand between the digits of a number; other words part it. */
  | (Place & Readonly<{ as: 'word'; text: string; filler: boolean; and: boolean }>)
  /** What was cut before. */
  | (Place & Readonly<{ as: 'mark'; kind: string }>);
