import { type Withdrawal, WithdrawalDocument } from '@vox/contracts';
import type { Needs } from '../../dependencies.ts';
import { untoldTag, withdrawnTag } from '../keep/consents.ts';
import { openRecord, tell } from './record-consent.ts';

const batch = 100;

/** Tells again what a crash left untold. Several copies may run it at once. */
export const tellUntold = (needs: Needs): Promise<void> => tellTagged(needs, untoldTag);

/** Shows the doors every withdrawal again: the bus may have lost them with its folder. */
export const showAllAgain = (needs: Needs): Promise<void> => tellTagged(needs, withdrawnTag);

async function tellTagged(needs: Needs, tag: string): Promise<void> {
  for (let after: string | undefined; ; ) {
    const part = await needs.consents.tagged(tag, batch, after);
    for (const { state } of part) {
      const box = await needs.vault.box(state);
      const last = state.records.at(-1);
      const opened = box && last && openRecord(box, last);
      if (opened !== undefined) await tell(needs, state, state, opened.visitorId);
    }
    after = part.at(-1)?.key;
    if (part.length < batch) return;
  }
}

/** Takes away what no page can live long enough to be refused by. */
export async function dropOldWithdrawals(
  needs: Needs,
  withdrawn: Readonly<{ keys: () => Iterable<string>; get: (key: string) => Withdrawal | undefined }>,
): Promise<void> {
  const now = needs.clock.now().toISOString();
  const documents = needs.bus.documents(WithdrawalDocument);
  const lasting = (document: Withdrawal | undefined) => (document && document.until >= now ? document : undefined);
  for (const key of [...withdrawn.keys()])
    if (lasting(withdrawn.get(key)) === undefined)
      await documents.renew(key, async () => lasting(await documents.read(key)));
}
