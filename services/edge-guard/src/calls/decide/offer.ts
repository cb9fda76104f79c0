/** Kind, port and protocol of a media line (RFC 8866 §5.14). */
const mediaLine = /^m=([a-z]+) \d+ (\S+) /;
const line = /^[a-z]=[^\p{Cc}]*$/u;

/** What a browser needs to be reached and proved: DTLS (RFC 8122) and ICE (RFC 8839). */
const needed = ['fingerprint', 'ice-ufrag', 'ice-pwd'];

/** What is wrong with an offer (SDP, RFC 8866; a browser's is of RFC 8829), as a sentence about the field. */
export function mistakeInOffer(sdp: string): string | undefined {
  const lines = linesOf(sdp);
  if (lines[0] !== 'v=0') return 'is no SDP: it must begin with v=0';
  // Where something else ends a line for the provider than for us, it would read lines that nobody looked at.
  if (lines.some((each) => !line.test(each))) return 'is no SDP: each line must be a letter, = and a value';
  const media = lines.flatMap((each) => (each.startsWith('m=') ? [mediaLine.exec(each)] : []));
  const audio = media.filter((found) => found?.[1] === 'audio').length;
  const channels = media.filter((found) => found?.[1] === 'application' && found[2]?.endsWith('DTLS/SCTP')).length;
  if (audio + channels < media.length) return 'may hold audio and one data channel, and nothing else';
  if (audio !== 1) return 'must hold one line of audio';
  if (channels > 1) return 'may hold one data channel at most';
  const has = (name: string): boolean => lines.some((each) => each.startsWith(`a=${name}:`));
  if (!needed.every(has)) return 'is no offer of a browser: it must hold a=fingerprint, a=ice-ufrag and a=ice-pwd';
  return undefined;
}

/** Its lines, without what is empty behind the last. */
function linesOf(sdp: string): readonly string[] {
  const lines = sdp.split(/\r?\n/);
  return lines.slice(0, lines.findLastIndex((each) => each !== '') + 1);
}
