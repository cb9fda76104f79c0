import { memberActor } from '@vox/contracts';
import type { FactorEntry, FactorEvent } from './member-factors.ts';

/** What a mail says of one change of a member’s factors. */
export type FactorChange = Readonly<{
  what: 'added' | 'removed' | 'recovery-made' | 'recovery-used';
  factorKind: 'totp' | 'passkey' | null;
}>;

/** What one act changed, who did it and when. `id` names the act. */
export type FactorAct = Readonly<{ id: string; atMs: number; byMember: boolean; changes: readonly FactorChange[] }>;

function changeOf(event: FactorEvent): FactorChange | undefined {
  switch (event.kind) {
    case 'enrolled':
      return { what: 'added', factorKind: event.factorKind };
    case 'removed':
      return { what: 'removed', factorKind: event.factorKind };
    case 'recovery-made':
    case 'recovery-used':
      return { what: event.kind, factorKind: null };
    case 'refused':
      return undefined;
  }
}

/** Several events of one act have its id before a colon, so that one mail tells of all of them. */
const actOf = (id: string): string => id.split(':')[0] ?? id;

/** What the member must hear of: whoever changes factors could be somebody who has taken the login over. */
export function factorActs(memberId: string, entries: readonly FactorEntry[]): readonly FactorAct[] {
  const acts = new Map<string, FactorAct>();
  for (const { id, atMs, by, what } of entries) {
    const change = changeOf(what);
    if (change === undefined) continue;
    const act = acts.get(actOf(id)) ?? {
      id: actOf(id),
      atMs,
      byMember: by.actor === memberActor(memberId),
      changes: [],
    };
    acts.set(act.id, { ...act, changes: [...act.changes, change] });
  }
  return [...acts.values()];
}
