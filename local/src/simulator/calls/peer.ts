import { setTimeout as pause } from 'node:timers/promises';
import { MediaStreamTrack, type RTCDataChannel, RTCPeerConnection, RtpHeader, RtpPacket, useOPUS } from 'werift';
import type { Line } from './lines.ts';

/** The provider's end of the connection to a browser. */
export type Peer = Readonly<{ answer: string; packetsHeard: () => number; close: () => Promise<void> }>;

export type PeerEvents = Readonly<{
  onConnected: () => void;
  /** The browser's data channel is open. What is answered hears what comes over it. */
  onChannel: (line: Line) => (text: string) => void;
  /** The browser is gone. */
  onGone: () => void;
}>;

/** One Opus frame of 20 ms of silence (RFC 6716 §3.1: a TOC byte and two of silence). */
const silence = Buffer.from([0xf8, 0xff, 0xfe]);
const partingMs = 50;
const frameMs = 20;
const samplesPerFrame = 960;

/** Answers a browser's offer. It sends silence. Throws what werift throws of an offer that it cannot read. */
export async function answerPeer(offer: string, events: PeerEvents): Promise<Peer> {
  const peer = new RTCPeerConnection({
    iceServers: [],
    iceAdditionalHostAddresses: ['127.0.0.1'],
    codecs: { audio: [useOPUS()] },
  });
  const voice = new MediaStreamTrack({ kind: 'audio' });
  peer.addTransceiver(voice, { direction: 'sendrecv' });
  const channels: RTCDataChannel[] = [];
  let speaking: NodeJS.Timeout | undefined;
  let heard = 0;
  peer.onTrack.subscribe((track) =>
    track.onReceiveRtp.subscribe(() => {
      heard += 1;
    }),
  );
  peer.onDataChannel.subscribe((channel) => {
    channels.push(channel);
    // A browser that takes no leave from DTLS takes it from SCTP (RFC 9260 §9.1); else half a minute passes unnoticed.
    channel.sctp.sctp.stateChanged.closed.subscribe(events.onGone);
    open(channel, events.onChannel);
  });
  peer.connectionStateChange.subscribe((state) => {
    if (state === 'connected') {
      speaking ??= speak(voice);
      events.onConnected();
    }
    if (state === 'disconnected' || state === 'failed' || state === 'closed') events.onGone();
  });
  async function close(): Promise<void> {
    clearInterval(speaking);
    // The page notices a closed channel at once, but a closed connection only after a while.
    for (const channel of channels) channel.close();
    if (channels.length > 0) await pause(partingMs);
    await peer.close();
  }
  try {
    await peer.setRemoteDescription({ type: 'offer', sdp: offer });
    await peer.setLocalDescription(await peer.createAnswer());
    return { answer: peer.localDescription?.sdp ?? '', close, packetsHeard: () => heard };
  } catch (error) {
    await close();
    throw error;
  }
}

function open(channel: RTCDataChannel, onChannel: PeerEvents['onChannel']): void {
  const begin = (): void => {
    const hear = onChannel({
      say: (text) => {
        if (channel.readyState === 'open') channel.send(text);
      },
      close: () => channel.close(),
    });
    channel.onMessage.subscribe((data) => hear(data.toString()));
  };
  if (channel.readyState === 'open') begin();
  else channel.stateChanged.subscribe((state) => state === 'open' && begin());
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
