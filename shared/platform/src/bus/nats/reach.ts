import { type ConnectionOptions, nkeyAuthenticator } from '@nats-io/transport-node';

/** Where NATS is, and how one proves who speaks there. */
export type NatsReach = Readonly<{
  servers: readonly string[];
  /**
   * The seed of a user nkey; without it the servers must let anybody in. A function is asked at each new link: the seed
   * may have been rotated since the last one.
   */
  nkeySeed?: string | (() => string) | undefined;
  /** Certificates (PEM) of the authority that signed those of the servers; without it, the public authorities count. */
  ca?: string | undefined;
}>;

/**
 * Options of a connection. With `ca`, or with `tls://` before any of the servers, the client refuses a server without
 * TLS: by itself the driver would go on in plain text when the server offers nothing else.
 */
export function natsReach({ servers, nkeySeed, ca }: NatsReach): ConnectionOptions {
  const wantsTls = ca !== undefined || servers.some((server) => /^tls:/i.test(server));
  return {
    servers: [...servers],
    ...(nkeySeed !== undefined && {
      authenticator: nkeyAuthenticator(() => new TextEncoder().encode(seedOf(nkeySeed))),
    }),
    ...(wantsTls && { tls: ca === undefined ? {} : { ca } }),
  };
}

const seedOf = (seed: string | (() => string)): string => (typeof seed === 'function' ? seed() : seed);
