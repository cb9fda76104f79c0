import type { SessionClaims } from '@vox/platform/crypto';
import { Fault } from '@vox/platform/fault';
import { check } from '../../checks/mod.ts';

/** Refuses the words of a brokered call from its page: the server hears them itself, and would keep them twice. */
export const heardByServer = check({
  name: 'heard by the server',
  whenDown: 'no store',
  run:
    () =>
    ({ claims }: Readonly<{ claims: Pick<SessionClaims, 'mode'> }>): void => {
      if (claims.mode === 'brokered') throw new Fault('HEARD_BY_SERVER');
    },
});
