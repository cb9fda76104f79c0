import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { candidatesOf, withoutChannel, withRefusedChannel } from './sdp.ts';

const transport = ['a=ice-ufrag:uu', 'a=ice-pwd:pp', 'a=fingerprint:sha-256 AA:BB', 'a=setup:actpass'];
const head = ['v=0', 'o=- 1 2 IN IP4 127.0.0.1', 's=-', 't=0 0'];
const audio = (over: readonly string[] = transport, port = 9) => [
  `m=audio ${port} UDP/TLS/RTP/SAVPF 111`,
  'c=IN IP4 0.0.0.0',
  ...over,
  'a=mid:0',
  'a=rtpmap:111 opus/48000/2',
];
const channel = (mid = '1') => [
  'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
  'c=IN IP4 0.0.0.0',
  ...transport,
  `a=mid:${mid}`,
  'a=sctp-port:5000',
];
const sdp = (...sections: readonly (readonly string[])[]) => [...sections.flat(), ''].join('\r\n');
const answer = sdp([...head, 'a=group:BUNDLE 0'], audio());

describe('an offer whose data channel is cut', () => {
  it('keeps all else, and names the channel no more in its bundle', () => {
    const cut = withoutChannel(sdp([...head, 'a=group:BUNDLE 0 1'], audio(), channel()));
    expect(cut.offer).toBe(sdp([...head, 'a=group:BUNDLE 0'], audio()));
  });
  it('gets the transport of the channel where that carried the bundle', () => {
    const carried = audio(['a=bundle-only'], 0);
    const { offer } = withoutChannel(sdp([...head, 'a=group:BUNDLE 1 0'], channel(), carried));
    for (const line of transport) expect(offer).toContain(line);
    expect(offer).toContain('m=audio 9 ');
    expect(offer).not.toContain('bundle-only');
  });
  it('stays as it is without one, and its answer too', () => {
    const offer = sdp(head, audio());
    expect(withoutChannel(offer)).toEqual({ offer });
    expect(withRefusedChannel(answer, {})).toBe(answer);
  });
  it.each([
    ['behind the audio', [audio(), channel()], ['audio', 'application']],
    ['before the audio', [channel(), audio()], ['application', 'audio']],
  ])('gets an answer that refuses the channel in its place: %s', (_where, sections, order) => {
    const cut = withoutChannel(sdp([...head, 'a=group:BUNDLE 0 1'], ...sections));
    const shown = withRefusedChannel(answer, cut);
    const media = [...shown.matchAll(/^m=(\w+) (\d+)/gm)];
    expect(media.map(([, kind]) => kind)).toEqual(order);
    expect(media.find(([, kind]) => kind === 'application')?.[2]).toBe('0');
    expect(shown).toContain('a=mid:1\r\n');
  });
  it('has as many media lines in its answer as the offer had, whatever lines stand around them', () => {
    const line = fc.stringMatching(/^[a-z]=[ -~]{0,20}$/).filter((each) => !each.startsWith('m='));
    const section = (kind: string) =>
      fc.array(line, { maxLength: 5 }).map((lines) => [`m=${kind} 9 UDP/DTLS/SCTP x`, ...lines]);
    fc.assert(
      fc.property(
        fc.array(line),
        section('audio'),
        section('application'),
        fc.boolean(),
        (lines, one, other, isFirst) => {
          const offer = sdp(['v=0', ...lines], ...(isFirst ? [other, one] : [one, other]));
          const cut = withoutChannel(offer);
          expect(cut.offer).not.toMatch(/^m=application/m);
          const kinds = (text: string) => [...text.matchAll(/^m=(\w+)/gm)].map(([, kind]) => kind);
          expect(kinds(withRefusedChannel(answer, cut))).toEqual(kinds(offer));
        },
      ),
    );
  });
});

it('the candidates of an answer are named by their addresses', () => {
  const text = sdp(head, [
    ...audio(),
    'a=candidate:1 1 udp 2130706431 20.1.2.3 3478 typ host',
    'a=candidate:2 1 tcp 1 2603::1 443 typ host',
  ]);
  expect(candidatesOf(text)).toEqual(['20.1.2.3', '2603::1']);
});
