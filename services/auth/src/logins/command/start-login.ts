import { digest } from '@vox/platform/crypto';
import { Fault } from '@vox/platform/fault';
import { type QueueMailDependencies, queueMail } from '../../courier/mod.ts';
import { type Membership, type Rosters, readMembership } from '../../members/mod.ts';
import { type Recognised, recognise } from '../decide/devices.ts';
import { type Login, type LoginRules, started } from '../decide/login.ts';
import type { KnownDevices, Logins } from '../keep.ts';
import { type EndLoginDependencies, endLogin } from './end-login.ts';
import { type IssueDependencies, type IssuedLogin, issueLogin } from './issue-login.ts';
import { publishLogin } from './publish-login.ts';

/** Where somebody signs in from: device and place as labels, and what the browser keeps of an earlier time. */
export type From = Readonly<{ device: string; place: string; deviceToken?: string | undefined }>;

export type StartLoginDependencies = IssueDependencies &
  EndLoginDependencies &
  QueueMailDependencies &
  Readonly<{
    logins: Pick<Logins, 'update' | 'tagged' | 'decideOnce'>;
    devices: Pick<KnownDevices, 'update'>;
    rosters: Pick<Rosters, 'read'>;
    loginRules: LoginRules;
    random: (size: number) => Uint8Array;
    uuid: () => string;
  }>;

export type StartedLogin = IssuedLogin & Readonly<{ deviceToken: string | null }>;

/** Begins a login under an id of its own: nothing that the browser had before becomes part of it. */
export async function startLogin(
  dependencies: StartLoginDependencies,
  membership: Membership,
  from: From,
): Promise<StartedLogin> {
  const { logins, loginRules, clock, uuid } = dependencies;
  const { tenantId, member, email } = membership;
  const { memberId } = member;
  const { deviceToken, isKnown, isFirst } = await recogniseDevice(dependencies, { tenantId, memberId }, from);
  const loginId = uuid();
  const now = clock.now();
  const begun = started({ tenantId, memberId, ...from }, !isKnown, loginRules, now.getTime());
  const { state: login } = await logins.decideOnce(loginId, { propose: () => begun });
  await stillMember(dependencies, loginId, login, membership);
  await publishLogin(dependencies, loginId, login);
  if (!isKnown && !isFirst) {
    const values = { device: from.device, place: from.place, at: now.toISOString() };
    await queueMail(dependencies, { id: `new-device:${loginId}`, to: email, tenantId, template: 'new-device', values });
  }
  return { ...(await issueLogin(dependencies, loginId, login, membership)), deviceToken };
}

/**
 * A role that changes while somebody signs in: either the change finds the login and ends it, or it is seen here.
 * Throws Fault AUTH_REQUIRED.
 */
async function stillMember(
  dependencies: StartLoginDependencies,
  loginId: string,
  { tenantId, memberId }: Login,
  { member }: Membership,
): Promise<void> {
  const now = await readMembership(dependencies, tenantId, memberId);
  if (now?.member.role === member.role) return;
  await endLogin(dependencies, loginId, { why: 'member-changed', by: { actor: 'service:auth' } });
  throw new Fault('AUTH_REQUIRED');
}

const tokenBytes = 24;
const deviceDigest = (token: string): string => digest('login-device', token);

async function recogniseDevice(
  { devices, random, clock }: Pick<StartLoginDependencies, 'devices' | 'random' | 'clock'>,
  { tenantId, memberId }: Readonly<{ tenantId: string; memberId: string }>,
  { deviceToken: shown }: From,
): Promise<Pick<Recognised, 'isKnown' | 'isFirst'> & Readonly<{ deviceToken: string | null }>> {
  const token = Buffer.from(random(tokenBytes)).toString('base64url');
  const asked = {
    ...{ tenantId, fresh: deviceDigest(token), nowMs: clock.now().getTime() },
    ...(shown !== undefined && { shown: deviceDigest(shown) }),
  };
  const { isKnown, isFirst } = await devices.update<Recognised>(memberId, (known) => {
    const result = recognise(known, asked);
    return { result, state: result.state };
  });
  return { isKnown, isFirst, deviceToken: isKnown ? null : token };
}
