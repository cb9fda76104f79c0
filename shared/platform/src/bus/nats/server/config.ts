import { nkeys } from '@nats-io/transport-node';
import { busIdentities } from '@vox/contracts';
import { type Account, busAccount, natsAccounts } from './accounts.ts';
import { durabilityText, type NatsDurability } from './durability.ts';
import type { NatsRights } from './rights.ts';
import { type NatsTls, tlsBlock } from './server-tls.ts';

/**
 * A client whose connection died without notice keeps its place among the answerers, and every question sent to it is
 * lost until the server drops it. By the server's defaults that takes six minutes; with these values, nine seconds.
 */
const pings = { interval: '3s', unanswered: 2 };

const quoted = JSON.stringify;
const listed = (names: readonly string[]): string => names.map((name) => quoted(name)).join(', ');
const block = (name: string, lines: readonly string[]): string =>
  lines.length === 0 ? '' : `    ${name}: [\n${lines.map((line) => `      ${line}\n`).join('')}    ]\n`;

/** The public nkeys (U…) of an identity: one, or for the time of a rotation the old one and the new one. */
export type PublicKeys = Readonly<Record<string, string | readonly string[]>>;

const userText = (nkey: string, { publish, subscribe }: NatsRights): string =>
  `{ nkey: ${nkey}, permissions: { publish: { allow: [${listed(publish)}] }, subscribe: { allow: [${listed(subscribe)}] }, allow_responses: { max: 1, expires: "1m" } } }`;

function accountText({ name, users: identities, imports, exports }: Account, keys: PublicKeys): string {
  const users = identities.flatMap(({ identity, rights }) =>
    [...new Set([keys[identity] ?? []].flat())].map((nkey) => userText(nkey, rights)),
  );
  return `  ${quoted(name)}: {
${name === busAccount ? '    jetstream: enabled\n' : ''}${block('users', users)}${block(
  'exports',
  exports.map(
    ({ kind, subjectName, accounts, manyAnswers }) =>
      `{ ${kind}: ${quoted(subjectName)}, accounts: [${listed(accounts)}]${manyAnswers ? ', response_type: stream' : ''} }`,
  ),
)}${block(
  'imports',
  imports.map(
    ({ kind, subjectName, from }) => `{ ${kind}: { account: ${quoted(from)}, subject: ${quoted(subjectName)} } }`,
  ),
)}  }
`;
}

/**
 * A nats-server configuration. Each service proves itself by its nkey, has an account of its own and only the rights
 * that it needs; a dead client is found soon. With `tls` nobody is heard without it. An identity with two keys may
 * prove itself by either. `durability` says whether it is one of a cluster, and what an acknowledged fact survives.
 * Throws RangeError for a name that is no service.
 */
export function natsServerConfig(keys: PublicKeys, tls?: NatsTls, durability: NatsDurability = {}): string {
  for (const name of Object.keys(keys))
    if (!busIdentities.includes(name)) throw new RangeError(`${name} is no service`);
  const accounts = natsAccounts().map((account) => accountText(account, keys));
  return `ping_interval: ${pings.interval}
ping_max: ${pings.unanswered}
${tls ? tlsBlock(tls) : ''}${durabilityText(durability)}accounts: {
${accounts.join('')}}
`;
}

export type ServiceKey = Readonly<{ seed: string; publicKey: string }>;

/** A new user nkey: the seed is the service's secret, the public key goes into the servers' configuration. */
export function newServiceKey(): ServiceKey {
  const pair = nkeys.createUser();
  return { seed: new TextDecoder().decode(pair.getSeed()), publicKey: pair.getPublicKey() };
}

/** The public half of a seed. Throws when it is none. */
export const publicKeyOf = (seed: string): string => nkeys.fromSeed(new TextEncoder().encode(seed)).getPublicKey();
