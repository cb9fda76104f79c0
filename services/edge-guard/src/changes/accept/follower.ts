import { changeStream, decideAccess, type Principal, revocationKey } from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import type { ManagerDependencies } from '../../admin/mod.ts';
import { type Asked, check } from '../../checks/mod.ts';
import { findLogin, type Login, loginTokenOf, refuseOtherMember } from '../../logins/mod.ts';
import type { Follower } from '../command/follow-changes.ts';

const { action } = changeStream;
const nothing = new Uint8Array();

type Adds = Readonly<{ follower: Follower; manager: Readonly<{ tenantId: string; id: string }>; tenantId: string }>;

/**
 * Finds out who wants to follow their tenant, by the access table, and how to find it out again while they do. A stream
 * that is open keeps no login: nobody need sit before it.
 */
export const follower = check({
  name: 'follower',
  // Whether a login or a key was revoked must be known.
  whenDown: 'deny',
  run: (dependencies: ManagerDependencies) => {
    const admitted = (
      who: Exclude<Principal, { kind: 'operator' }>,
      given: Pick<Follower, 'credential' | 'confirm'>,
    ): Adds => {
      const { tenantId } = who;
      const decision = decideAccess(action, who, tenantId, dependencies.clock.now().getTime());
      if (decision !== 'allowed') throw new Fault(decision);
      const id = who.kind === 'member' ? who.memberId : who.keyId;
      const holder = `${tenantId}:${id}`;
      return { follower: { who, tenantId, holder, ...given }, manager: { tenantId, id }, tenantId };
    };
    return async ({ request, ip }: Asked & Readonly<{ ip: string }>): Promise<Adds> => {
      if (request.get('authorization') !== undefined) {
        const confirm = () => dependencies.proveMachine({ request, ip, action, body: nothing });
        const { tenantId, keyId, scopes } = await confirm();
        const who = { kind: 'key', tenantId, keyId, scopes, signedFor: undefined } as const;
        return admitted(who, { credential: revocationKey('api-key', keyId), confirm });
      }
      const token = loginTokenOf(dependencies.cookies, request);
      if (token === undefined) throw new Fault('AUTH_REQUIRED');
      const confirm = () => findLogin(dependencies, token);
      const found = await confirm();
      refuseOtherMember(request, found.memberId);
      return admitted(memberOf(found), { credential: revocationKey('login', found.loginId), confirm });
    };
  },
});

const memberOf = ({ tenantId, memberId, role, freshUntil: freshUntilMs }: Login) =>
  ({ kind: 'member', tenantId, memberId, role, freshUntilMs }) as const;
