import { LoginEnded, LoginStarted, LoginSteppedUp, makeFact, RevocationDocument, revocationKey } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import type { Login, LoginEvent } from './decide/login.ts';

export type LoginBus = Pick<Bus, 'documents' | 'publish'>;

/** An event of a login. `goneAtMs` is from when on no token of the login lives. */
export type ToldEvent = Readonly<{ loginId: string; login: Login; event: LoginEvent; goneAtMs: number }>;

/** Tells every door that a login is over, until no token of it lives any more. */
const publishRevocation = (bus: Pick<Bus, 'documents'>, { loginId, event, goneAtMs }: ToldEvent): Promise<void> =>
  bus.documents(RevocationDocument).put(revocationKey('login', loginId), {
    at: new Date(event.atMs).toISOString(),
    until: new Date(goneAtMs).toISOString(),
  });

/** Nobody needs to know of the end of a login whose last token has ended by itself. */
export const withdrawRevocation = (bus: Pick<Bus, 'documents'>, loginId: string): Promise<void> =>
  bus.documents(RevocationDocument).remove(revocationKey('login', loginId));

/** Publishes what happened to a login. Published again, it is the same fact. A revocation comes before its fact. */
export async function publishEvent(bus: LoginBus, told: ToldEvent): Promise<void> {
  const { loginId, login, event } = told;
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
      if (event.why !== 'expired') await publishRevocation(bus, told);
      await bus.publish(LoginEnded, makeFact(LoginEnded, head, { ...of, why: event.why, ...by }));
  }
}
