/**
 * One WebRTC call, as the page holds it.
 * @typedef {{ callId: string | undefined, mute: (muted: boolean) => void, silence: () => void,
 *   close: () => void }} Connection
 */

/**
 * A peer with the visitor's microphone and the data channel that the provider knows. `onState` receives the state of
 * the connection.
 * @param {{ microphone: MediaStream, voice: HTMLAudioElement,
 *   onState: (state: RTCPeerConnectionState) => void }} wanted
 */
export function openPeer({ microphone, voice, onState }) {
  const peer = new RTCPeerConnection();
  /** Neither side hears the other any more. Events still come. */
  const silence = () => {
    for (const track of microphone.getTracks()) track.stop();
    for (const { track } of peer.getReceivers()) track.stop();
  };
  for (const track of microphone.getAudioTracks()) peer.addTrack(track, microphone);
  peer.ontrack = ({ streams }) => {
    voice.srcObject = streams[0] ?? null;
  };
  peer.onconnectionstatechange = () => onState(peer.connectionState);
  return {
    peer,
    channel: peer.createDataChannel('oai-events'),
    silence,
    close() {
      silence();
      peer.close();
    },
    /** @param {boolean} muted */
    mute(muted) {
      for (const track of microphone.getAudioTracks()) track.enabled = !muted;
    },
  };
}
