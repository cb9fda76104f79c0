import type { DocumentStore, Once } from './documents.ts';

type Verbs<T> = Pick<DocumentStore<T>, 'decideOnce' | 'remove'>;

/** The verbs that every store has over its conditional `update`. */
export const verbsOver = <T>({ read, update }: Pick<DocumentStore<T>, 'read' | 'update'>): Verbs<T> => ({
  async decideOnce(key, { isRepeated = false, propose, release }: Once<T>) {
    const known = isRepeated ? await read(key) : undefined;
    if (known !== undefined) return { state: known, isNew: false };
    const proposed = await propose();
    const decision = await update<{ state: T; isNew: boolean }>(key, (stored) =>
      stored === undefined
        ? { result: { state: proposed, isNew: true }, state: proposed }
        : { result: { state: stored, isNew: false } },
    );
    if (!decision.isNew) await release?.(proposed, decision.state);
    return decision;
  },
  remove: (key) => update(key, () => ({ result: undefined, remove: true })),
});
