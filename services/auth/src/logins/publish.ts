import { LoginEnded, LoginStarted, LoginSteppedUp, makeFact, RevocationDocument, revocationKey } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { goneAtMs, type Login, type LoginEvent } from './decide/login.ts';

export type LoginBus = Pick<Bus, 'documents' | 'publish'>;

/** Tells every door that a login is over, until no token of it lives any more. */
export const publishRevocation = (bus: Pick<Bus, 'documents'>, loginId: string, login: Login, atMs: number) =>
  bus.documents(RevocationDocument).put(revocationKey('login', loginId), {
    at: new Date(atMs).toISOString(),
    until: new Date(goneAtMs(login)).toISOString(),
  });

/** Nobody needs to know of the end of a login whose last token has ended by itself. */
export const withdrawRevocation = (bus: Pick<Bus, 'documents'>, loginId: string): Promise<void> =>
  bus.documents(RevocationDocument).remove(revocationKey('login', loginId));

/** Publishes what happened to a login. Published again, it is the same fact. A revocation comes before its fact. */
export async function publishEvent(bus: LoginBus, loginId: string, login: Login, event: LoginEvent): Promise<void> {
  const { tenantId, memberId } = login;
  const { kind, atMs, by } = event;
  const head = { id: `login-${kind}:${loginId}:${atMs}`, source: 'auth', at: new Date(atMs) };
  const of = { tenantId, loginId, memberId };
  switch (kind) {
    case 'started':
      await bus.publish(LoginStarted, makeFact(LoginStarted, head, { ...of, isNewDevice: event.isNewDevice, ...by }));
      return;
    case 'stepped-up':
      await bus.publish(LoginSteppedUp, makeFact(LoginSteppedUp, head, { ...of, ...by }));
      return;
    case 'ended':
      if (event.why !== 'expired') await publishRevocation(bus, loginId, login, atMs);
      await bus.publish(LoginEnded, makeFact(LoginEnded, head, { ...of, why: event.why, ...by }));
  }
}
