import type { Books } from './books.ts';
import { type BooksSource, withBooks } from './open.ts';
import { verify } from './verify.ts';

/** What the books say: what breaks an invariant, and what is worth a look. No longer than `mostShown` each. */
export type Report = Readonly<{ findings: readonly string[]; notes: readonly string[]; facts: number }>;

const mostShown = 1_000;

export async function reportOn(books: Books): Promise<Report> {
  const shown = { finding: new Set<string>(), note: new Set<string>() };
  for await (const { kind, text } of verify(books)) if (shown[kind].size < mostShown) shown[kind].add(text);
  return { findings: [...shown.finding], notes: [...shown.note], facts: books.callCount };
}

/** Reads an installation's books once. They are judged mildly for ten seconds, and at rest only while nobody works. */
export const verifyBooks = (source: BooksSource): Promise<Report> => withBooks(source, reportOn);
