/**
 * One WebRTC call, as the page holds it. `send` sends an event over the data channel of a direct call, `replace` speaks
 * into another microphone from now on, and `stats` says how the connection is.
 * @typedef {{ callId: string | undefined, mute: (muted: boolean) => void, silence: () => void, close: () => void,
 *   send: (event: object) => void, replace: (stream: MediaStream) => Promise<void>,
 *   stats: () => Promise<RTCStatsReport> }} Connection
 */

/**
 * A peer with the visitor's microphone and the data channel that the provider knows. `onState` receives the state of
 * the connection.
 * @param {{ microphone: MediaStream, voice: HTMLAudioElement,
 *   onState: (state: RTCPeerConnectionState) => void }} wanted
 */
export function openPeer({ microphone: first, voice, onState }) {
  let microphone = first;
  let isMuted = false;
  const peer = new RTCPeerConnection();
  /** Neither side hears the other any more. Events still come. */
  const silence = () => {
    for (const track of microphone.getTracks()) track.stop();
    for (const { track } of peer.getReceivers()) track.stop();
  };
  const hush = () => {
    for (const track of microphone.getAudioTracks()) track.enabled = !isMuted;
  };
  for (const track of microphone.getAudioTracks()) peer.addTrack(track, microphone);
  const channel = peer.createDataChannel('oai-events');
  peer.ontrack = ({ streams }) => {
    voice.srcObject = streams[0] ?? null;
  };
  peer.onconnectionstatechange = () => onState(peer.connectionState);
  return {
    peer,
    channel,
    silence,
    close() {
      silence();
      peer.close();
    },
    /** @param {boolean} muted */
    mute(muted) {
      isMuted = muted;
      hush();
    },
    /** @param {object} event */
    send: (event) => channel.send(JSON.stringify(event)),
    /** @param {MediaStream} stream */
    async replace(stream) {
      const [track = null] = stream.getAudioTracks();
      const sender = peer.getSenders().find((each) => each.track?.kind === 'audio');
      if (track !== null) track.enabled = !isMuted;
      await sender?.replaceTrack(track);
      for (const old of microphone.getTracks()) old.stop();
      microphone = stream;
      hush();
    },
    stats: () => peer.getStats(),
  };
}
