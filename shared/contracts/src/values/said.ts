import { z } from 'zod';

/** What stands in the places of a sentence, so that another language can say it too. Nothing private. */
export const SaidValues = z.record(z.string(), z.union([z.string(), z.number()]));
export type SaidValues = Readonly<z.infer<typeof SaidValues>>;

/** An English sentence, its code in a closed list, and what stands in its places. */
export type Said<Code extends string> = Readonly<{ message: string; mistake: Code; values?: SaidValues }>;

/** The names of the places of a sentence: `most` in `at most {most} members`. Empty and double braces are none. */
type Place<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? (Name extends '' | `{${string}` ? never : Name) | Place<Rest>
  : never;
type Given<Text extends string> = [Place<Text>] extends [never]
  ? []
  : [values: Readonly<Record<Place<Text>, string | number>>];

/** Says a sentence of a table by its code, with its places filled in. */
export const sayer =
  <const Sentences extends Readonly<Record<string, string>>>(sentences: Sentences) =>
  <Code extends keyof Sentences & string>(code: Code, ...given: Given<Sentences[Code]>): Said<Code> => {
    const values: SaidValues = given[0] ?? {};
    const message = String(sentences[code]).replace(/\{(\w+)\}/g, (place, name: string) =>
      Object.hasOwn(values, name) ? String(values[name]) : place,
    );
    return { message, mistake: code, ...(given[0] !== undefined && { values }) };
  };
