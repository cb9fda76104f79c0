import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { MediaStreamTrack, type RTCDataChannel, RTCPeerConnection, RtpHeader, RtpPacket, useOPUS } from 'werift';
import { isTranscribed, type Session } from './secrets.ts';
import { eventsOfTurn, type Script, type TurnUsage } from './turn.ts';

export type CallOptions = Readonly<{
  session: Session;
  /** Pause between two turns of the conversation. At 0 nobody speaks unless the page asks for a response. */
  turnMs: number;
  turnUsage: TurnUsage;
  script: Script;
  onClosed: () => void;
}>;

export type Call = Readonly<{ answer: string; close: () => Promise<void>; packetsHeard: () => number }>;

/** One Opus frame of 20 ms of silence (RFC 6716 §3.1: a TOC byte and two of silence). */
const silence = Buffer.from([0xf8, 0xff, 0xfe]);
const partingMs = 50;
const frameMs = 20;
const samplesPerFrame = 960;

/** The provider's end of a WebRTC call. It sends silence, and on the data channel the events of a conversation. */
export async function answerCall(offer: string, options: CallOptions): Promise<Call> {
  const peer = new RTCPeerConnection({
    iceServers: [],
    iceAdditionalHostAddresses: ['127.0.0.1'],
    codecs: { audio: [useOPUS()] },
  });
  const timers: NodeJS.Timeout[] = [];
  const channels: RTCDataChannel[] = [];
  let heard = 0;
  let closed = false;
  async function close(): Promise<void> {
    if (closed) return;
    closed = true;
    for (const timer of timers) clearInterval(timer);
    // The page notices a closed channel at once, but a closed connection only after a while.
    for (const channel of channels) channel.close();
    if (channels.length > 0) await pause(partingMs);
    await peer.close();
    options.onClosed();
  }

  const voice = new MediaStreamTrack({ kind: 'audio' });
  peer.addTransceiver(voice, { direction: 'sendrecv' });
  peer.onTrack.subscribe((track) =>
    track.onReceiveRtp.subscribe(() => {
      heard += 1;
    }),
  );
  peer.onDataChannel.subscribe((channel) => {
    channels.push(channel);
    converse(channel, options, timers);
  });
  peer.connectionStateChange.subscribe((state) => {
    if (state === 'connected') timers.push(speak(voice));
    if (state === 'disconnected' || state === 'failed' || state === 'closed') void close();
  });
  try {
    await peer.setRemoteDescription({ type: 'offer', sdp: offer });
    await peer.setLocalDescription(await peer.createAnswer());
    return { answer: peer.localDescription?.sdp ?? '', close, packetsHeard: () => heard };
  } catch (error) {
    await close();
    throw error;
  }
}

function speak(voice: MediaStreamTrack): NodeJS.Timeout {
  let sequence = 0;
  return setInterval(() => {
    sequence = (sequence + 1) & 0xffff;
    const header = new RtpHeader({
      sequenceNumber: sequence,
      timestamp: (sequence * samplesPerFrame) >>> 0,
      payloadType: 96,
    });
    voice.writeRtp(new RtpPacket(header, silence));
  }, frameMs);
}

function converse(
  channel: RTCDataChannel,
  { session, turnMs, turnUsage, script }: CallOptions,
  timers: NodeJS.Timeout[],
): void {
  let turn = 0;
  const transcribed = isTranscribed(session);
  const send = (event: object): void => {
    if (channel.readyState === 'open') channel.send(JSON.stringify(event));
  };
  const take = (): void => {
    for (const { afterMs, ...event } of eventsOfTurn({ turn, usage: turnUsage, script, transcribed })) {
      if (afterMs === undefined) send(event);
      else timers.push(setTimeout(() => send(event), afterMs));
    }
    turn += 1;
  };
  const begin = (): void => {
    send({ type: 'session.created', event_id: `event_${randomBytes(8).toString('hex')}`, session });
    if (turnMs > 0) timers.push(setInterval(take, turnMs));
  };
  channel.onMessage.subscribe((data) => {
    if (isResponseWanted(data.toString())) take();
  });
  if (channel.readyState === 'open') begin();
  else channel.stateChanged.subscribe((state) => state === 'open' && begin());
}

function isResponseWanted(text: string): boolean {
  try {
    return (JSON.parse(text) as { type?: unknown }).type === 'response.create';
  } catch {
    return false;
  }
}
