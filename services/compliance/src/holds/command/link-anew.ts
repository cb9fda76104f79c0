import type { CanonicalIdentifier } from '@vox/platform/identifiers';
import type { SubjectId, Vault } from '../../vault/mod.ts';
import { indexesOf, isInForce } from '../decide/hold.ts';
import { type Holds, holdsOf } from '../keep/holds.ts';
import { type BrokenDependencies, findBroken } from './find-broken-identifiers.ts';

export type LinkDependencies = BrokenDependencies &
  Readonly<{ vault: Pick<Vault, 'subject' | 'identify'>; holds: Pick<Holds, 'tagged'> }>;

/**
 * Links a person by identifiers that were read, and puts right what it was linked by before: it is found by what that
 * says today, and what says nothing goes. Only what a hold in force is placed by stays, for nothing may slip from under
 * a hold. Answers false for a subject that is forgotten or unknown.
 */
export async function linkAnew(
  dependencies: LinkDependencies,
  { tenantId, subjectId }: SubjectId,
  named: readonly CanonicalIdentifier[],
): Promise<boolean> {
  const { vault, holds } = dependencies;
  const subject = await vault.subject(tenantId, subjectId);
  if (subject === undefined) return false;
  const broken = await findBroken(dependencies, subject);
  const inForce = broken.length === 0 ? [] : (await holdsOf(holds, tenantId)).filter(isInForce);
  const placed = new Set(inForce.flatMap(indexesOf));
  const anew = broken.flatMap(({ read }) => (read === undefined ? [] : [read]));
  const gone = broken.map(({ index }) => index).filter((index) => !placed.has(index));
  return vault.identify(tenantId, subjectId, [...named, ...anew], gone);
}
