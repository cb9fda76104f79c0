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

/** Ends everybody who follows, within a second, once a revocation may be missed: nothing is live then either. */
export const onLostLink = ({ endAll }: Pick<Followers, 'endAll'>, { current }: Pick<Revocations, 'current'>): Repeat =>
  repeat(
    lookMs,
    async () => {
      if (!current()) endAll();
    },
    () => undefined,
  );
