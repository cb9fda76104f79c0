/** What a word does in a spoken number. */
export type NumberWord = Readonly<{
  as: 'unit' | 'pair' | 'ten' | 'hundred' | 'thousand' | 'times' | 'fold';
  value: number;
  /** A hundred that is not multiplied by what stands before it. */
  alone?: boolean;
  /** May as well be an exclamation: “oh”. */
  maybe?: boolean;
  /** “three nines”: the word before it counts it. */
  plural?: boolean;
}>;

/** The words of one language, without accents and in lower case. */
export type Language = Readonly<{
  /** Names of 0 to 9, by place. */
  units: readonly (readonly string[])[];
  alsoFiller: readonly string[];
  /** Numbers of two digits that are one word and take nothing after them. */
  teens: Readonly<Record<string, number>>;
  /** Tens that may be followed by a unit. */
  tens: Readonly<Record<string, number>>;
  /** Hundreds that count what stands before them, and Spanish ones, which do not. */
  hundreds: Readonly<Record<string, number>>;
  hundredsAlone: Readonly<Record<string, number>>;
  thousand: readonly string[];
  times: Readonly<Record<string, number>>;
  /** “two times four”, “dos veces cuatro”. */
  fold: readonly string[];
  plurals: Readonly<Record<string, number>>;
  and: readonly string[];
  /** Said between digits without meaning any. */
  fillers: readonly string[];
  digitNouns: readonly string[];
  compound?: (word: string) => NumberWord | undefined;
}>;
