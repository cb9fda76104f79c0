import type { Clock } from '@vox/platform/time';
import { forgottenAtMs } from '../decide/address-codes.ts';
import type { Codes } from '../keep.ts';

export type ForgetCodesDependencies = Readonly<{ codes: Pick<Codes, 'due' | 'update'>; clock: Clock }>;

const atOnceMax = 100;

/** Removes what says nothing any more: the codes, sends and failures of an address have all run out. */
export async function forgetCodes({ codes, clock }: ForgetCodesDependencies): Promise<void> {
  const nowMs = clock.now().getTime();
  for (const { key } of await codes.due(nowMs, atOnceMax))
    await codes.update(key, (known) =>
      known === undefined || forgottenAtMs(known) > nowMs ? { result: undefined } : { result: undefined, remove: true },
    );
}
