import { setImmediate } from 'node:timers/promises';
import { Fault } from '../fault/mod.ts';
import type { DocumentStore, StoredDocument, StoredKind } from './documents.ts';
import { verbsOver } from './verbs.ts';

export type MemoryDocumentsOptions = Readonly<{
  /** Called before (`write`) and after (`written`) a write takes effect; what it throws is the store's failure. */
  fault?: (point: 'read' | 'write' | 'written', key: string) => void;
  /** How long the store takes for each step, so that a property test can own who overtakes whom. */
  turn?: () => Promise<unknown>;
}>;

/** Each write makes a new row, so that a row is also its own revision. */
type Row<T> = Readonly<{ state: T; dueAtMs: number; tags: readonly string[] }>;

/** The twin of mongo.ts. Between reading and writing it lets others run, so that races show here too. */
export function memoryDocuments<T>(
  kind: StoredKind<T>,
  { fault = () => undefined, turn = setImmediate }: MemoryDocumentsOptions = {},
): DocumentStore<T> {
  const rows = new Map<string, Row<T>>();
  /** Keys by tag: to list a tag costs what bears it, however many there are besides. */
  const tagged = new Map<string, Set<string>>();
  /**
   * Parsing makes new objects, so nobody changes what is kept by changing what was written. What is read is read-only,
   * as its type says.
   */
  const copy = (state: T): T => kind.schema.parse(state);

  function put(key: string, row: Row<T> | undefined): void {
    for (const tag of rows.get(key)?.tags ?? []) {
      tagged.get(tag)?.delete(key);
      if (tagged.get(tag)?.size === 0) tagged.delete(tag);
    }
    if (row === undefined) rows.delete(key);
    else rows.set(key, row);
    for (const tag of row?.tags ?? []) tagged.set(tag, (tagged.get(tag) ?? new Set()).add(key));
  }
  const rowOf = (wanted: T): Row<T> => {
    const state = copy(wanted);
    const dueAtMs = kind.dueAtMs?.(state) ?? Number.POSITIVE_INFINITY;
    return { state, dueAtMs, tags: kind.tags?.(state) ?? [] };
  };
  const found = (keys: readonly string[]): StoredDocument<T>[] =>
    keys.flatMap((key) => {
      const row = rows.get(key);
      return row === undefined ? [] : [{ key, state: row.state }];
    });
  const page = (keys: Iterable<string>, limit: number, after?: string): StoredDocument<T>[] =>
    found(
      [...keys]
        .filter((key) => after === undefined || key > after)
        .sort()
        .slice(0, limit),
    );

  const base: Pick<DocumentStore<T>, 'read' | 'update'> = {
    async read(key) {
      failing(() => fault('read', key));
      await turn();
      return found([key])[0]?.state;
    },
    async update(key, decide) {
      for (;;) {
        failing(() => fault('read', key));
        await turn();
        const row = rows.get(key);
        const { result, state, remove } = await decide(row?.state);
        if (state === undefined && remove === undefined) return result;
        await turn();
        if (rows.get(key) !== row) continue;
        failing(() => fault('write', key));
        put(key, state === undefined ? undefined : rowOf(state));
        failing(() => fault('written', key));
        return result;
      }
    },
  };
  const documents: DocumentStore<T> = {
    ...base,
    ...verbsOver(base),
    tryUpdate: (key, decide) => documents.update(key, (state) => ({ ...decide(state), result: undefined })),
    async due(atMs, limit) {
      await turn();
      const due: { key: string; dueAtMs: number }[] = [];
      for (const [key, { dueAtMs }] of rows) if (dueAtMs <= atMs) due.push({ key, dueAtMs });
      due.sort((a, b) => a.dueAtMs - b.dueAtMs);
      return found(due.slice(0, limit).map(({ key }) => key));
    },
    async dueUnder(tag, atMs, limit, after) {
      await turn();
      const dueOf = (key: string): number => rows.get(key)?.dueAtMs ?? Number.POSITIVE_INFINITY;
      const from = after === undefined ? Number.NEGATIVE_INFINITY : (kind.dueAtMs?.(after.state) ?? atMs);
      const isBehind = (key: string): boolean =>
        dueOf(key) > from || (dueOf(key) === from && (after === undefined || key > after.key));
      const due = [...(tagged.get(tag) ?? [])].filter((key) => dueOf(key) <= atMs && isBehind(key));
      due.sort((a, b) => dueOf(a) - dueOf(b) || (a < b ? -1 : 1));
      return found(due.slice(0, limit));
    },
    async tagged(tag, limit, after) {
      await turn();
      return page(tagged.get(tag) ?? [], limit, after);
    },
    async all(limit, after) {
      await turn();
      return page(rows.keys(), limit, after);
    },
    keys: async (limit, after) => (await documents.all(limit, after)).map(({ key }) => key),
  };
  return documents;
}

function failing(point: () => void): void {
  try {
    point();
  } catch (cause) {
    throw new Fault('UNAVAILABLE', {}, { cause });
  }
}
