import { Fault } from '@vox/platform/fault';
import { check } from '../../checks/mod.ts';

/** Refuses whoever shows no token. */
export const tokenRequired = check({
  name: 'token required',
  whenDown: 'no store',
  run:
    () =>
    ({ token }: Readonly<{ token: string | undefined }>): { token: string } => {
      if (token === undefined) throw new Fault('AUTH_REQUIRED');
      return { token };
    },
});
