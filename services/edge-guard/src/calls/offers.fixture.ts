const crlf = (text: string): string =>
  `${text
    .trim()
    .split('\n')
    .map((line) => line.trim())
    .join('\r\n')}\r\n`;

const fingerprint = Array.from({ length: 32 }, (_, n) => ((n * 37 + 11) % 256).toString(16).padStart(2, '0'))
  .join(':')
  .toUpperCase();

/** As Chrome 140 writes one: audio, and the channel `oai-events`. Its addresses are of documentation (RFC 5737). */
export const chromeOffer = crlf(`
  v=0
  o=- 4611731400430051336 2 IN IP4 127.0.0.1
  s=-
  t=0 0
  a=group:BUNDLE 0 1
  a=extmap-allow-mixed
  a=msid-semantic: WMS 7f2c1d5e-8f53-4a0c-b1de-0f2d0a6f1c55
  m=audio 54609 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126
  c=IN IP4 203.0.113.7
  a=rtcp:9 IN IP4 0.0.0.0
  a=candidate:2999745851 1 udp 2122260223 192.0.2.15 54609 typ host generation 0 network-id 1 network-cost 10
  a=candidate:842163049 1 udp 1686052607 203.0.113.7 54609 typ srflx raddr 192.0.2.15 rport 54609 generation 0
  a=candidate:1063264667 1 tcp 1518280447 9b36eaac-bb2e-49bb-bb78-21c41c499900.local 9 typ host tcptype active
  a=ice-ufrag:F7gI
  a=ice-pwd:x9cml/YzichV2+XlhiMu8g1a
  a=ice-options:trickle
  a=fingerprint:sha-256 ${fingerprint}
  a=setup:actpass
  a=mid:0
  a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
  a=extmap:2 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time
  a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid
  a=sendrecv
  a=msid:7f2c1d5e-8f53-4a0c-b1de-0f2d0a6f1c55 2c0f0d4b-7a43-4f0e-9a52-51b0b0b5e0b9
  a=rtcp-mux
  a=rtcp-rsize
  a=rtpmap:111 opus/48000/2
  a=rtcp-fb:111 transport-cc
  a=fmtp:111 minptime=10;useinbandfec=1
  a=rtpmap:63 red/48000/2
  a=fmtp:63 111/111
  a=rtpmap:9 G722/8000
  a=rtpmap:0 PCMU/8000
  a=rtpmap:8 PCMA/8000
  a=rtpmap:13 CN/8000
  a=rtpmap:110 telephone-event/48000
  a=rtpmap:126 telephone-event/8000
  a=ssrc:3570614608 cname:4TOk42mSjXCkVIa6
  a=ssrc:3570614608 msid:7f2c1d5e-8f53-4a0c-b1de-0f2d0a6f1c55 2c0f0d4b-7a43-4f0e-9a52-51b0b0b5e0b9
  m=application 9 UDP/DTLS/SCTP webrtc-datachannel
  c=IN IP4 0.0.0.0
  a=ice-ufrag:F7gI
  a=ice-pwd:x9cml/YzichV2+XlhiMu8g1a
  a=ice-options:trickle
  a=fingerprint:sha-256 ${fingerprint}
  a=setup:actpass
  a=mid:1
  a=sctp-port:5000
  a=max-message-size:262144
`);

