import {
  bootstrapIdentity,
  busIdentities,
  questionFilterOf,
  questions,
  rights,
  subjectNameOfQuestion,
} from '@vox/contracts';
import { type NatsRights, natsRightsOf } from './rights.ts';

/** Where the streams are. Nobody is at home here but who makes them. */
export const busAccount = 'bus';

/** How something comes from one account into another: by a message that goes there and may be answered, or by one that comes from there. */
export type Crossing = Readonly<{
  kind: 'service' | 'stream';
  subjectName: string;
  from: string;
  manyAnswers: boolean;
}>;
export type Account = Readonly<{
  name: string;
  rights: NatsRights;
  imports: readonly Crossing[];
  exports: readonly Readonly<Crossing & { accounts: readonly string[] }>[];
}>;

const answerers = new Map(questions.map((asked) => [subjectNameOfQuestion(asked), asked.service]));

/** Who answers under a subject name: another service, or the streams. */
function answererOf(subjectName: string): string {
  const [first, second] = subjectName.split('.');
  return (first === '_INBOX' ? second : answerers.get(subjectName)) ?? busAccount;
}

/** What the server answers with more than one message. */
const manyAnswers = /^\$JS\.API\.(CONSUMER\.MSG\.NEXT|DIRECT\.GET)\./;

/**
 * Imported by every account and allowed to no user. Where an account has no import of this name, the server leads its whole `$JS.API` to itself, finds
 * no streams there, and answers in the place of the account that has them.
 */
const accountInfo = '$JS.API.INFO';

function importsOf(service: string, { publish, subscribe }: NatsRights): Crossing[] {
  const isOwn = (name: string): boolean => name.startsWith('_INBOX.') || name === questionFilterOf(service);
  return [
    ...[accountInfo, ...publish].map((subjectName) => ({
      kind: 'service' as const,
      subjectName,
      from: answererOf(subjectName),
      manyAnswers: manyAnswers.test(subjectName),
    })),
    ...subscribe
      .filter((name) => !isOwn(name))
      .map((subjectName) => ({ kind: 'stream' as const, subjectName, from: busAccount, manyAnswers: false })),
  ].filter(({ from }) => from !== service);
}

/**
 * Every service in an account of its own, and the streams in another. A message that asks the server for something names where the answer shall go,
 * and the server checks nowhere that whoever asks may publish there: in one account any right to ask would be a right to have the server write into
 * a bucket, forge a fact, or purge a stream. Here the answer goes to a subject name of the asker’s account, from which nothing leads on but what it
 * may say anyway.
 */
export function natsAccounts(): Account[] {
  const services = Object.keys(rights);
  const all = new Map(busIdentities.map((name) => [name, natsRightsOf(name)]));
  const imports = new Map(services.map((name) => [name, importsOf(name, all.get(name) as NatsRights)]));
  const exportsOf = (account: string): Account['exports'] => {
    const crossings = services.flatMap((importer) =>
      (imports.get(importer) ?? []).filter(({ from }) => from === account).map((crossing) => ({ crossing, importer })),
    );
    const byName = Map.groupBy(crossings, ({ crossing: { kind, subjectName } }) => `${kind} ${subjectName}`);
    return [...byName.values()].flatMap((of) =>
      of.slice(0, 1).map(({ crossing }) => ({ ...crossing, accounts: of.map(({ importer }) => importer) })),
    );
  };
  const account = (name: string, identity: string): Account => ({
    name,
    rights: all.get(identity) as NatsRights,
    imports: imports.get(identity) ?? [],
    exports: exportsOf(name),
  });
  return [account(busAccount, bootstrapIdentity), ...services.map((name) => account(name, name))];
}
