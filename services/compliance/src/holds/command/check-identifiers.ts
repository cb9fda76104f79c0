import type { CheckIdentifiers } from '@vox/contracts';
import type { z } from 'zod';
import { indexTag, type Subjects, subjectDocumentKey } from '../../vault/mod.ts';
import { type Hold, indexesOf, isInForce, unreadIndexesOf } from '../decide/hold.ts';
import { type Holds, holdsOf } from '../keep/holds.ts';
import { type BrokenDependencies, type BrokenIdentifier, findBroken } from './find-broken-identifiers.ts';

type Asked = z.infer<(typeof CheckIdentifiers)['request']>;
type Reply = z.infer<(typeof CheckIdentifiers)['reply']>;
type CheckDependencies = BrokenDependencies &
  Readonly<{ subjects: Pick<Subjects, 'all' | 'tagged'>; holds: Pick<Holds, 'tagged'> }>;

/** So many subjects are opened for one question. */
const partMax = 200;

/**
 * Checks what persons were linked by, and holds were placed by, before identifiers were read. Nobody is found by an
 * index of what is no identifier, for nobody can ask for it any more. But whoever stands under it cannot be found by it
 * either, and must be linked again; and a hold that was placed by it keeps nobody who comes, and must be placed again.
 */
export const checkIdentifiers =
  (dependencies: CheckDependencies) =>
  async ({ tenantId, after }: Asked): Promise<Reply> => {
    const { subjects, holds } = dependencies;
    const from = subjectDocumentKey(tenantId, after ?? '');
    const part = (await subjects.all(partMax, from)).filter(({ state }) => state.tenantId === tenantId);
    const broken: BrokenIdentifier[] = [];
    for (const { state } of part) broken.push(...(await findBroken(dependencies, state)));
    const indexes = new Set(broken.map(({ index }) => index));
    const inForce = (await holdsOf(holds, tenantId)).filter(isInForce);
    const placed = inForce.filter((hold) => indexesOf(hold).some((each) => indexes.has(each)));
    const next = part.length < partMax ? null : (part.at(-1)?.state.subjectId ?? null);
    // Of the whole tenant, so it is said once: with the last part.
    const idle = next === null ? await idleAmong(dependencies, tenantId, inForce) : [];
    return {
      broken: broken.map(({ subjectId, kind, cause }) => ({ subjectId, kind, cause })),
      holdIds: [...new Set([...placed, ...idle].map(({ holdId }) => holdId))],
      next,
    };
  };

/** Holds by an identifier that was never read, such as a number in its national form, and by which nobody is known. */
async function idleAmong(
  { subjects }: Pick<CheckDependencies, 'subjects'>,
  tenantId: string,
  inForce: readonly Hold[],
): Promise<readonly Hold[]> {
  const idle: Hold[] = [];
  for (const hold of inForce)
    for (const index of unreadIndexesOf(hold))
      if ((await subjects.tagged(indexTag(tenantId, index), 1)).length === 0) idle.push(hold);
  return idle;
}
