/** An offer as a browser makes one: audio and a data channel, at an address of documentation (RFC 5737). */
export const someOffer = [
  ...['v=0', 'o=- 1 2 IN IP4 127.0.0.1', 's=-', 't=0 0', 'a=group:BUNDLE 0 1', 'a=ice-ufrag:F7gI'],
  ...['a=ice-pwd:x9cmlYzichV2XlhiMu8g1a00', `a=fingerprint:sha-256 ${Array(32).fill('AB').join(':')}`],
  ...['a=setup:actpass', 'm=audio 9 UDP/TLS/RTP/SAVPF 111', 'c=IN IP4 203.0.113.7', 'a=mid:0', 'a=sendrecv'],
  ...['a=rtcp-mux', 'a=rtpmap:111 opus/48000/2', 'm=application 9 UDP/DTLS/SCTP webrtc-datachannel'],
  ...['c=IN IP4 203.0.113.7', 'a=mid:1', 'a=sctp-port:5000', ''],
].join('\r\n');
