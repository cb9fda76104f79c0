import type { Stamp } from '../../tenants/mod.ts';
import { type FactorEvent, type MemberFactors, telling } from './member-factors.ts';

export type Removed =
  | Readonly<{ kind: 'removed'; state: MemberFactors }>
  | Readonly<{ kind: 'none' }>
  /** The tenant demands a factor, and this is the last one. */
  | Readonly<{ kind: 'last' }>;

/** Takes a factor away. With the last one the recovery codes go too. */
export function removeFactor(state: MemberFactors, factorId: string, isDemanded: boolean, stamp: Stamp): Removed {
  const gone = state.factors.find((each) => each.factorId === factorId);
  if (gone === undefined) return { kind: 'none' };
  const factors = state.factors.filter((each) => each !== gone);
  if (factors.length === 0 && isDemanded) return { kind: 'last' };
  const recovery = factors.length === 0 ? [] : state.recovery;
  const told = telling({ ...state, factors, recovery }, stamp, { kind: 'removed', factorId, factorKind: gone.kind });
  return { kind: 'removed', state: told };
}

/** Takes away all with which a member could prove who it is, and what was under way. */
export function resetFactors(state: MemberFactors, stamp: Stamp): MemberFactors {
  const events = state.factors.map(
    ({ factorId, kind }): FactorEvent => ({ kind: 'removed', factorId, factorKind: kind }),
  );
  const empty = { ...state, factors: [], recovery: [], enrolment: null, challenges: [], failuresMs: [] };
  return telling(empty, stamp, ...events);
}

/** Puts new recovery codes in the place of all former ones. A member without a factor has none. */
export function renewRecovery(
  state: MemberFactors,
  hashes: readonly string[],
  stamp: Stamp,
): MemberFactors | undefined {
  if (state.factors.length === 0) return undefined;
  return telling({ ...state, recovery: hashes }, stamp, { kind: 'recovery-made' });
}
