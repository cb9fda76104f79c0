import { type Facts, type RedisFacts, readOf } from '../facts.ts';
import { type Finding, fullness, percent, sizeOf, when } from '../finding.ts';

const see = 'docs/redis.md';

/** Redis holds the counts of the edge, which may be lost and must not be thrown away. */
export function redisFindings(facts: Facts): Finding[] {
  const redis = readOf(facts.redis);
  return redis === undefined ? [] : [...memoryFindings(redis), ...diskFindings(redis), ...accessFindings(redis)];
}

const memoryFindings = ({ policy, bytes, bytesMax }: RedisFacts): Finding[] => [
  ...when(
    policy !== 'noeviction',
    policy === undefined ? 'medium' : 'high',
    'redis.eviction',
    policy === undefined
      ? 'Redis does not say what it does when it is full.'
      : `Redis throws counts away when it is full (${policy}).`,
    'Whoever was over a limit passes again, and an Idempotency-Key is forgotten.',
    `Set maxmemory-policy noeviction (${see}).`,
  ),
  ...when(
    bytesMax === 0,
    'medium',
    'redis.no-limit',
    'Redis may take all the memory of its machine.',
    'A flood of visitors fills it, and the machine kills it or something else.',
    `Set maxmemory (${see} says how much a count takes).`,
  ),
  ...when(
    true,
    fullness(bytes, bytesMax),
    'redis.full',
    `Redis holds ${sizeOf(bytes)}, ${percent(bytes, bytesMax)} of its maxmemory.`,
    'When it is full each copy counts alone, and twice a limit may pass in that minute.',
    'See what fills it, and give it more memory.',
  ),
];

const diskFindings = ({ appends, savesSnapshots }: RedisFacts): Finding[] =>
  when(
    appends || savesSnapshots,
    'low',
    'redis.persistence',
    `Redis writes to a disk (${[...(appends ? ['appendonly'] : []), ...(savesSnapshots ? ['save'] : [])].join(', ')}).`,
    'Nothing in it is worth that: it delays answers, and keeps visitors’ pseudonyms for longer than their minute.',
    `Set save "" and appendonly no (${see}).`,
  );

const accessFindings = ({ tls, isLoopback, hasPassword, user, tooMuch }: RedisFacts): Finding[] => [
  ...when(
    !tls && !isLoopback,
    'high',
    'redis.tls',
    'Redis is reached without TLS over a network.',
    'Whoever listens there reads its password, and may then change every count.',
    'Use rediss:// and REDIS_CA (docs/stores.md).',
  ),
  ...when(
    !hasPassword || user === undefined || user === 'default',
    isLoopback ? 'medium' : 'high',
    'redis.open',
    hasPassword ? 'Redis is reached as the user default.' : 'Redis lets anybody in.',
    'That user may send every command, FLUSHALL too: it ends every limit.',
    'Give edge-guard a user of its own and switch default off (docs/stores.md).',
  ),
  ...when(
    tooMuch.length > 0,
    'high',
    'redis.rights',
    `edge-guard’s user in Redis may do more than it needs: ${tooMuch.join(', ')}.`,
    'Whoever takes its password from one copy may do that too.',
    'Write its line of the ACL file again, as `redisAcl` makes it, and load it with ACL LOAD.',
  ),
];
