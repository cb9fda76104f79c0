import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { UpgradeListener } from '@vox/platform/http';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Fault, type Faults, refusal } from '../faults.ts';
import type { Settings } from '../settings.ts';
import type { Call } from './call.ts';
import type { Calls } from './calls.ts';
import type { Line } from './lines.ts';

export type SidebandOptions = Readonly<{
  apiKey: string;
  calls: Pick<Calls, 'find'>;
  faults: Pick<Faults, 'next'>;
  settings: () => Settings;
}>;

const messageBytesMax = 1_048_576;
const normal = 1_000;
const statuses: Readonly<Record<number, string>> = { 401: 'Unauthorized', 404: 'Not Found' };

/** Takes WebSockets to calls: `/v1/realtime?call_id=…` and `/v1/live/sessions/…/attach`. */
export function sidebandDoor({ apiKey, calls, faults, settings }: SidebandOptions): UpgradeListener {
  const server = new WebSocketServer({ noServer: true, maxPayload: messageBytesMax });

  /** The call that may be listened to, or `undefined`. Some refusals take their time. */
  async function callFor(id: string | undefined): Promise<Call | undefined> {
    const call = id === undefined ? undefined : calls.find(id);
    const { sidebandOpens, strangerMs } = settings();
    if (call?.mode === 'ephemeral') {
      await pause(strangerMs);
      return undefined;
    }
    if (sidebandOpens === 'refused-before-media') return call?.isConnected() === true ? call : undefined;
    if (sidebandOpens === 'waits-for-media') await call?.whenConnected;
    return call?.isOpen() === true ? call : undefined;
  }

  async function take(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    if (request.headers.authorization !== `Bearer ${apiKey}`)
      return refuse(socket, 401, 'invalid_api_key', 'Incorrect API key provided.');
    const fault = faults.next('sideband');
    if (await isStopped(fault, socket)) return;
    const call = await callFor(targetOf(request.url ?? ''));
    if (socket.destroyed) return;
    if (call === undefined) return refuse(socket, 404, 'call_not_found', 'There is no such call.');
    server.handleUpgrade(request, socket, head, (sideband) => attach(sideband, call, fault));
  }
  return (request, socket, head) => void take(request, socket, head).catch(() => socket.destroy());
}

function targetOf(url: string): string | undefined {
  const { pathname, searchParams } = new URL(url, 'http://provider');
  if (pathname === '/v1/realtime') return known(searchParams.get('call_id'), 'rtc_');
  return known(/^\/v1\/live\/sessions\/([^/]+)\/attach$/.exec(pathname)?.[1], 'live_');
}
const known = (id: string | null | undefined, start: string): string | undefined =>
  id?.startsWith(start) ? id : undefined;

/** Whether a fault leaves nothing more to do. */
async function isStopped(fault: Fault | undefined, socket: Duplex): Promise<boolean> {
  if (fault?.kind === 'delay') await pause(fault.ms);
  if (fault?.kind === 'status') refuse(socket, fault.status, null, 'private words of the provider');
  if (fault?.kind === 'reset') socket.destroy();
  return fault?.kind === 'status' || fault?.kind === 'reset' || fault?.kind === 'hang';
}

function refuse(socket: Duplex, status: number, code: string | null, message: string): void {
  const body = JSON.stringify(refusal('invalid_request_error', code, message));
  socket.end(
    [
      `HTTP/1.1 ${status} ${statuses[status] ?? 'Refused'}`,
      'Content-Type: application/json',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}

function attach(sideband: WebSocket, call: Call, fault: Fault | undefined): void {
  const line: Line = {
    say: (text) => {
      if (fault?.kind !== 'mute' && sideband.readyState === sideband.OPEN) sideband.send(text);
    },
    close: () => sideband.close(normal),
  };
  sideband.on('error', () => sideband.terminate());
  const { hear, leave } = call.attach(line);
  sideband.on('message', (data) => hear(String(data)));
  sideband.on('close', leave);
  if (fault?.kind !== 'cut') return;
  const { afterMs, code } = fault;
  setTimeout(() => (code === undefined ? sideband.terminate() : sideband.close(code)), afterMs).unref();
}
