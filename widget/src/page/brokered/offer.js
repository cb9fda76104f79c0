import { providerFailed } from '../api.js';
import { openPeer } from '../call/peer.js';

/** Longest wait for this browser's own addresses. A later one is found from the other side. */
const gatherMs = 1_500;

/**
 * This browser's half of a brokered call. `sdp` goes to the server with the request, and `accept` takes what the
 * provider answered to it. `abandon` leaves the microphone open for another call.
 * @typedef {{ sdp: string, accept: (answer: string) => Promise<import('../call/peer.js').Connection>,
 *   abandon: () => void }} Offered
 */

/** @param {RTCPeerConnection} peer @returns {Promise<void>} */
const gathered = (peer) =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, gatherMs);
    const look = () => {
      if (peer.iceGatheringState !== 'complete') return;
      clearTimeout(timer);
      resolve();
    };
    peer.onicegatheringstatechange = look;
    look();
  });

/**
 * Makes the offer of a call that the server makes. Nothing is sent or heard on its data channel: the server tells what
 * happens. `onHungUp` runs when a channel that was open is closed, `onState` receives the state of the connection.
 * Throws Refusal when the browser makes none; the microphone is off by then.
 * @param {{ microphone: MediaStream, voice: HTMLAudioElement, onState: (state: RTCPeerConnectionState) => void,
 *   onHungUp: () => void }} wanted
 * @returns {Promise<Offered>}
 */
export async function offerCall({ microphone, voice, onState, onHungUp }) {
  const { peer, channel, ...line } = openPeer({ microphone, voice, onState });
  // A channel that the server left out closes without having been open.
  channel.onopen = () => {
    channel.onclose = onHungUp;
  };
  const fail = () => {
    line.close();
    throw providerFailed();
  };
  await peer
    .createOffer()
    .then((offer) => peer.setLocalDescription(offer))
    .then(() => gathered(peer))
    .catch(fail);
  return {
    sdp: peer.localDescription?.sdp ?? '',
    abandon: () => peer.close(),
    async accept(answer) {
      await peer.setRemoteDescription({ type: 'answer', sdp: answer }).catch(fail);
      return { callId: undefined, ...line };
    },
  };
}
