/** A person whose id must not stand in an entry. */
export type Person = Readonly<{ kind: 'visitor' | 'user'; value: string }>;
/** The pseudonym of a person. */
export type Naming = (person: Person) => string;

const visitorIds = /v_[A-Za-z0-9_-]{22}(?![A-Za-z0-9_-])/g;
/** It begins where a word begins: if it began at each letter, a long word would be read once for each letter. */
const emailAddresses = /(?<![^\s@<>"'])[^\s@<>"']+@[^\s@<>"'.]*\.[^\s@<>"']+/g;
/**
 * An id of a call, a request or a fact, which names no person; or eight digits and more, as telephone numbers are
 * written.
 */
const idsAndNumbers =
  /((?<![\dA-Za-z-])[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}(?![\dA-Za-z-]))|\+?\d(?:[ ./()-]{0,3}\d){7,}/gi;

/** What a person wrote by hand, without what looks like an e-mail address or a telephone number. Ids stay whole. */
export const withoutIdentifiers = (text: string): string =>
  text.replace(emailAddresses, '[removed]').replace(idsAndNumbers, (_found, id?: string) => id ?? '[removed]');

/**
 * A value as it may stand in an entry: ids of visitors and console users are pseudonyms, wherever they stand, and
 * reasons are without identifiers. The chain outlives the person, so it must not name one.
 */
export function impersonal<T>(value: T, naming: Naming, key = ''): T {
  if (typeof value === 'string') return impersonalText(value, naming, key) as T;
  if (Array.isArray(value)) return value.map((each) => impersonal(each, naming, key)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, impersonal(each, naming, name)])) as T;
}

function impersonalText(text: string, naming: Naming, key: string): string {
  if (key === 'userId') return naming({ kind: 'user', value: text });
  const named = text.replace(visitorIds, (value) => naming({ kind: 'visitor', value }));
  return key === 'reason' ? withoutIdentifiers(named) : named;
}

/** Every person that `impersonal` will ask a pseudonym for. */
export function personsIn(value: unknown): readonly Person[] {
  const found = new Map<string, Person>();
  impersonal(value, (person) => {
    found.set(`${person.kind}:${person.value}`, person);
    return person.value;
  });
  return [...found.values()];
}
