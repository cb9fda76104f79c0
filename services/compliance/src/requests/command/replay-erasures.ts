import { ErasureReceipt, type ReplayErasures, SubjectErased } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { readReceipt } from '@vox/platform/crypto';
import type { z } from 'zod';
import { type ActDependencies, recorded } from '../../audit/mod.ts';
import type { Receipts, Vault } from '../../vault/mod.ts';
import { type Erasures, requestKey } from '../keep/privacy-requests.ts';
import { type ErasePerson, eraseAgain } from './erase-person.ts';

type Asked = z.infer<(typeof ReplayErasures)['request']>;
type Reply = z.input<(typeof ReplayErasures)['reply']>;
export type Replay = ErasePerson &
  ActDependencies &
  Readonly<{
    erasures: Pick<Erasures, 'all'>;
    bus: Pick<Bus, 'history'>;
    vault: Pick<Vault, 'subject'>;
    receipts: Pick<Receipts, 'keys'>;
  }>;

const page = 100;

/**
 * After a restore: erases again whom the stored receipts, or those that somebody kept, say was erased. Only what we
 * signed counts.
 */
export const replayErasures =
  (dependencies: Replay) =>
  ({ receipts, ...asked }: Asked): Promise<Reply> => {
    const act = { ...asked, tenantId: '_platform' as const, action: 'erasures.replay', target: 'ledger:all' };
    return recorded(dependencies, act, async () => {
      const keys = await dependencies.receipts.keys();
      const find = (kid: string) => keys.find((key) => key.kid === kid);
      let [erasures, subjects] = [0, 0];
      for await (const text of receipts ?? storedReceipts(dependencies)) {
        const { says } = await readReceipt(ErasureReceipt, text, find);
        subjects += await countReturned(dependencies, says);
        await eraseAgain(dependencies, says);
        erasures += 1;
      }
      return { erasures, subjects };
    });
  };

/** How many of those who were erased are there again. */
async function countReturned(
  { vault }: Pick<Replay, 'vault'>,
  { tenantId, subjectIds }: Pick<ErasureReceipt, 'tenantId' | 'subjectIds'>,
): Promise<number> {
  let count = 0;
  for (const subjectId of subjectIds) if ((await vault.subject(tenantId, subjectId))?.key != null) count += 1;
  return count;
}

/** What stands in the store, and what the bus still holds besides: after a restore either may be behind. */
async function* storedReceipts({ erasures, bus }: Pick<Replay, 'erasures' | 'bus'>): AsyncIterable<string> {
  const seen = new Set<string>();
  for (let after: string | undefined; ; ) {
    const part = await erasures.all(page, after);
    for (const { key, state } of part) {
      seen.add(key);
      yield state.receipt;
    }
    after = part.at(-1)?.key;
    if (part.length < page) break;
  }
  for await (const { data } of bus.history([SubjectErased], {}))
    if (!seen.has(requestKey(data.tenantId, data.privacyRequestId))) yield data.receipt;
}
