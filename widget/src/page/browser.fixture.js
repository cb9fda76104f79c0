import { vi } from 'vitest';
import { eventStream } from './brokered/stream.fixture.js';

/** The half of WebRTC that a call uses. It notes in `log` what is done to it. */
class Peer {
  iceGatheringState = 'new';
  connectionState = 'new';
  /** @type {{ type: string, sdp: string } | null} */
  localDescription = null;
  onconnectionstatechange = () => {};
  onicegatheringstatechange = () => {};
  /** @type {any} */
  channel;
  /** @param {string[]} log @param {boolean} gathers */
  constructor(log, gathers) {
    this.log = log;
    this.gathers = gathers;
    log.push('peer');
  }
  /** @param {{ kind: string }} track */
  addTrack(track) {
    this.log.push(`track ${track.kind}`);
  }
  /** @param {string} label */
  createDataChannel(label) {
    this.log.push(`channel ${label}`);
    this.channel = { send: (/** @type {string} */ text) => this.log.push(`sent ${text}`), onopen() {}, onclose() {} };
    return this.channel;
  }
  async createOffer() {
    return { type: 'offer', sdp: 'v=0 offer' };
  }
  /** @param {{ type: string, sdp: string }} description */
  async setLocalDescription(description) {
    this.localDescription = { ...description };
    if (this.gathers) setImmediate(() => this.gathered());
  }
  /** All addresses are found. */
  gathered() {
    if (this.localDescription) this.localDescription.sdp = 'v=0 offer with addresses';
    this.iceGatheringState = 'complete';
    this.onicegatheringstatechange();
  }
  /** @param {{ sdp: string }} description */
  async setRemoteDescription({ sdp }) {
    if (sdp === 'no answer') throw new DOMException('mismatch', 'InvalidAccessError');
    this.log.push(`answer ${sdp}`);
  }
  getReceivers() {
    return [];
  }
  close() {
    this.log.push('closed');
  }
  /** @param {string} state */
  become(state) {
    this.connectionState = state;
    this.onconnectionstatechange();
  }
}

export const brokered = {
  ...{ sm_session_id: 's1', session_token: 't1', heartbeatSeconds: 45, transcripts: false },
  ...{ answer: 'v=0 answer', browserChannel: 'none' },
};
const alive = () => ({ session: { endsAt: new Date(Date.now() + 600_000).toISOString() } });

/**
 * A browser with a page of a call in it, and a server that answers with what is in `answers`, by path. An answer with a
 * `status` is a refusal. `log` has in order what the page did.
 * @param {{ gathers?: boolean, microphone?: boolean }} [options]
 */
export function someBrowser({ gathers = true, microphone = true } = {}) {
  /** @type {string[]} */
  const log = [];
  /** @type {Peer[]} */
  const peers = [];
  /** @type {ReturnType<typeof eventStream>[]} */
  const streams = [];
  /** @type {{ path: string, body: any }[]} */
  const asked = [];
  /** @type {{ path: string, body: any }[]} */
  const beacons = [];
  /** @type {Record<string, any[]>} */
  const answers = { '/api/session': [brokered], '/api/heartbeat': [] };
  const track = { kind: 'audio', enabled: true, stop: () => void log.push('microphone off') };
  const stream = { getTracks: () => [track], getAudioTracks: () => [track] };

  async function getUserMedia() {
    log.push('microphone');
    if (!microphone) throw new DOMException('denied', 'NotAllowedError');
    return stream;
  }
  vi.stubGlobal('window', { addEventListener() {}, removeEventListener() {} });
  vi.stubGlobal('document', { querySelector: () => null });
  vi.stubGlobal('navigator', {
    ...{ language: 'en', mediaDevices: { getUserMedia } },
    sendBeacon: (/** @type {string} */ path, /** @type {string} */ text) =>
      void beacons.push({ path, body: JSON.parse(text) }),
  });
  vi.stubGlobal(
    'RTCPeerConnection',
    class extends Peer {
      constructor() {
        super(log, gathers);
        peers.push(this);
      }
    },
  );
  vi.stubGlobal('fetch', async (/** @type {string} */ path, /** @type {any} */ { body, signal }) => {
    log.push(path);
    if (path === '/api/session/events') {
      const opened = eventStream(signal);
      streams.push(opened);
      return opened.answer;
    }
    if (path.startsWith('https:')) return new Response('v=0 answer of the provider', { status: 201 });
    asked.push({ path, body: JSON.parse(body) });
    const answer = answers[path]?.shift() ?? (path === '/api/heartbeat' ? alive() : {});
    return Response.json(answer, { status: answer.status ?? 200 });
  });
  return { log, peers, streams, asked, beacons, answers };
}
