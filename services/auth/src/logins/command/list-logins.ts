import type { LoginView } from '@vox/contracts';
import { everyTagged } from '@vox/platform/store';
import type { Clock } from '@vox/platform/time';
import { isLive, type Login } from '../decide/login.ts';
import { type Logins, memberTag, tenantTag } from '../keep.ts';

export type ListLoginsDependencies = Readonly<{ logins: Pick<Logins, 'tagged'>; clock: Pick<Clock, 'now'> }>;

/** More nobody reads. */
const listedMax = 1_000;

/** Logins that live, of a tenant or of one of its members, the one last seen first. */
export async function listLogins(
  { logins, clock }: ListLoginsDependencies,
  { tenantId, memberId }: Readonly<{ tenantId: string; memberId?: string | undefined }>,
): Promise<LoginView[]> {
  const nowMs = clock.now().getTime();
  const found: LoginView[] = [];
  const tag = memberId === undefined ? tenantTag(tenantId) : memberTag(memberId);
  for await (const { key, state } of everyTagged(logins, tag)) {
    if (state.tenantId === tenantId && isLive(state, nowMs)) found.push(loginView(key, state));
    if (found.length >= listedMax) break;
  }
  return found.sort((one, other) => other.lastSeenAt.localeCompare(one.lastSeenAt));
}

export const loginView = (loginId: string, login: Login): LoginView => ({
  loginId,
  memberId: login.memberId,
  name: login.name,
  device: login.device,
  place: login.place,
  startedAt: new Date(login.startedAtMs).toISOString(),
  lastSeenAt: new Date(login.seenAtMs).toISOString(),
  expiresAt: new Date(login.expiresAtMs).toISOString(),
});
