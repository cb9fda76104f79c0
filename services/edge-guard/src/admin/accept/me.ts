import { Me } from '@vox/contracts';
import { noStore } from '@vox/platform/http';
import { type Asked, check, route } from '../../checks/mod.ts';
import { clientIp } from '../../client/mod.ts';
import { knownAddressLimit, strangerLimit } from '../../limits/mod.ts';
import { login } from '../../logins/mod.ts';
import { tenantOfRefusals } from '../../tenant/mod.ts';
import type { Manager, ManagerDependencies } from './manager.ts';
import { managerLimit } from './manager-limit.ts';

type Adds = Readonly<{ me: Me; manager: Pick<Manager, 'tenantId' | 'id'>; tenantId: string }>;

/** Reads the credential alone: everybody may know who they are. Nothing is asked with the proof of a machine. */
const ownCredential = check({
  name: 'own credential',
  // Whether a login or a key was revoked must be known.
  whenDown: 'deny',
  run: (dependencies: ManagerDependencies) => {
    const byLogin = login.run(dependencies);
    return async (asked: Asked & Readonly<{ ip: string }>): Promise<Adds> => {
      const { request, ip } = asked;
      if (request.get('authorization') !== undefined) {
        const machine = { request, ip, action: 'tenants.read', body: new Uint8Array() } as const;
        const { tenantId, keyId, scopes } = await dependencies.proveMachine(machine);
        return { me: { kind: 'key', tenantId, keyId, scopes }, manager: { tenantId, id: keyId }, tenantId };
      }
      const { login: member } = await byLogin(asked);
      const { tenantId, memberId, role, freshUntil } = member;
      const until = freshUntil > 0 ? new Date(freshUntil).toISOString() : null;
      const me = { kind: 'member', tenantId, memberId, role, freshUntil: until } as const;
      return { me, manager: { tenantId, id: memberId }, tenantId };
    };
  },
});

/** `GET /api/v1/me`: it is no question to a service, and so no row of the table of operations. */
export const meRoute = route({
  method: 'get',
  paths: ['/api/v1/me'],
  summary: 'Whose credential this is: the tenant, and the role of the member or the scopes of the API key.',
  credential: 'login or API key',
  checks: [clientIp, strangerLimit, knownAddressLimit, ownCredential, tenantOfRefusals, managerLimit],
  command:
    () =>
    ({ me }: Readonly<{ me: Me }>): Me =>
      me,
  answer: Me,
  head: noStore,
});
