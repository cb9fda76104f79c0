import { type Withdrawal, WithdrawalDocument } from '@vox/contracts';
import type { Bus, Replica } from '@vox/platform/bus';
import type { Clock } from '@vox/platform/time';

type DropDependencies = Readonly<{
  bus: Pick<Bus, 'documents'>;
  withdrawn: Pick<Replica<Withdrawal>, 'keys' | 'get'>;
  clock: Clock;
}>;

/** Takes away withdrawals that no page can live long enough to be refused by. */
export async function dropOldWithdrawals({ bus, withdrawn, clock }: DropDependencies): Promise<void> {
  const now = clock.now().toISOString();
  const documents = bus.documents(WithdrawalDocument);
  const lasting = (document: Withdrawal | undefined) => (document && document.until >= now ? document : undefined);
  for (const key of [...withdrawn.keys()])
    if (lasting(withdrawn.get(key)) === undefined)
      await documents.renew(key, async () => lasting(await documents.read(key)));
}
