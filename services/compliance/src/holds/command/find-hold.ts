import type { Vault } from '../../vault/mod.ts';
import { asksForPersons, type Hold, type HoldItem, heldBy, isInForce } from '../decide/hold.ts';
import { type Holds, holdsOf } from '../keep/holds.ts';

/** What it takes to ask whether something is held. */
export type HoldDependencies = Readonly<{ holds: Pick<Holds, 'tagged'>; vault: Pick<Vault, 'subject'> }>;

/** Asks whether a tenant's holds in force keep something, and which one does. They are read once, when it is made. */
export async function holding(
  { holds, vault }: HoldDependencies,
  tenantId: string,
): Promise<(item: HoldItem) => Promise<Hold | undefined>> {
  const inForce = (await holdsOf(holds, tenantId)).filter(isInForce);
  const mustKnow = asksForPersons(inForce);
  return async (item) => {
    if (inForce.length === 0) return undefined;
    const subject = mustKnow && item.subjectId ? await vault.subject(tenantId, item.subjectId) : undefined;
    return heldBy(inForce, { ...item, indexes: subject?.identifiers.map(({ index }) => index) });
  };
}
