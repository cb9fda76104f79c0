const mediaLine = /^m=([a-z]+) (\d+) (\S+)/;

/** What is wrong with an offer (SDP, RFC 8866; a browser's is of RFC 8829), as a sentence about the field. */
export function mistakeInOffer(sdp: string): string | undefined {
  const lines = sdp.split(/\r?\n/);
  if (lines[0] !== 'v=0') return 'is no SDP: it must begin with v=0';
  if (lines.some((line) => line !== '' && !/^[a-z]=[^\p{Cc}]*$/u.test(line)))
    return 'is no SDP: each line must be a letter, = and a value';
  const media = lines.flatMap((line) => (line.startsWith('m=') ? [mediaLine.exec(line)] : []));
  const kinds = media.map((found) => found?.[1]);
  if (kinds.some((kind) => kind !== 'audio' && kind !== 'application'))
    return 'may hold audio and one data channel, and nothing else';
  if (kinds.filter((kind) => kind === 'audio').length !== 1) return 'must hold one line of audio';
  if (kinds.filter((kind) => kind === 'application').length > 1) return 'may hold one data channel at most';
  const has = (name: string): boolean => lines.some((line) => line.startsWith(`a=${name}:`));
  if (!has('fingerprint') || !has('ice-ufrag') || !has('ice-pwd'))
    return 'is no offer of a browser: it must hold a=fingerprint, a=ice-ufrag and a=ice-pwd';
  return undefined;
}
