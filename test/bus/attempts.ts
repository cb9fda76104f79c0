import { headers, type NatsConnection } from '@nats-io/transport-node';
import {
  bucketStreamOf,
  consumers,
  DeadLetterStream,
  documentKinds,
  factKinds,
  questions,
  rights,
  streams,
  subjectNameOfQuestion,
} from '@vox/contracts';
import { natsRightsOf } from '@vox/platform/bus';
import { jetStreamApi, otherSystemNames } from './jetstream-api.fixture.ts';

/** One message that a thief sends with the stolen credential of a service. */
export type Attempt = Readonly<{
  subjectName: string;
  body: string;
  reply?: string;
  headers?: Readonly<Record<string, string>>;
}>;

const streamNames = [...[...streams, DeadLetterStream].map(({ name }) => name), ...documentKinds.map(bucketStreamOf)];

/** Whether a NATS pattern matches a subject name. */
export function matches(pattern: string, subjectName: string): boolean {
  const [wanted, given] = [pattern.split('.'), subjectName.split('.')];
  for (const [n, part] of wanted.entries()) {
    if (part === '>') return given.length > n;
    if (part !== '*' && part !== given[n]) return false;
  }
  return wanted.length === given.length;
}
export const maySay = (service: string, subjectName: string): boolean =>
  natsRightsOf(service).publish.some((pattern) => matches(pattern, subjectName));

const inbox = (service: string): string => `_INBOX.${service}.stolen`;

/** Every field that makes a stream leak, forge or lose messages. */
export const streamMischief = (name: string, service: string): readonly object[] =>
  [
    { republish: { src: '>', dest: `${inbox(service)}.>` } },
    { republish: { src: '>', dest: '$KV.vox-keys.>' } },
    { sources: [{ name: 'VOX_TRANSCRIPTS' }] },
    { mirror: { name: 'VOX_TRANSCRIPTS' } },
    { subject_transform: { src: '>', dest: 'vox.identity.policy-changed.>' } },
    { subjects: ['>'] },
    { max_age: 100_000_000 },
    { max_bytes: 1 },
    { max_msgs: 1 },
    { max_msgs_per_subject: 1 },
    { allow_direct: true },
    { allow_rollup_hdrs: true },
    { allow_msg_ttl: true },
    { allow_msg_schedules: true },
    { allow_msg_counter: true },
    { allow_atomic: true },
    { deny_purge: false, deny_delete: false },
    { sealed: true },
    { discard: 'old' },
    { duplicate_window: 100_000_000 },
    { num_replicas: 0 },
    { placement: { tags: ['elsewhere'] } },
  ].map((field) => ({ name, ...field }));

/** Every way to make a consumer deliver the wrong messages or to the wrong place. */
const consumerMischief = (stream: string, service: string): readonly object[] =>
  [
    { deliver_subject: `${inbox(service)}.push`, ack_policy: 'none', deliver_policy: 'all' },
    { deliver_subject: '$KV.vox-keys.forged', ack_policy: 'none', deliver_policy: 'all' },
    { deliver_subject: `$JS.API.STREAM.PURGE.${stream}`, ack_policy: 'none', deliver_policy: 'all' },
    { durable_name: 'stolen', ack_policy: 'explicit', deliver_policy: 'all' },
  ].map((config) => ({ stream_name: stream, config }));

/** Bodies that would do harm under a subject name of the server’s interface, or an empty one. */
function bodiesFor(call: string, stream: string, service: string): string[] {
  const all = (bodies: readonly object[]): string[] => bodies.map((body) => JSON.stringify(body));
  if (/\.STREAM\.(CREATE|UPDATE)\./.test(call)) return all(streamMischief(stream, service));
  if (/\.CONSUMER\.(DURABLE\.)?CREATE\./.test(call)) return all(consumerMischief(stream, service));
  if (/\.CONSUMER\.PAUSE\./.test(call)) return all([{ pause_until: '2999-01-01T00:00:00Z' }]);
  if (/\.MSG\.(GET|DELETE)\./.test(call)) return all([{ last_by_subj: '>' }]);
  return [''];
}

/** Every call of the server’s interface, for every stream and for own, foreign and unknown consumers. */
export function apiAttempts(service: string): Attempt[] {
  const named = [...Object.values(consumers).map(({ stream, name }) => [stream, name] as const)];
  const filled = (call: string, stream: string, consumer: string): string =>
    call.replace('*', stream).replace('*', consumer).replace('>', 'vox.x');
  return jetStreamApi.flatMap((call) => {
    const places = call.split('*').length - 1;
    const targets: (readonly [string, string])[] =
      places === 0
        ? [['', '']]
        : streamNames.flatMap((stream) =>
            places === 1
              ? [[stream, ''] as const]
              : [[stream, 'stolen'] as const, ...named.filter(([of]) => of === stream)],
          );
    return targets.flatMap(([stream, consumer]) =>
      bodiesFor(call, stream, service).map((body) => ({ subjectName: filled(call, stream, consumer), body })),
    );
  });
}

