import type { CheckIdentifiers } from '@vox/contracts';
import { type CanonicalIdentifier, readIdentifier } from '@vox/platform/identifiers';
import type { z } from 'zod';
import type { Needs } from '../../dependencies.ts';
import type { Subject } from '../../vault/decide/keys.ts';
import { subjectCell } from '../../vault/keep/keys.ts';
import { isInForce } from '../decide/hold.ts';
import { holdsOf } from './holds.ts';

type Asked = z.infer<(typeof CheckIdentifiers)['request']>;
type Reply = z.infer<(typeof CheckIdentifiers)['reply']>;
type CheckNeeds = Pick<Needs, 'vault' | 'subjects' | 'holds' | 'policies'>;
type Broken = Reply['broken'][number] & Readonly<{ index: string; read: CanonicalIdentifier | undefined }>;

/** So many subjects are opened for one question. */
const partMax = 200;

/**
 * Reads what persons were linked by before identifiers were parsed. Nobody is found by an index of what is no identifier, for nobody can ask for it any
 * more; but whoever stands under it cannot be found by it either, and must be linked again.
 */
export const answerCheckIdentifiers =
  (needs: CheckNeeds) =>
  async ({ tenantId, after }: Asked): Promise<Reply> => {
    const first = subjectCell(tenantId, after ?? '');
    const part = (await needs.subjects.all(partMax, first)).filter(({ state }) => state.tenantId === tenantId);
    const broken: Broken[] = [];
    for (const { state } of part) broken.push(...(await brokenOf(needs, state)));
    const indexes = new Set(broken.map(({ index }) => index));
    const held = (await holdsOf(needs, tenantId)).filter(
      (hold) => isInForce(hold) && hold.scope.kind === 'person' && hold.scope.indexes.some((each) => indexes.has(each)),
    );
    return {
      broken: broken.map(({ subjectId, kind, cause }) => ({ subjectId, kind, cause })),
      holdIds: held.map(({ holdId }) => holdId),
      next: part.length < partMax ? null : (part.at(-1)?.state.subjectId ?? null),
    };
  };

/**
 * Links a person by identifiers that were read, and puts right what it was linked by before: it is found by what that says today, and what says nothing
 * goes. Only what a hold in force is placed by stays, for nothing may slip from under a hold. Answers false for one that is forgotten or unknown.
 */
export async function linkAnew(
  needs: CheckNeeds,
  { tenantId, subjectId }: Pick<Subject, 'tenantId' | 'subjectId'>,
  named: readonly CanonicalIdentifier[],
): Promise<boolean> {
  const subject = await needs.vault.subject(tenantId, subjectId);
  if (subject === undefined) return false;
  const broken = await brokenOf(needs, subject);
  const placed = new Set(
    broken.length === 0
      ? []
      : (await holdsOf(needs, tenantId))
          .filter(isInForce)
          .flatMap(({ scope }) => (scope.kind === 'person' ? scope.indexes : [])),
  );
  const anew = broken.flatMap(({ read }) => (read === undefined ? [] : [read]));
  const gone = broken.map(({ index }) => index).filter((index) => !placed.has(index));
  return needs.vault.identify(tenantId, subjectId, [...named, ...anew], gone);
}

async function brokenOf({ vault, policies }: CheckNeeds, subject: Subject): Promise<readonly Broken[]> {
  const { tenantId, subjectId } = subject;
  const country = policies.get(tenantId)?.country ?? null;
  const found: Broken[] = [];
  for (const { kind, value, index } of await vault.identifiersOf(subject)) {
    if (kind !== 'email' && kind !== 'phone') continue;
    const read = readIdentifier({ kind, value }, country);
    if (read === undefined) found.push({ subjectId, kind, cause: 'nobody', index, read });
    else if ((await vault.blindIndex(tenantId, read)) !== index)
      found.push({ subjectId, kind, cause: 'outdated', index, read });
  }
  return found;
}
