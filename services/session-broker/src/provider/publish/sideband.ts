import { Reason } from '@vox/platform/fault';
import WebSocket from 'ws';
import { ProviderFailure, type Sideband, type SidebandListener } from './provider.ts';

/** Longest event that is taken, in bytes: no event that we read is near it. */
const eventBytesMax = 4 * 1024 ** 2;

export type SidebandAddress = Readonly<{ url: URL; headers: Readonly<Record<string, string>> }>;

/**
 * Opens a sideband, without following redirects: the key goes nowhere else. Fails as ProviderFailure, with the status
 * of a refusal.
 */
export function openSideband(
  { url, headers }: SidebandAddress,
  { onEvent, onClosed }: SidebandListener,
  timeoutMs: number,
): Promise<Sideband> {
  const { promise, resolve, reject } = Promise.withResolvers<Sideband>();
  const socket = new WebSocket(url, {
    headers,
    handshakeTimeout: timeoutMs,
    maxPayload: eventBytesMax,
    perMessageDeflate: false,
  });
  let isOpen = false;
  socket.on('open', () => {
    isOpen = true;
    resolve({
      send: (event) => {
        if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(event));
      },
      close: () => socket.terminate(),
    });
  });
  socket.on('unexpected-response', (_request, response) => {
    response.destroy();
    reject(new ProviderFailure(new Reason('it refused a sideband'), { status: response.statusCode }));
    socket.terminate();
  });
  socket.on('error', (error) => reject(new ProviderFailure(error)));
  socket.on('message', (data, isBinary) => {
    if (!isBinary) onEvent(data.toString());
  });
  socket.on('close', () => {
    if (isOpen) onClosed();
    else reject(new ProviderFailure(new Reason('a sideband closed before it was open')));
  });
  return promise;
}
