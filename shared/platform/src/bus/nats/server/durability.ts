import { type NatsTls, tlsBlock } from './server-tls.ts';

/** One server of a cluster, and how it reaches the others. */
export type NatsCluster = Readonly<{
  /** The same on every server. */
  name: string;
  /** Its own on every server, and the same after a restart: what it stores is known by it. */
  serverName: string;
  /** Host and port where the other servers reach it. */
  listen: string;
  /** Hosts and ports of the others. Its own may stand among them. */
  routes: readonly string[];
  /** By which servers know one another: a stranger there would hear and say everything. */
  password: string;
  /** With the authority that signed the certificates of all; nothing is heard without TLS then. */
  tls?: NatsTls & Readonly<{ authority: string }>;
}>;

/** What an acknowledged fact survives. */
export type NatsDurability = Readonly<{
  cluster?: NatsCluster;
  /**
   * Writes each fact through to the disk before it is acknowledged. Without it a server writes through every two
   * minutes: what it acknowledged since may be lost when its machine loses power, and in a cluster when most of the
   * machines lose power at once.
   */
  syncAlways?: boolean;
}>;

const quoted = JSON.stringify;
const routeUser = 'route';

function clusterText({ name, serverName, listen, routes, password, tls }: NatsCluster): string {
  const urls = routes.map((route) => quoted(`nats-route://${routeUser}:${encodeURIComponent(password)}@${route}`));
  return `server_name: ${quoted(serverName)}
cluster: {
  name: ${quoted(name)}
  listen: ${quoted(listen)}
  authorization: { user: ${quoted(routeUser)}, password: ${quoted(password)}, timeout: 3 }
${tls ? `  ${tlsBlock(tls, tls.authority)}` : ''}  routes: [${urls.join(', ')}]
}
`;
}

/** The part of a server's configuration that says what an acknowledged fact survives. */
export const durabilityText = ({ cluster, syncAlways = false }: NatsDurability): string =>
  `${syncAlways ? 'jetstream: { sync_interval: always }\n' : ''}${cluster ? clusterText(cluster) : ''}`;
