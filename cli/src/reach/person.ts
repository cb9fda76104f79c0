/** Who sits at the terminal, if anybody does. */
export type Person = Readonly<{
  isTerminal: boolean;
  /** Asks one thing, and answers the line that was typed, without the white space around it. */
  question: (text: string) => Promise<string>;
  /** Says something beside the answer of the command. */
  note: (text: string) => void;
}>;

/** No terminal: a script, or a test. */
export const nobody: Person = { isTerminal: false, question: async () => '', note: () => undefined };