const concrete = (pattern: string): string => pattern.replace('>', 'acme.stolen').replaceAll('*', 'stolen');

/** A message to every fact, document, question, inbox, acknowledgement and system name. */
export function otherAttempts(): Attempt[] {
  const names = [
    ...factKinds.map(({ name }) => `${name}.acme.stolen`),
    ...documentKinds.flatMap(({ bucket }) => [`$KV.vox-${bucket}.stolen`, `vox.changed.${bucket}.stolen`]),
    ...factKinds.map(({ name }) => `told.${name}.acme.stolen`),
    ...questions.map(subjectNameOfQuestion),
    ...Object.keys(rights).map((other) => `_INBOX.${other}.stolen.x`),
    '_INBOX.bootstrap.stolen.x',
    ...Object.values(consumers).flatMap(({ stream, name }) => [
      `$JS.ACK.${stream}.${name}.1.1.1.1.0`,
      `vox.dead.${name}`,
    ]),
    ...otherSystemNames,
  ];
  return names.map((subjectName) => ({ subjectName, body: '+TERM' }));
}

/** Where an answer would do harm: the server answers to any subject name, also where the asker may not write. */
export function replyTargets(service: string): string[] {
  const targets = [
    ...otherAttempts().map(({ subjectName }) => subjectName),
    ...streamNames.flatMap((name) => [`$JS.API.STREAM.PURGE.${name}`, `$JS.API.STREAM.DELETE.${name}`]),
  ];
  return targets.filter((target) => !maySay(service, target));
}

/** Bodies that ask for messages: by number, one or several, or the next ones. */
function bodiesAsking(pattern: string): string[] {
  if (pattern.includes('MSG.NEXT')) return [JSON.stringify({ batch: 5, no_wait: true })];
  if (/DIRECT\.GET|MSG\.GET/.test(pattern)) return [JSON.stringify({ seq: 1 }), JSON.stringify({ seq: 1, batch: 5 })];
  return ['+TERM'];
}

/** Every allowed message of the credential, with its answer sent to every forbidden place. */
export function deputyAttempts(service: string): Attempt[] {
  const targets = replyTargets(service);
  const asked = natsRightsOf(service).publish.filter((pattern) => !pattern.startsWith('_INBOX.'));
  return asked.flatMap((pattern) =>
    bodiesAsking(pattern).flatMap((body) => targets.map((reply) => ({ subjectName: concrete(pattern), body, reply }))),
  );
}

/** Headers that make a stream do more than keep a message. */
export const headerMischief: readonly Readonly<Record<string, string>>[] = [
  { 'Nats-Rollup': 'all' },
  { 'Nats-Rollup': 'sub' },
  { 'Nats-TTL': '1s' },
  { 'Nats-Schedule': '@at 2020-01-01T00:00:00Z', 'Nats-Schedule-Target': '$KV.vox-keys.scheduled' },
  { 'Nats-Schedule': '@every 1s', 'Nats-Schedule-Target': 'vox.identity.policy-changed.acme' },
  { 'Nats-Incr': '+1' },
  { 'Nats-Batch-Id': 'stolen', 'Nats-Batch-Sequence': '1', 'Nats-Batch-Commit': '1' },
  { 'Nats-Trace-Dest': '$KV.vox-keys.traced' },
  { 'Nats-Trace-Dest': '_INBOX.auth.traced', 'Nats-Trace-Only': 'true' },
];

/** Sends them all, and answers the subject names that the server refused. */
export async function attempted(link: NatsConnection, attempts: readonly Attempt[]): Promise<ReadonlySet<string>> {
  const refused = new Set<string>();
  const errors = link.status();
  const listening = (async () => {
    for await (const status of errors)
      if (status.type === 'error' && 'subject' in status.error) refused.add(String(status.error.subject));
  })();
  for (const [n, { subjectName, body, reply, headers: given = {} }] of attempts.entries()) {
    const sent = headers();
    for (const [name, value] of Object.entries(given)) sent.set(name, value);
    link.publish(subjectName, body, { ...(reply !== undefined && { reply }), headers: sent });
    if (n % 200 === 0) await link.flush();
  }
  await link.flush();
  await Promise.race([listening, new Promise((resolve) => setTimeout(resolve, 100))]);
  return refused;
}
