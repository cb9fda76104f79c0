import type { Clock } from '@vox/platform/time';
import type { SpentNonces } from '../keep/spent-nonces.ts';

export type ForgetNoncesDependencies = Readonly<{
  spentNonces: Pick<SpentNonces, 'due' | 'remove'>;
  clock: Clock;
}>;

const page = 200;

/** Forgets the nonces of signatures that have expired. */
export async function forgetNonces({ spentNonces, clock }: ForgetNoncesDependencies): Promise<void> {
  for (const { key } of await spentNonces.due(clock.now().getTime(), page)) await spentNonces.remove(key);
}
