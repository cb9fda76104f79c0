import { isIP, type Socket } from 'node:net';
import { Client } from 'undici';

/** An HTTP proxy that an operator named. */
export type HttpProxy = Readonly<{ origin: string; authorization?: string }>;

/** Reads the address of a proxy, such as `http://user:word@proxy.example:3128`. */
export function proxyOf(address: string): HttpProxy {
  const { origin, username, password } = new URL(address);
  if (username === '' && password === '') return { origin };
  const known = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { origin, authorization: `Basic ${Buffer.from(known).toString('base64')}` };
}

/** The head of a proxy's answer may be so long. */
const maxHeaderSize = 8_192;
/** So many addresses of a name are asked for, one after another. */
const most = 4;

/**
 * A line through a proxy (CONNECT, RFC 9110 §9.3.6). It is asked for the address that was checked here and never for a
 * name, so that it cannot be led elsewhere. IPv4 comes first: many proxies have no IPv6.
 */
export async function throughProxy(
  proxy: HttpProxy,
  addresses: readonly string[],
  port: number,
  signal: AbortSignal,
): Promise<Socket | 'proxy'> {
  const sorted = [...addresses].sort((one, other) => isIP(one) - isIP(other)).slice(0, most);
  for (const address of sorted) {
    const line = await asked(proxy, `${isIP(address) === 6 ? `[${address}]` : address}:${port}`, signal);
    if (line !== undefined || signal.aborted) return line ?? 'proxy';
  }
  return 'proxy';
}

async function asked(
  { origin, authorization }: HttpProxy,
  path: string,
  signal: AbortSignal,
): Promise<Socket | undefined> {
  const client = new Client(origin, { maxHeaderSize, headersTimeout: 0, allowH2: false });
  try {
    const headers = { host: path, ...(authorization && { 'proxy-authorization': authorization }) };
    const { statusCode, socket } = await client.connect({ path, headers, signal });
    if (statusCode === 200) return socket as Socket;
    socket.destroy();
    return undefined;
  } catch {
    return undefined;
  } finally {
    void client.destroy().catch(() => undefined);
  }
}
