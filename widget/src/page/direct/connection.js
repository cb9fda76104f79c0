import { providerFailed } from '../api.js';
import { openPeer } from '../call/peer.js';

export { openMicrophone } from '../sound/microphone.js';

/**
 * Connects a direct call with the granted secret. `onEvent` receives the provider's events, `onState` the state of the
 * connection, and `onHungUp` runs when the provider closes the call.
 * @param {{ provider: string, secret: string, microphone: MediaStream, voice: HTMLAudioElement,
 *   onEvent: (event: any) => void, onState: (state: RTCPeerConnectionState) => void, onHungUp: () => void }} wanted
 * @returns {Promise<import('../call/peer.js').Connection>}
 */
export async function connect({ provider, secret, microphone, voice, onEvent, onState, onHungUp }) {
  const { peer, channel, ...line } = openPeer({ microphone, voice, onState });
  try {
    channel.onmessage = ({ data }) => onEvent(JSON.parse(data));
    channel.onclose = onHungUp;
    await peer.setLocalDescription(await peer.createOffer());
    const answer = await fetch(`${provider}/v1/realtime/calls`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/sdp' },
      body: peer.localDescription?.sdp ?? '',
      credentials: 'omit',
      signal: AbortSignal.timeout(15_000),
    });
    if (!answer.ok) throw new Error(`the provider answered ${answer.status}`);
    const callId = answer.headers.get('location')?.split('/').at(-1);
    await peer.setRemoteDescription({ type: 'answer', sdp: await answer.text() });
    return { callId, ...line };
  } catch {
    line.close();
    throw providerFailed();
  }
}
