import {
  busIdentities,
  operatorNameOfQuestion,
  questionFiltersOf,
  questions,
  rights,
  signalFilterOf,
  signalKinds,
  streamIdentities,
  subjectNameOfQuestion,
} from '@vox/contracts';
import { type NatsRights, natsRightsOf } from './rights.ts';

/** The account of the streams. No service belongs to it: whoever makes, saves and puts back streams does. */
export const busAccount = 'bus';

/**
 * How messages pass from one account into another: `service` goes there and may be answered, `stream` comes from there.
 */
export type Crossing = Readonly<{
  kind: 'service' | 'stream';
  subjectName: string;
  from: string;
  manyAnswers: boolean;
}>;
export type Account = Readonly<{
  name: string;
  users: readonly Readonly<{ identity: string; rights: NatsRights }>[];
  imports: readonly Crossing[];
  exports: readonly Readonly<Crossing & { accounts: readonly string[] }>[];
}>;

const answerers = new Map(
  questions.flatMap((asked) =>
    [subjectNameOfQuestion(asked), operatorNameOfQuestion(asked)].map((name) => [name, asked.service] as const),
  ),
);

/** Who answers a subject name: another service, or the streams. */
function answererOf(subjectName: string): string {
  const [first, second] = subjectName.split('.');
  return (first === '_INBOX' ? second : answerers.get(subjectName)) ?? busAccount;
}

/** Requests that the server answers with more than one message. */
const manyFromServer = /^\$JS\.API\.(CONSUMER\.MSG\.NEXT|DIRECT\.GET)\./;
/** Questions that every copy of a service answers. */
const manyFromCopies = new Set(
  questions
    .filter(({ everyCopy }) => everyCopy === true)
    .flatMap((asked) => [subjectNameOfQuestion(asked), operatorNameOfQuestion(asked)]),
);

/**
 * Imported by every account and allowed to no user. Without this import the server would take an account's whole
 * `$JS.API` for its own, find no streams there, and answer in the place of the account that has them.
 */
const accountInfo = '$JS.API.INFO';

/** Who says a signal, by the subject names of its kind. Signals leave the account of their speaker by themselves. */
const speakers = new Map(signalKinds.map((kind) => [signalFilterOf(kind), kind.from]));

function importsOf(service: string, { publish, subscribe }: NatsRights): Crossing[] {
  const isOwn = (name: string): boolean => name.startsWith('_INBOX.') || questionFiltersOf(service).includes(name);
  return [
    ...[accountInfo, ...publish.filter((name) => !speakers.has(name))].map((subjectName) => ({
      kind: 'service' as const,
      subjectName,
      from: answererOf(subjectName),
      manyAnswers: manyFromServer.test(subjectName) || manyFromCopies.has(subjectName),
    })),
    ...subscribe
      .filter((name) => !isOwn(name))
      .map((subjectName) => ({
        kind: 'stream' as const,
        subjectName,
        from: speakers.get(subjectName) ?? busAccount,
        manyAnswers: false,
      })),
  ].filter(({ from }) => from !== service);
}

/**
 * Every service has an account of its own, and the streams have another. A request names where its answer shall go, and
 * the server does not check whether the asker may publish there. In one account any right to ask would be a right to
 * have the server write into a bucket, forge a fact or purge a stream. Here the answer stays in the asker's account,
 * from which nothing leads on but what the asker may say anyway.
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
  const account = (name: string, identities: readonly string[]): Account => ({
    name,
    users: identities.map((identity) => ({ identity, rights: all.get(identity) as NatsRights })),
    imports: imports.get(name) ?? [],
    exports: exportsOf(name),
  });
  return [account(busAccount, streamIdentities), ...services.map((name) => account(name, [name]))];
}
