import { decodeFact, type Fact, factKinds } from '@vox/contracts';
import type { PlacedLetter } from '@vox/platform/bus';
import { shortName } from './causes.ts';
import { dataOf } from './told-text.ts';

/** Which letters are meant. What is left out narrows nothing. */
export type LetterFilter = Readonly<{ consumer?: string | undefined; tenant?: string | undefined }>;

const partsOf = (subjectName: string) => {
  const [vox, area, what, tenantId = null, sessionId = null] = subjectName.split('.');
  return { name: shortName([vox, area, what].join('.')), tenantId, sessionId };
};

export const isMeant = ({ letter }: PlacedLetter, { consumer, tenant }: LetterFilter): boolean =>
  (consumer === undefined || letter.consumer === consumer) &&
  (tenant === undefined || partsOf(letter.subjectName).tenantId === tenant);

/** A letter in a list: what was given up, by whom and why. */
export const letterRow = ({ place, letter }: PlacedLetter) => {
  const { at, consumer, deliveries, cause, subjectName } = letter;
  return { letter: place, at, consumer, ...partsOf(subjectName), deliveries, cause };
};

/** The fact that a letter carries whole. Bytes that are no fact may say anything, and are not shown. */
function carriedBy({ letter }: PlacedLetter): Fact | undefined {
  const bytes = Buffer.from(letter.bytes, 'base64');
  if (bytes.length !== letter.sizeBytes) return undefined;
  try {
    return decodeFact(factKinds, bytes).fact;
  } catch {
    return undefined;
  }
}

/** One letter with the fact in it, without persons. A letter of what was said in a call carries nothing of it. */
export function shownLetter(placed: PlacedLetter) {
  const { stream, sequence, subjectName, sizeBytes } = placed.letter;
  const fact = carriedBy(placed);
  const shown = fact && { id: fact.id, time: fact.time, source: fact.source, traceparent: fact.traceparent ?? null };
  return {
    ...letterRow(placed),
    ...{ stream, sequence, subjectName, sizeBytes },
    fact: fact && shown ? { ...shown, data: dataOf({ fact }) } : null,
  };
}
