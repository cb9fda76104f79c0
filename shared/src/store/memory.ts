import { setImmediate as turn } from 'node:timers/promises';
import { Fault } from '../fault/mod.ts';
import type { CellKind, Cells, Found } from './cells.ts';

export type MemoryCellsOptions = Readonly<{
  /** Called before (`write`) and after (`written`) a write takes effect; what it throws is the store's failure. */
  fault?: (point: 'read' | 'write' | 'written', key: string) => void;
}>;

type Row<T> = { revision: number; state: T };

/** The twin of mongo.ts. Between reading and writing it lets others run, so that races show here too. */
export function memoryCells<T>(kind: CellKind<T>, { fault = () => undefined }: MemoryCellsOptions = {}): Cells<T> {
  const rows = new Map<string, Row<T>>();
  /** Parsing makes new objects, so nobody shares a state with the store. */
  const copy = (state: T): T => kind.schema.parse(state);

  const list = (wanted: (state: T) => boolean): Found<T>[] =>
    [...rows]
      .filter(([, row]) => wanted(row.state))
      .map(([key, row]) => ({ key, state: copy(row.state) }))
      .sort((a, b) => (a.key < b.key ? -1 : 1));
  const page = (found: Found<T>[], limit: number, after?: string): Found<T>[] =>
    found.filter(({ key }) => after === undefined || key > after).slice(0, limit);
  const dueAt = (state: T): number => kind.dueAtMs?.(state) ?? Number.POSITIVE_INFINITY;

  return {
    async read(key) {
      failing(() => fault('read', key));
      await turn();
      const row = rows.get(key);
      return row === undefined ? undefined : copy(row.state);
    },
    async change(key, decide) {
      for (;;) {
        failing(() => fault('read', key));
        await turn();
        const row = rows.get(key);
        const { result, state, remove } = decide(row === undefined ? undefined : copy(row.state));
        if (state === undefined && remove === undefined) return result;
        await turn();
        if (rows.get(key)?.revision !== row?.revision) continue;
        failing(() => fault('write', key));
        if (state === undefined) rows.delete(key);
        else rows.set(key, { revision: (row?.revision ?? 0) + 1, state: copy(state) });
        failing(() => fault('written', key));
        return result;
      }
    },
    async due(atMs, limit) {
      await turn();
      return list((state) => dueAt(state) <= atMs)
        .sort((a, b) => dueAt(a.state) - dueAt(b.state))
        .slice(0, limit);
    },
    async tagged(tag, limit, after) {
      await turn();
      return page(
        list((state) => kind.tags?.(state).includes(tag) ?? false),
        limit,
        after,
      );
    },
    async all(limit, after) {
      await turn();
      return page(
        list(() => true),
        limit,
        after,
      );
    },
  };
}

function failing(point: () => void): void {
  try {
    point();
  } catch (cause) {
    throw new Fault('UNAVAILABLE', {}, { cause });
  }
}
