import { goneAtMs, type Login, withoutTold } from '../decide/login.ts';
import type { Logins } from '../keep.ts';
import { type LoginBus, publishEvent } from '../publish.ts';

export type PublishLoginDependencies = Readonly<{ bus: LoginBus; logins: Pick<Logins, 'update'> }>;

/** Publishes what happened to a login, and then clears it from the outbox. After a crash the sweep does it again. */
export async function publishLogin({ bus, logins }: PublishLoginDependencies, loginId: string, login: Login) {
  const { untold } = login;
  if (untold.length === 0) return;
  for (const event of untold) await publishEvent(bus, { loginId, login, event, goneAtMs: goneAtMs(login) });
  await logins.update(loginId, (known) =>
    known === undefined ? { result: undefined } : { result: undefined, state: withoutTold(known, untold) },
  );
}
