import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SessionBody } from '../accept/bodies.ts';
import { chromeOffer, firefoxOffer, longestOffer, safariOffer, withoutChannel } from '../offers.fixture.ts';
import { mistakeInOffer } from './offer.ts';

const real = { Chrome: chromeOffer, Firefox: firefoxOffer, Safari: safariOffer };
const sdpMax = 32_768;
const video = 'm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:9\r\n';
const channel = 'm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:9\r\n';
const audio = 'm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:9\r\n';
/** Whatever may stand in a string, halves of characters too. */
const anything = fc.array(fc.nat(0xffff), { maxLength: 30 }).map((units) => String.fromCharCode(...units));
/** What a request with this offer is refused for: fields and sentences. */
const refused = (offer: unknown) =>
  SessionBody.safeParse({ offer }).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);

describe('an offer', () => {
  it.each(Object.entries(real))('of %s is taken, with its data channel and without', (_browser, sdp) => {
    expect(sdp).toContain('m=application');
    for (const offer of [sdp, withoutChannel(sdp)]) expect(refused(offer)).toBeUndefined();
    expect(withoutChannel(sdp)).not.toContain('m=application');
  });
  it('is taken whether its lines end with CRLF or LF, and whatever is empty behind the last', () => {
    for (const sdp of Object.values(real))
      for (const offer of [sdp.replaceAll('\r\n', '\n'), sdp.trimEnd(), `${sdp}\r\n`, `${sdp}\n\n`])
        expect(mistakeInOffer(offer)).toBeUndefined();
  });
  it('is taken up to its longest', () => {
    const longest = longestOffer(sdpMax);
    expect(longest.length).toBeGreaterThan(sdpMax - 4);
    expect(refused(longest)).toBeUndefined();
  });
  it.each([
    ['with video', chromeOffer + video, 'and nothing else'],
    ['with video that is switched off', chromeOffer + video.replace('video 9', 'video 0'), 'and nothing else'],
    ['with text, messages or an image', `${chromeOffer}m=text 9 RTP/AVP 98\r\n`, 'and nothing else'],
    ['with a media line in capitals', `${chromeOffer}m=VIDEO 9 UDP/TLS/RTP/SAVPF 96\r\n`, 'and nothing else'],
    ['with a media line that is cut', `${chromeOffer}m=video\r\n`, 'and nothing else'],
    ['with another thing than a data channel', `${chromeOffer}m=application 9 UDP/BFCP *\r\n`, 'and nothing else'],
    ['with two lines of audio', chromeOffer + audio, 'one line of audio'],
    ['with two data channels', chromeOffer + channel, 'one data channel at most'],
    ['without audio', chromeOffer.replace(/m=audio.*?(?=m=application)/s, ''), 'one line of audio'],
    ['without media', 'v=0\r\ns=-\r\nt=0 0\r\n', 'one line of audio'],
    ['without a fingerprint', chromeOffer.replaceAll('a=fingerprint:', 'a=x:'), 'a=fingerprint'],
    ['without a user of ICE', chromeOffer.replaceAll('a=ice-ufrag:', 'a=x:'), 'a=fingerprint'],
    ['without a password of ICE', chromeOffer.replaceAll('a=ice-pwd:', 'a=x:'), 'a=fingerprint'],
    ['that is too long', longestOffer(sdpMax + 4), '32768'],
    ['that is empty', '', 'must not be empty'],
    ['that is JSON', JSON.stringify({ type: 'offer', sdp: chromeOffer }), 'begin with v=0'],
    ['that is a page', '<!doctype html>', 'begin with v=0'],
    ['behind a byte order mark', `\ufeff${chromeOffer}`, 'begin with v=0'],
    ['of another version', chromeOffer.replace('v=0', 'v=1'), 'begin with v=0'],
    ['that is no text', { sdp: chromeOffer }, 'must be text'],
  ])('%s is refused by name', (_what, offer, sentence) => {
    const found = refused(offer) ?? [];
    expect(found.length).toBeGreaterThan(0);
    for (const each of found) expect(each).toMatch(/^offer: /);
    expect(found.join()).toContain(sentence);
  });
  it.each([
    ['a lone CR', '\r'],
    ['CR, CR and LF', '\r\r\n'],
    ['LF and CR', '\n\r'],
    ['a NUL', '\u0000'],
    ['a NEL', '\u0085'],
    ['a vertical tab', '\u000b'],
    ['an escape', '\u001b[2J'],
    ['an empty line', '\r\n\r\n'],
  ])('in which %s hides another media line is refused', (_what, sign) => {
    expect(mistakeInOffer(chromeOffer.replace('s=-\r\n', `s=-${sign}m=video 9 RTP/AVP 96\r\n`))).toBeDefined();
    expect(mistakeInOffer(chromeOffer.replace('s=-\r\n', `s=-${sign}a=x\r\n`))).toContain('is no SDP');
  });
  it('is judged whatever it is, and never by a throw', () => {
    const line = fc.oneof(
      anything,
      fc.constantFrom('v=0', 'm=audio 9 X 0', 'm=', 'm=audio', 'a=ice-ufrag:x', '', '\r', 'a=', 'é=x'),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), fc.constantFrom('\r\n', '\n', '\r', '\u2028'), (lines, end) => {
        expect(['string', 'undefined']).toContain(typeof mistakeInOffer(lines.join(end)));
      }),
    );
  });
  it('that was spoilt anywhere is still one of audio and one channel at most, or is refused by name', () => {
    const places = fc.record({
      sdp: fc.constantFrom(...Object.values(real)),
      at: fc.nat(4_000),
      cut: fc.nat(80),
      put: fc.oneof(anything, fc.constantFrom(video, audio, channel, '\r', '\n')),
    });
    fc.assert(
      fc.property(places, ({ sdp, at, cut, put }) => {
        const offer = sdp.slice(0, at) + put + sdp.slice(at + cut);
        const found = refused(offer);
        if (found !== undefined) {
          expect(found.filter((each) => !each.startsWith('offer: '))).toEqual([]);
          return;
        }
        // Read as the most lenient reader would: whatever ends a line for anybody.
        const media = offer.split(/[\p{Cc}\p{Zl}\p{Zp}]+/u).filter((each) => /^\s*m\s*=/i.test(each));
        const kinds = media.map((each) => each.split(' ')[0]).sort();
        expect([['m=audio'], ['m=application', 'm=audio']]).toContainEqual(kinds);
      }),
      { numRuns: 2_000 },
    );
  });
});
