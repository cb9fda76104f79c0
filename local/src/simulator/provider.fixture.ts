import { type Listening, listen } from '@vox/platform/http';
import OpenAI from 'openai';
import { type RTCDataChannel, RTCPeerConnection, useOPUS } from 'werift';
import { WebSocket } from 'ws';
import { type Account, type Event, type Simulator, type SomeSettings, simulator } from './simulator.ts';

export const apiKey = 'sk-test';
export const model = 'gpt-realtime-2.1';
export const session = {
  type: 'realtime' as const,
  model,
  instructions: 'Be brief.',
  audio: { input: { transcription: { model: 'gpt-transcribe' } }, output: { voice: 'marin' } },
};
/** An offer that is never connected: audio, with a data channel or without. */
export const someOffer = (withChannel = true): string =>
  [
    ...['v=0', 'o=- 1 2 IN IP4 127.0.0.1', 's=-', 't=0 0', 'm=audio 9 UDP/TLS/RTP/SAVPF 111', 'a=mid:0'],
    ...(withChannel ? ['m=application 9 UDP/DTLS/SCTP webrtc-datachannel', 'a=mid:1'] : []),
    '',
  ].join('\r\n');

export type Provider = Readonly<{
  provider: Simulator;
  door: Listening;
  client: OpenAI;
  say: (method: string, path: string, body?: object) => Promise<Response>;
  /** Begins a call with the API key and answers its id. */
  call: (offer?: string, over?: object) => Promise<string>;
  account: (id: string) => Account;
  close: () => Promise<void>;
}>;

/** A simulator that listens. Nobody speaks by itself, and calls have no media, unless the settings say otherwise. */
export async function openProvider(settings: SomeSettings = {}, turnMs = 0): Promise<Provider> {
  const provider = simulator({ apiKey, now: () => new Date(), turnMs, settings: { media: 'none', ...settings } });
  const door = await listen(provider.app, { host: '127.0.0.1', port: 0, upgrade: provider.upgrade });
  const client = new OpenAI({ apiKey, baseURL: `${door.url}/v1`, maxRetries: 0, timeout: 2_000 });
  return {
    provider,
    door,
    client,
    say: (method, path, body) =>
      fetch(`${door.url}/simulator${path}`, {
        method,
        headers: { 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
      }),
    async call(offer = someOffer(), over = {}) {
      const answer = await client.realtime.calls.create({ sdp: offer, session: { ...session, ...over } });
      return answer.headers.get('location')?.split('/').at(-1) ?? '';
    },
    account: (id) => provider.calls.books().find((account) => account.id === id) as Account,
    async close() {
      await provider.close();
      await door.close(0);
    },
  };
}

export type Watch = Readonly<{
  /** 101 for a sideband that opened, 0 for one whose connection was cut. */
  status: number;
  heard: Event[];
  types: () => string[];
  send: (event: object) => void;
  /** The code with which it was closed, or `undefined` while it is open. */
  closedWith: () => number | undefined;
}>;

/** Opens a sideband at an address of the provider, such as `/v1/realtime?call_id=rtc_1`. */
export async function watch({ door }: Pick<Provider, 'door'>, path: string, key = apiKey): Promise<Watch> {
  const socket = new WebSocket(`${door.url.replace('http', 'ws')}${path}`, {
    headers: { authorization: `Bearer ${key}` },
  });
  const heard: Event[] = [];
  let code: number | undefined;
  socket.on('message', (data) => heard.push(JSON.parse(String(data)) as Event));
  socket.on('close', (closedWith) => {
    code = closedWith;
  });
  const status = await new Promise<number>((resolve) => {
    socket.once('open', () => resolve(101));
    socket.on('error', () => resolve(0));
    socket.once('unexpected-response', (_request, response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
  });
  return {
    ...{ status, heard, types: () => heard.map(({ type }) => type) },
    send: (event) => socket.send(JSON.stringify(event)),
    closedWith: () => code,
  };
}
export const watchCall = (provider: Pick<Provider, 'door'>, id: string, key = apiKey): Promise<Watch> =>
  watch(provider, `/v1/realtime?call_id=${id}`, key);

export type Browser = Readonly<{
  offer: string;
  heard: Event[];
  types: () => string[];
  take: (answer: string) => Promise<void>;
  send: (event: object) => void;
  leave: () => Promise<void>;
}>;

/** A browser's peer. It connects once it has taken the answer to its offer. */
export async function openBrowser(withChannel = true): Promise<Browser> {
  const peer = new RTCPeerConnection({
    iceServers: [],
    iceAdditionalHostAddresses: ['127.0.0.1'],
    codecs: { audio: [useOPUS()] },
  });
  peer.addTransceiver('audio', { direction: 'sendrecv' });
  const heard: Event[] = [];
  let channel: RTCDataChannel | undefined;
  if (withChannel) {
    channel = peer.createDataChannel('oai-events');
    channel.onMessage.subscribe((data) => heard.push(JSON.parse(data.toString()) as Event));
  }
  await peer.setLocalDescription(await peer.createOffer());
  return {
    ...{ offer: peer.localDescription?.sdp ?? '', heard, types: () => heard.map(({ type }) => type) },
    take: async (answer) => void (await peer.setRemoteDescription({ type: 'answer', sdp: answer })),
    send: (event) => channel?.send(JSON.stringify(event)),
    leave: () => peer.close(),
  };
}
