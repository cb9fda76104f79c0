import { connect, openMicrophone } from './connection.js';
import { offerCall } from './offer.js';

/**
 * The line from the visitor's microphone to the provider, of a call of either mode. `onState` receives the state of its
 * connection, and `onHungUp` runs when the provider closes it.
 * @param {{ provider: string, voice: HTMLAudioElement, onState: (state: RTCPeerConnectionState) => void,
 *   onHungUp: () => void }} wanted
 */
export function lineOf({ provider, voice, onState, onHungUp }) {
  /** @type {MediaStream | undefined} */
  let microphone;
  /** @type {import('./offer.js').Offered | undefined} */
  let offered;
  /** @type {import('./peer.js').Connection | undefined} */
  let connection;

  function heard() {
    if (microphone === undefined) throw new Error('there is no microphone yet');
    return microphone;
  }

  return {
    /** Throws Refusal when there is none that the page may use. */
    async openMicrophone() {
      microphone = await openMicrophone();
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
    /** Neither side hears the other any more. */
    silence: () => connection?.silence(),
    /** Closes everything, however far it came. */
    close() {
      for (const track of microphone?.getTracks() ?? []) track.stop();
      offered?.abandon();
      connection?.close();
    },
  };
}
