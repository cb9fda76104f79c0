import { randomBytes } from 'node:crypto';
import { type StoppedClock, stoppedClock } from '../time/mod.ts';
import { askKms } from './ask-kms.ts';
import { arnOf, awsKmsServer, awsUser } from './aws-kms.fixture.ts';
import { awsKms } from './aws-kms.ts';
import { givenKeys } from './given-keys.ts';
import { guardKms } from './guard-kms.ts';
import type { AwsCredentials } from './sign-v4.ts';
import { vaultServer, vaultToken } from './vault.fixture.ts';
import { vaultTransit } from './vault-transit.ts';

export const someClock = (): StoppedClock => stoppedClock('2026-05-05T12:00:00.000Z');
/** Long enough for this machine, short enough to wait for. */
const timeoutMs = 400;

export const onGiven = () => {
  const [old, next] = [randomBytes(32), randomBytes(32)];
  let keys = [old];
  return {
    holder: givenKeys(() => keys),
    rotate: (): void => {
      keys = [next, old];
    },
  };
};

export async function onAws(over: Readonly<{ credentials?: () => AwsCredentials }> = {}) {
  const clock = someClock();
  const server = await awsKmsServer(clock, ['old', 'next']);
  const title = 'AWS KMS';
  const holderOf = (...[first = '', ...others]: string[]) =>
    awsKms({
      ...{ keys: [arnOf(first), ...others.map(arnOf)], url: server.url, clock, credentials: () => awsUser, ...over },
      ask: askKms({ title, timeoutMs }),
      guard: guardKms(title, clock),
    });
  let holder = holderOf('old');
  return {
    ...{ server, clock, holderOf },
    // The list of keys is a setting: another is another start.
    holder: {
      ...holder,
      wrap: (...asked: Parameters<typeof holder.wrap>) => holder.wrap(...asked),
      open: (...asked: Parameters<typeof holder.open>) => holder.open(...asked),
      isNewest: (...asked: Parameters<typeof holder.isNewest>) => holder.isNewest(...asked),
      newest: () => holder.newest(),
    },
    rotate: (): void => {
      holder = holderOf('next', 'old');
    },
  };
}

export async function onVault(
  options: Partial<Parameters<typeof vaultServer>[0]> & Readonly<{ token?: () => string }> = {},
) {
  const { token = () => vaultToken, ...over } = options;
  const clock = someClock();
  const server = await vaultServer({ derived: false, ...over });
  const title = 'Vault';
  const holder = vaultTransit({
    ...{ url: server.url, mount: 'transit', key: 'vox', namespace: over.namespace, token },
    ask: askKms({ title, timeoutMs }),
    guard: guardKms(title, clock),
  });
  return { server, clock, holder, rotate: server.rotate };
}
