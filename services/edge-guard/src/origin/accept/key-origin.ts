import type { PolicyKey } from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import { type Asked, check } from '../../checks/mod.ts';
import { mayCallFrom } from '../../tenant/mod.ts';

/** Refuses a page that the widget key is not bound to. */
export const keyOrigin = check({
  name: 'key origin',
  whenDown: 'no store',
  run:
    () =>
    ({ request, key }: Asked & Readonly<{ key: PolicyKey }>): { origin: string } => {
      const origin = request.get('origin');
      if (origin === undefined || !mayCallFrom(key, origin)) throw new Fault('ORIGIN_MISMATCH');
      return { origin };
    },
});
