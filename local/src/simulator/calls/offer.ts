import { newId } from './protocol.ts';

const line = (text: string): RegExp => new RegExp(`^${text}`, 'm');

export const isOffer = (text: unknown): text is string =>
  typeof text === 'string' && text.startsWith('v=0') && line('m=audio ').test(text);
export const hasChannel = (offer: string): boolean => line('m=application ').test(offer);
export const hasVideo = (offer: string): boolean => line('m=video ').test(offer);

/** An address that nobody has (RFC 5737). */
const nowhere = '203.0.113.10';
const fingerprint = Array.from({ length: 32 }, () => 'AB').join(':');

const section = (head: string, mid: string, rest: readonly string[]): readonly string[] => [
  head,
  `c=IN IP4 ${nowhere}`,
  `a=mid:${mid}`,
  'a=ice-ufrag:none',
  'a=ice-pwd:nobodyanswershereatall00',
  `a=fingerprint:sha-256 ${fingerprint}`,
  'a=setup:active',
  ...rest,
  `a=candidate:1 1 udp 2130706431 ${nowhere} 3478 typ host generation 0`,
  'a=end-of-candidates',
];

/**
 * An answer without anybody behind it (RFC 8866, RFC 8829). It has the sections and their names that the offer has, and
 * the call's id for its name, so that a test can find the call.
 */
export function emptyAnswer(offer: string, id: string): string {
  const mids = [...offer.matchAll(/^a=mid:(\S+)/gm)].map(([, mid = '']) => mid);
  const [audio = '0', channel = '1'] = mids;
  const audioOf = section('m=audio 3478 UDP/TLS/RTP/SAVPF 111', audio, [
    'a=rtpmap:111 opus/48000/2',
    'a=rtcp-mux',
    'a=sendrecv',
  ]);
  const channelOf = section('m=application 3478 UDP/DTLS/SCTP webrtc-datachannel', channel, ['a=sctp-port:5000']);
  const withChannel = hasChannel(offer);
  return `${[
    'v=0',
    `o=- ${parseInt(newId('o', 4).slice(2), 16)} 2 IN IP4 127.0.0.1`,
    `s=${id}`,
    't=0 0',
    `a=group:BUNDLE ${withChannel ? `${audio} ${channel}` : audio}`,
    'a=ice-lite',
    'a=msid-semantic: WMS *',
    ...audioOf,
    ...(withChannel ? channelOf : []),
  ].join('\r\n')}\r\n`;
}
