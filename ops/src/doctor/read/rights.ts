import { readFileSync, statSync } from 'node:fs';
import { busIdentities, rights } from '@vox/contracts';
import { busAccount, type NatsRights, natsRightsOf } from '@vox/platform/bus';
import { Reason } from '@vox/platform/fault';
import type { RightsFacts } from '../facts.ts';

/** As `natsServerConfig` writes an account, and a user of it. */
const account = /^ {2}"([^"\n]+)": \{$/;
const user = /nkey: U\S+ ?, permissions: \{ publish: \{ allow: \[([^\]]*)\] \}, subscribe: \{ allow: \[([^\]]*)\] \}/;
const names = (list = ''): string[] => [...list.matchAll(/"([^"]*)"/g)].map(([, name = '']) => name);

type User = Readonly<{ account: string; rights: NatsRights }>;

/** The users of a configuration with their rights, in the form in which VOX writes it. */
export function usersIn(config: string): User[] {
  let within = '';
  return config.split('\n').flatMap((line) => {
    within = account.exec(line)?.[1] ?? within;
    const [found, publish, subscribe] = user.exec(line) ?? [];
    return found === undefined
      ? []
      : [{ account: within, rights: { publish: names(publish), subscribe: names(subscribe) } }];
  });
}

/** Who may belong to an account. */
const identitiesOf = (name: string): readonly string[] =>
  name === busAccount ? busIdentities.filter((each) => !(each in rights)) : [name].filter((each) => each in rights);

const beyond = (one: NatsRights, other: NatsRights): string[] => [
  ...one.publish.filter((name) => !other.publish.includes(name)).map((name) => `publish ${name}`),
  ...one.subscribe.filter((name) => !other.subscribe.includes(name)).map((name) => `subscribe ${name}`),
];

type Compared = Readonly<{ tooMuch: string[]; tooLittle: string[] }>;

/** A user beside the identity that it resembles most. */
function compared(given: User): Compared {
  const all = identitiesOf(given.account).map((identity) => {
    const wanted = natsRightsOf(identity);
    return { tooMuch: beyond(given.rights, wanted), tooLittle: beyond(wanted, given.rights) };
  });
  const size = ({ tooMuch, tooLittle }: Compared): number => tooMuch.length + tooLittle.length;
  return all.reduce((least, each) => (size(each) < size(least) ? each : least));
}

/** How the rights in a server's configuration differ from the contracts of this version. */
export function rightsIn(config: string): Omit<RightsFacts, 'file' | 'writtenAtMs'> {
  const users = usersIn(config);
  if (users.length === 0) throw new Reason('it is no configuration as VOX writes one');
  const isKnown = ({ account: name }: User): boolean => identitiesOf(name).length > 0;
  const differences = users.filter(isKnown).map((each) => ({ name: each.account, ...compared(each) }));
  const told = (part: keyof Compared): string[] =>
    differences.flatMap((each) => each[part].map((what) => `${each.name}: ${what}`));
  return {
    tooMuch: told('tooMuch'),
    tooLittle: told('tooLittle'),
    strangers: [...new Set(users.filter((each) => !isKnown(each)).map((each) => each.account))],
  };
}

export const readRights = async (file: string): Promise<RightsFacts> => ({
  ...{ file, writtenAtMs: statSync(file).mtimeMs },
  ...rightsIn(readFileSync(file, 'utf8')),
});
