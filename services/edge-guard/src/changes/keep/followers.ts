/** Who follows changes over this copy, each by the login or the API key that lets them. */
export type Followers = Readonly<{
  /** From now on `end` runs when the credential is revoked. Answers how to leave. */
  add: (credential: string, end: () => void) => () => void;
  /** Ends whoever follows by a credential. */
  endOf: (credential: string) => void;
  /** Ends everybody: what was revoked may have been missed. */
  endAll: () => void;
}>;

export function followers(): Followers {
  const ends = new Map<string, Set<() => void>>();
  const endEach = (found: Iterable<() => void>): void => {
    for (const end of [...found]) end();
  };
  return {
    add(credential, end) {
      const others = ends.get(credential) ?? new Set();
      ends.set(credential, others.add(end));
      return () => {
        others.delete(end);
        if (others.size === 0 && ends.get(credential) === others) ends.delete(credential);
      };
    },
    endOf: (credential) => endEach(ends.get(credential) ?? []),
    endAll: () => endEach([...ends.values()].flatMap((each) => [...each])),
  };
}
