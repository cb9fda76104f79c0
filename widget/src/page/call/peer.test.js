import { afterEach, expect, it, vi } from 'vitest';
import { openPeer } from './peer.js';

afterEach(() => vi.unstubAllGlobals());

/** A stream of one microphone. */
function microphone() {
  const track = { kind: 'audio', enabled: true, stop: vi.fn() };
  return { track, stream: /** @type {any} */ ({ getTracks: () => [track], getAudioTracks: () => [track] }) };
}

it('a call that goes on with another microphone turns the first one off, and stays muted', async () => {
  const [first, second] = [microphone(), microphone()];
  const replaceTrack = vi.fn(async () => undefined);
  vi.stubGlobal(
    'RTCPeerConnection',
    class {
      addTrack() {}
      createDataChannel() {}
      getReceivers = () => [];
      getSenders = () => [{ track: first.track, replaceTrack }];
    },
  );
  const peer = openPeer({ microphone: first.stream, voice: /** @type {any} */ ({}), onState() {} });
  peer.mute(true);
  await peer.replace(second.stream);
  expect(replaceTrack).toHaveBeenCalledWith(second.track);
  expect([first.track.stop, second.track.stop].map(({ mock }) => mock.calls.length)).toEqual([1, 0]);
  expect(second.track.enabled).toBe(false);
  peer.mute(false);
  expect(second.track.enabled).toBe(true);
  peer.silence();
  expect(second.track.stop).toHaveBeenCalledOnce();
});
