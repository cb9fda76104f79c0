import { type ApiRow, decideAccess, keyActor, memberActor, type Principal } from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import { signedBodyOf } from '@vox/platform/http';
import type { Clock } from '@vox/platform/time';
import type { Machine, ProveMachine } from '../../api-keys/mod.ts';
import { type Asked, check } from '../../checks/mod.ts';
import { type Login, type LoginDependencies, login, type OwnPages, refuseForgery } from '../../logins/mod.ts';

/** Who manages something: a member with a login, or a machine with an API key. The proof travels with the question. */
export type Manager = Readonly<{ tenantId: string; id: string; actor: string; proof: string }>;

export type ManagerDependencies = LoginDependencies & OwnPages & Readonly<{ proveMachine: ProveMachine; clock: Clock }>;

const ofMember = ({ tenantId, memberId, token }: Login): Manager => ({
  ...{ tenantId, id: memberId, actor: memberActor(memberId), proof: token },
});
const ofMachine = ({ tenantId, keyId, proof }: Machine): Manager => ({
  ...{ tenantId, id: keyId, actor: keyActor(keyId), proof },
});

/**
 * Finds out who asks for an operation and whether they may, by the access table, before the question is read. Of a
 * machine the bytes of the body are read first, because its signature covers them. The service that acts finds it out
 * again. A machine shows an API key, and is no browser; a member shows a login cookie, which another site’s page may
 * not use.
 */
export const manager = ({ method, question: { action } }: ApiRow) =>
  check({
    name: 'manager',
    // Whether a login or a key was revoked must be known, and auth alone can say whose a key is.
    whenDown: 'deny',
    run: (dependencies: ManagerDependencies) => {
      const byLogin = login.run(dependencies);
      const demand = (who: Principal, tenantId: string): void => {
        const decision = decideAccess(action, who, tenantId, dependencies.clock.now().getTime());
        if (decision !== 'allowed') throw new Fault(decision);
      };
      return async (asked: Asked & Readonly<{ ip: string }>): Promise<{ manager: Manager; tenantId: string }> => {
        const { request, ip } = asked;
        const of = (tenantId: string): string => String(request.params.tenantId ?? tenantId);
        if (request.get('authorization') !== undefined) {
          if (method !== 'get') await asked.readBody();
          const machine = await dependencies.proveMachine({ request, ip, action, body: signedBodyOf(request) });
          const { tenantId, keyId, scopes } = machine;
          demand({ kind: 'key', tenantId, keyId, scopes, signedFor: action }, of(tenantId));
          return { manager: ofMachine(machine), tenantId };
        }
        const { login: member } = await byLogin(asked);
        if (method !== 'get') refuseForgery(dependencies, request);
        const { tenantId, memberId, role, freshUntil: freshUntilMs } = member;
        demand({ kind: 'member', tenantId, memberId, role, freshUntilMs }, of(tenantId));
        return { manager: ofMember(member), tenantId };
      };
    },
  });
