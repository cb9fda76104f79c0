import { connect, isIP, type LookupFunction, type Socket } from 'node:net';
import { connect as connectTls, createSecureContext, rootCertificates, type SecureContext } from 'node:tls';
import { type HttpProxy, throughProxy } from './proxy.ts';
import type { Target } from './target.ts';

export type LineRequest = Readonly<{
  target: Target;
  /** Those that were checked; a line leads to one of them and nowhere else. */
  addresses: readonly [string, ...string[]];
  /** Whether an address may be at the other end of a line. */
  may: (address: string) => boolean;
  trusted: Trusted;
  proxy: HttpProxy | undefined;
  /** Ends it at any time: the line is then broken, whether it stands or not. */
  signal: AbortSignal;
}>;

/** Whom a line believes. */
export type Trusted = () => SecureContext;

/**
 * Believes the authorities of the system, and those in PEM besides. They are read once, for it takes longer than all
 * else about a line. Of the lines nothing is kept in it: without a `session` of its own each makes its keys anew.
 */
export function trusting(ca: string | undefined): Trusted {
  let read: SecureContext | undefined;
  return () => {
    read ??= createSecureContext({
      minVersion: 'TLSv1.2',
      ...(ca !== undefined && { ca: [...rootCertificates, ca] }),
    });
    return read;
  };
}

/** `connect`: nobody took the call. `tls`: not who the name says. `proxy`: the proxy did not put us through. */
export type LineFailure = 'connect' | 'tls' | 'proxy';

/**
 * A new line to a target, over TLS where its URL says so. Neither the line nor a TLS session is kept for another
 * request. Never throws.
 */
export async function openLine(asked: LineRequest): Promise<Socket | LineFailure> {
  const { target, addresses, proxy, signal } = asked;
  const plain = proxy ? await throughProxy(proxy, addresses, target.port, signal) : await dialled(asked);
  if (typeof plain === 'string') return plain;
  // A line that breaks is heard of by whoever reads it; one that nobody reads yet must not end the process.
  plain.on('error', () => undefined);
  signal.addEventListener('abort', () => void plain.destroy(), { once: true });
  if (signal.aborted) plain.destroy();
  return target.isTls ? secured(plain, asked) : plain;
}

function dialled({ target, addresses, may, signal }: LineRequest): Promise<Socket | 'connect'> {
  return new Promise((resolve) => {
    const { host, port } = target;
    const socket = connect({ host, port, lookup: onlyThese(addresses), noDelay: true });
    signal.addEventListener('abort', () => void socket.destroy(), { once: true });
    if (signal.aborted) socket.destroy();
    socket.once('error', () => resolve('connect'));
    socket.once('close', () => resolve('connect'));
    socket.once('connect', () => {
      // Shown again where it matters: whatever was resolved, the line must not stand to an address of the inside.
      if (may(socket.remoteAddress ?? '')) return resolve(socket);
      socket.destroy();
      resolve('connect');
    });
  });
}

/** What Node asks for the addresses of a host. It gets those that were checked, and no name server is asked. */
function onlyThese(addresses: readonly [string, ...string[]]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_host, options, found) => {
    if (options.all) found(null, all);
    else found(null, addresses[0], isIP(addresses[0]));
  };
}

function secured(plain: Socket, { target: { host }, trusted, signal }: LineRequest): Promise<Socket | 'tls'> {
  return new Promise((resolve) => {
    const socket = connectTls({
      ...{ socket: plain, host, ALPNProtocols: ['http/1.1'], secureContext: trusted() },
      // Said aloud: a variable of the environment could turn it off otherwise.
      rejectUnauthorized: true,
      ...(isIP(host) === 0 && { servername: host }),
    });
    signal.addEventListener('abort', () => void socket.destroy(), { once: true });
    const fail = (): void => {
      resolve('tls');
      socket.destroy();
      plain.destroy();
    };
    socket.on('error', fail);
    socket.once('close', fail);
    socket.once('secureConnect', () => {
      socket.off('close', fail);
      resolve(socket);
    });
  });
}
