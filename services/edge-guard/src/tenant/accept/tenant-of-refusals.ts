import { type Asked, check } from '../../checks/mod.ts';

/** From here on a refusal is counted and published as one of this tenant. */
export const tenantOfRefusals = check({
  name: 'tenant of refusals',
  whenDown: 'no store',
  run:
    () =>
    ({ response, tenantId }: Asked & Readonly<{ tenantId: string }>): void => {
      response.locals.tenantId = tenantId;
    },
});
