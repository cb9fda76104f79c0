import type { Bus } from '@vox/platform/bus';
import { type Repeat, repeat } from '@vox/platform/time';
import type { Revocations } from '../../tenant/mod.ts';
import type { Followers } from '../keep/followers.ts';

const lookMs = 1_000;

/** Ends whoever follows by a login or a key, when that is revoked. */
export const onRevocation =
  ({ endOf }: Pick<Followers, 'endOf'>) =>
  (key: string, revoked: unknown): void => {
    if (revoked !== undefined) endOf(key);
  };

/**
 * Ends everybody who follows, within a second, once a revocation may be missed: nothing is live then either. After a
 * shorter break of the link they end when it is back, for nobody keeps what was said meanwhile.
 */
export function onLostLink(
  { endAll }: Pick<Followers, 'endAll'>,
  { current }: Pick<Revocations, 'current'>,
  { onRelink }: Pick<Bus, 'onRelink'>,
): Repeat {
  const stopRelink = onRelink(endAll);
  const looking = repeat(
    lookMs,
    async () => {
      if (!current()) endAll();
    },
    () => undefined,
  );
  return {
    async stop() {
      stopRelink();
      await looking.stop();
    },
  };
}
