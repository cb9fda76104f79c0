import { Fault } from '@vox/platform/fault';
import { check } from '../../checks/mod.ts';

type Needs = Readonly<{ tenantId: string; body: Readonly<{ tenantId?: string | undefined }> }>;

/** Another tenant's name in the body is answered as if there were no such key: nothing is learnt of that tenant. */
export const namedTenant = check({
  name: 'named tenant',
  whenDown: 'no store',
  run:
    () =>
    ({ tenantId, body }: Needs): void => {
      if (body.tenantId !== undefined && body.tenantId !== tenantId) throw new Fault('INVALID_WIDGET_KEY');
    },
});
