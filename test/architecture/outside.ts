/**
 * Whoever reaches other machines by a way of its own, and why that is right: hosts of strangers and tenants are reached
 * through the guarded door alone. The hosts of all others are set by an operator. A name that ends with a slash is a
 * folder.
 */
export const ownWays: Readonly<Record<string, string>> = {
  'shared/platform/src/egress/': 'the guarded door itself',
  'shared/platform/src/bus/nats/view.ts': 'NATS, at NATS_URL',
  'shared/platform/src/bus/nats/bootstrap.ts': 'NATS, at NATS_URL',
  'shared/platform/src/bus/nats/bus.ts': 'NATS, at NATS_URL',
  'shared/platform/src/store/mongo-connection.ts': 'MongoDB, at MONGODB_URI',
  'shared/platform/src/config/urls.ts': 'the driver of MongoDB reads an address here and opens nothing',
  'shared/platform/src/master-keys/ask-kms.ts':
    'AWS KMS, AWS STS, the agent of a container or Vault, at the host of the settings',
  'services/edge-guard/src/store/keep/open-redis.ts': 'Redis, at REDIS_URL',
  'services/edge-guard/src/store/keep/redis-memory.ts': 'tells a cluster of Redis from one server, and opens nothing',
  'services/session-broker/src/provider/publish/place.ts': 'the provider, by its own client, at the host of its row',
  'services/session-broker/src/provider/publish/sideband.ts': 'the provider, at the host of its row',
  'services/auth/src/courier/publish.ts': 'the mail server, at SMTP_URL',
  'services/auth/src/single-sign-on/publish/provider.ts': 'its library gets the guarded door in the place of fetch',
  'shared/tools/src/mcp/client.ts': 'its library gets the guarded door in the place of fetch',
  'services/auth/src/single-sign-on/publish/resolve-txt.ts': 'asks the name servers of the system, and nobody else',
};

/** Packages that reach other machines, and of others the names that do. */
const reaching =
  /^(?:node:(?:https|http2|tls|dgram|dns|dns\/promises)|undici|ws|openai|openid-client|nodemailer|axios|got|node-fetch|@modelcontextprotocol\/client)$/;
const reachingNames: Readonly<Record<string, RegExp>> = {
  'node:http': /\b(?:request|get|Agent|ClientRequest|as)\b/,
  'node:net': /\b(?:connect|createConnection|Socket|as)\b/,
  mongodb: /\bMongoClient\b/,
  ioredis: /\b(?:Redis|Cluster)\b/,
  '@nats-io/transport-node': /\bconnect\b/,
};
const calls = /(?<![.\w])fetch\(|\bglobalThis\.fetch\b|\bnew (?:WebSocket|EventSource|XMLHttpRequest)\(/;
const imports = /^(?:import|export) (?!type )([^;']*) from '([^']+)'|\b()import\('([^']+)'\)/gm;
const isComment = (line: string): boolean => /^\s*(?:\/\/|\/?\*)/.test(line);

const opens = (names: string, to: string): boolean =>
  reaching.test(to) || reachingNames[to]?.test(names.replace(/\btype \w+/g, '')) === true;

/** Files of services that reach other machines, whoever they are. What runs on an operator's machine is none. */
export function opensLines(name: string, text: string): boolean {
  if (!/^(?:services|shared)\//.test(name) || name.startsWith('shared/testing/')) return false;
  if (calls.test(text) && text.split('\n').some((line) => calls.test(line) && !isComment(line))) return true;
  return [...text.matchAll(imports)].some(([, names = 'as', to = '', , lazy = '']) => opens(names, to || lazy));
}

export const mayOpenLines = (name: string): boolean =>
  Object.keys(ownWays).some((known) => (known.endsWith('/') ? name.startsWith(known) : name === known));
