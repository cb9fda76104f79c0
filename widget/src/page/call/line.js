import { offerCall } from '../brokered/offer.js';
import { connect, openMicrophone } from '../direct/connection.js';

/**
 * What either side says now.
 * @typedef {() => { visitor: MediaStream | undefined, agent: MediaStream | null }} Streams
 */

/**
 * The line from the visitor's microphone to the provider, of a call of either mode. `onState` receives the state of its
 * connection, and `onHungUp` runs when the provider closes it. `deviceId` is the microphone that the visitor chose.
 * @param {{ provider: string, voice: HTMLAudioElement, onState: (state: RTCPeerConnectionState) => void,
 *   onHungUp: () => void, deviceId?: string | undefined }} wanted
 */
export function lineOf({ provider, voice, onState, onHungUp, deviceId }) {
  /** @type {MediaStream | undefined} */
  let microphone;
  /** @type {import('../brokered/offer.js').Offered | undefined} */
  let offered;
  /** @type {import('./peer.js').Connection | undefined} */
  let connection;
  let isClosed = false;

  function heard() {
    if (microphone === undefined) throw new Error('there is no microphone yet');
    return microphone;
  }
  /** @param {MediaStream | undefined} stream */
  function stop(stream) {
    for (const track of stream?.getTracks() ?? []) track.stop();
  }

  return {
    /** Throws Refusal when there is none that the page may use. */
    async openMicrophone() {
      microphone = await openMicrophone(deviceId);
    },
    /** Speaks into another microphone from now on. Throws Refusal when it cannot be used: the one before stays. */
    async useMicrophone(/** @type {string | undefined} */ chosen) {
      const stream = await openMicrophone(chosen);
      if (isClosed || connection === undefined) return stop(stream);
      await connection.replace(stream);
      microphone = stream;
    },
    /** The offer of a brokered call. */
    async offer() {
      offered = await offerCall({ microphone: heard(), voice, onState, onHungUp });
      return offered.sdp;
    },
    /**
     * Connects by the answer of a brokered call, or by the secret of a direct one. Throws Refusal when that fails.
     * @param {import('./request.js').Grant} grant
     * @param {(event: any) => void} onEvent receives the provider's events in a direct call
     */
    async connect({ answer, client_secret: secret }, onEvent) {
      if (answer !== undefined && offered !== undefined) connection = await offered.accept(answer);
      else {
        // The policy may have changed after the offer was made.
        offered?.abandon();
        const wanted = { provider, secret: secret?.value ?? '', microphone: heard(), voice };
        connection = await connect({ ...wanted, onEvent, onState, onHungUp });
      }
    },
    callId: () => connection?.callId,
    /** @param {boolean} muted */
    mute: (muted) => connection?.mute(muted),
    /** Sends an event to the provider, in a direct call. @param {object} event */
    send: (event) => connection?.send(event),
    stats: async () => connection?.stats(),
    /** What is said by either side now. */
    streams: () => ({ visitor: microphone, agent: /** @type {MediaStream | null} */ (voice.srcObject) }),
    /** Neither side hears the other any more. */
    silence: () => connection?.silence(),
    /** Closes everything, however far it came. */
    close() {
      isClosed = true;
      stop(microphone);
      offered?.abandon();
      connection?.close();
    },
  };
}