/** As Firefox 144 writes one: the fingerprint stands above the media, and candidates come with mDNS names. */
export const firefoxOffer = crlf(`
  v=0
  o=mozilla...THIS_IS_SDPARTA-99.0 8247211373414421203 0 IN IP4 0.0.0.0
  s=-
  t=0 0
  a=fingerprint:sha-256 ${fingerprint}
  a=group:BUNDLE 0 1
  a=ice-options:trickle
  a=msid-semantic:WMS *
  m=audio 9 UDP/TLS/RTP/SAVPF 109 9 0 8 101
  c=IN IP4 0.0.0.0
  a=candidate:0 1 UDP 2122252543 5a2b6b0c-1d9b-4b8e-8f0e-6d0c9d8f3a11.local 51472 typ host
  a=candidate:1 1 TCP 2105524479 5a2b6b0c-1d9b-4b8e-8f0e-6d0c9d8f3a11.local 9 typ host tcptype active
  a=sendrecv
  a=end-of-candidates
  a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
  a=extmap:2/recvonly urn:ietf:params:rtp-hdrext:csrc-audio-level
  a=extmap:3 urn:ietf:params:rtp-hdrext:sdes:mid
  a=fmtp:109 maxplaybackrate=48000;stereo=1;useinbandfec=1
  a=fmtp:101 0-15
  a=ice-pwd:c8b5f0d0a1e94a7d2f8e6f3c0a9b1d27
  a=ice-ufrag:0b66f472
  a=mid:0
  a=msid:{8f4c1f5e-2a6e-4c53-8d5f-1f5a0f8f8a10} {2d9b3a71-6a1c-4a39-b60d-0d6a5e5f3b42}
  a=rtcp-mux
  a=rtpmap:109 opus/48000/2
  a=rtpmap:9 G722/8000/1
  a=rtpmap:0 PCMU/8000
  a=rtpmap:8 PCMA/8000
  a=rtpmap:101 telephone-event/8000/1
  a=setup:actpass
  a=ssrc:2655508255 cname:{f0d1b7b1-9f0a-4b54-8a6c-3a5b2c1d0e9f}
  m=application 9 UDP/DTLS/SCTP webrtc-datachannel
  c=IN IP4 0.0.0.0
  a=sendrecv
  a=ice-pwd:c8b5f0d0a1e94a7d2f8e6f3c0a9b1d27
  a=ice-ufrag:0b66f472
  a=mid:1
  a=setup:actpass
  a=sctp-port:5000
  a=max-message-size:1073741823
`);

/** As Safari 26 writes one, with the data channel first. */
export const safariOffer = crlf(`
  v=0
  o=- 2890844526 2 IN IP4 127.0.0.1
  s=-
  t=0 0
  a=group:BUNDLE 0 1
  a=extmap-allow-mixed
  a=msid-semantic: WMS
  m=application 9 UDP/DTLS/SCTP webrtc-datachannel
  c=IN IP6 2001:db8::7
  a=ice-ufrag:b5Kj
  a=ice-pwd:Zt5pA1o0x7LhG9mDqVwR3sYe
  a=ice-options:trickle
  a=fingerprint:sha-256 ${fingerprint}
  a=setup:actpass
  a=mid:0
  a=sctp-port:5000
  a=max-message-size:262144
  m=audio 9 UDP/TLS/RTP/SAVPF 111 9 0 8 110 126
  c=IN IP4 0.0.0.0
  a=rtcp:9 IN IP4 0.0.0.0
  a=ice-ufrag:b5Kj
  a=ice-pwd:Zt5pA1o0x7LhG9mDqVwR3sYe
  a=ice-options:trickle
  a=fingerprint:sha-256 ${fingerprint}
  a=setup:actpass
  a=mid:1
  a=sendrecv
  a=msid:- 6f0c5a5e-3d86-44b7-9a4b-90c5b4d3a1f2
  a=rtcp-mux
  a=rtpmap:111 opus/48000/2
  a=fmtp:111 minptime=10;useinbandfec=1
  a=rtpmap:9 G722/8000
  a=rtpmap:0 PCMU/8000
  a=rtpmap:8 PCMA/8000
  a=rtpmap:110 telephone-event/48000
  a=rtpmap:126 telephone-event/8000
`);

/** The same offer without its data channel: what stands behind its line up to the next, or to the end, goes with it. */
export const withoutChannel = (sdp: string): string =>
  sdp
    .split(/(?=^m=)/m)
    .filter((part) => !part.startsWith('m=application'))
    .join('');

/** The longest offer: short lines, which cost most as JSON, up to so many characters. */
export function longestOffer(characters: number): string {
  const padding = 'a=\r\n';
  const room = characters - chromeOffer.length;
  return chromeOffer + padding.repeat(Math.floor(room / padding.length));
}
