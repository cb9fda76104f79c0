import { type Broken, broken } from './known-errors.ts';

const notPrimary = broken('the server is not the primary', 'that there is a primary', 'mongodb');
const tooFew = broken('too few members confirm what is written', 'that most members of the replica set run', 'mongodb');
/** Numbers of MongoDB’s own errors (mongodb.com/docs/manual/reference/error-codes). */
export const byMongoCode: Readonly<Record<number, Broken>> = {
  13: broken('the user may not do this', 'the rights of the user in {setting}', 'mongodb'),
  18: broken('user or password is wrong', 'the user and the password in {setting}', 'mongodb'),
  8000: broken('user or password is wrong', 'the user and the password in {setting}', 'mongodb'),
  10107: notPrimary,
  11600: broken('the server is stopping', 'whether it comes back', 'mongodb'),
  91: broken('the server is stopping', 'whether it comes back', 'mongodb'),
  189: notPrimary,
  11602: notPrimary,
  13435: notPrimary,
  64: tooFew,
  100: tooFew,
  14031: broken('its disk is full', 'the disk of the server', 'mongodb'),
};

const noRoom = 'the disk of the server and its limits for JetStream (max_file_store), and what else is kept there';
const noStreams = broken('it runs without JetStream', 'that the server is started with -js', 'nats');
/** Numbers of JetStream's errors (github.com/nats-io/nats-server, server/errors.json). */
export const byNatsCode: Readonly<Record<number, Broken>> = {
  10002: broken('the account has no room left for streams', noRoom, 'nats'),
  10008: broken('its cluster has no leader', 'that most of its servers run and see each other', 'nats'),
  10023: broken('it has no room left', noRoom, 'nats'),
  10028: broken('it has no memory left for streams', noRoom, 'nats'),
  10039: noStreams,
  10047: broken('it has no disk left for streams', noRoom, 'nats'),
  10076: noStreams,
  10077: broken(
    'the stream is full, or its server cannot write',
    'whether the consumers of the stream keep up, its limit (max_bytes), and the disk of the server',
    'nats',
  ),
};

const replies: Readonly<Record<string, Broken>> = {
  OOM: broken('it is full and refuses', 'maxmemory, and who fills it'),
  MISCONF: broken('it cannot write to its disk and refuses', 'its disk'),
  READONLY: broken('it is a replica that takes no writes', '{setting}, which must name the primary'),
  LOADING: broken('it reads its data and does not answer yet', 'that it comes up'),
  MASTERDOWN: broken('its primary is down', 'the primary'),
  CLUSTERDOWN: broken('its cluster is down', 'the cluster'),
  BUSY: broken('a script holds it', 'what else runs there'),
  NOAUTH: broken('it wants a password', 'the password in {setting}'),
  WRONGPASS: broken('user or password is wrong', 'the user and the password in {setting}'),
  NOPERM: broken('the user has no right to a command or a key', 'the rights of the user in {setting}'),
};
/** The first word of a Redis error; the rest may repeat what was sent. */
export const byReply = (word = ''): Broken => ({ dependency: 'redis', ...replies[word] });
