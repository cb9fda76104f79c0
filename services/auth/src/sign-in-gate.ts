import { Fault } from '@vox/platform/fault';
import type { LoginGate } from './logins/mod.ts';
import {
  type AdmitMemberDependencies,
  admitMember,
  type FindMembershipDependencies,
  type Membership,
  readMembership,
} from './members/mod.ts';
import { hasFactor, type PendingLoginDependencies, pendingLoginOf } from './second-factors/mod.ts';
import { isCodeRefused, type MustUseProviderDependencies } from './single-sign-on/mod.ts';
import type { Tenants } from './tenants/keep.ts';

type Options = Omit<PendingLoginDependencies, 'demandsFactor'> &
  MustUseProviderDependencies &
  AdmitMemberDependencies &
  FindMembershipDependencies &
  Readonly<{ tenants: Pick<Tenants, 'read'> }>;

type Person = Readonly<{ tenantId: string; memberId: string }>;

const ownerOf = ({ tenantId, member }: Membership): Person => ({ tenantId, memberId: member.memberId });

/** What the domains of signing in know of one another: what stands between a right code, or a provider, and a login. */
export function signInGate(options: Options) {
  const demandsFactor = async (tenantId: string): Promise<boolean> =>
    (await options.tenants.read(tenantId))?.draft.signIn.secondFactor === 'required';
  const dependencies = { ...options, demandsFactor };
  const pendingLogin = (membership: Membership) => pendingLoginOf(dependencies, ownerOf(membership));
  const gate: LoginGate = {
    async afterCode(membership) {
      const { tenantId, email, member } = membership;
      if (await isCodeRefused(options, { tenantId, email, role: member.role }))
        throw new Fault('FORBIDDEN', { reason: 'single-sign-on' });
      return pendingLogin(membership);
    },
    hasFactor: (membership) => hasFactor(options, ownerOf(membership)),
  };
  return {
    gate,
    demandsFactor,
    pendingLogin,
    nameOfMember: async ({ tenantId, memberId }: Person): Promise<string | undefined> =>
      (await readMembership(options, tenantId, memberId))?.email,
    /** Whoever comes in by a provider first has the lowest role. */
    admitPerson: async ({ tenantId, email }: Readonly<{ tenantId: string; email: string }>): Promise<string> =>
      (await admitMember(options, { tenantId, address: email, role: 'viewer' })).member.memberId,
  };
}
export type SignInGate = ReturnType<typeof signInGate>;
