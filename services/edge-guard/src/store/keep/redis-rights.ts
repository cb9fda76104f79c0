import { createHash } from 'node:crypto';

/** Where edge-guard keeps something: limits, claims, and the redaction states of calls. */
export const redisKeys = ['vox:limit:*', 'vox:mark:*', 'vox:carry:*'] as const;

/**
 * Every command that edge-guard sends, and nothing else. A script may call only what its user may call, so the commands
 * of the scripts stand here too, and EVAL opens nothing more. HELLO and AUTH are everybody's.
 */
export const redisCommands = [
  // Sent by the driver at each new link, and by a probe.
  ...['info', 'ping'],
  // Claims and redaction states.
  ...['set', 'del', 'getdel'],
  // A script by its digest, or by its text where the server does not know it yet.
  ...['evalsha', 'eval'],
  // Within the scripts.
  ...['time', 'llen', 'lindex', 'lpop', 'rpush', 'pexpire'],
] as const;

/**
 * What edge-guard sends to a cluster besides. The driver asks which server has which slots, is sent on while they move,
 * and says whether it only reads. A count is given back when another server refused the same request.
 */
export const redisClusterCommands = [
  ...['cluster|slots', 'cluster|info', 'asking', 'readonly', 'readwrite'],
  'lrem',
] as const;

/** The name of edge-guard's user, in an ACL and in REDIS_URL. */
export const redisUser = 'edge-guard';

/** The SHA-256 of a password, as Redis keeps it. */
export const redisHash = (password: string): string => createHash('sha256').update(password).digest('hex');

/** What the user may do: its keys and its commands, and nothing that was allowed before. */
export const redisRights: readonly string[] = [
  ...['resetkeys', 'resetchannels', '-@all'],
  ...redisKeys.map((key) => `~${key}`),
  ...redisCommands.map((name) => `+${name}`),
];

/** The same on each server of a cluster. */
export const redisClusterRights: readonly string[] = [
  ...redisRights,
  ...redisClusterCommands.map((name) => `+${name}`),
];

/**
 * Lines of an ACL file (redis.io/docs/latest/operate/oss_and_stack/management/security/acl): edge-guard alone. Nobody
 * comes in without a password. While it is rotated, the old one and the new one are taken.
 */
export const redisAcl = (passwords: string | readonly string[], rights: readonly string[] = redisRights): string =>
  [
    'user default off resetpass resetkeys resetchannels -@all',
    `user ${redisUser} on ${[passwords]
      .flat()
      .map((each) => `#${redisHash(each)}`)
      .join(' ')} ${rights.join(' ')}`,
    '',
  ].join('\n');
