import { describe, expect, it } from 'vitest';
import { readTarget } from './target.ts';

const strict = { ports: [443], allowLoopback: false };
const local = { ports: [443], allowLoopback: true };
const read = (text: string, rules = strict) => {
  const found = readTarget(text, rules);
  return found.kind === 'refused' ? found.reason : `${found.target.host}:${found.target.port}`;
};

/** URLs that lead somewhere else than they seem to, or inside, and why each is refused. */
const hostile: readonly (readonly [string, string])[] = [
  ['http://example.com/', 'scheme'],
  ['ftp://example.com/', 'scheme'],
  ['file:///etc/passwd', 'scheme'],
  ['gopher://127.0.0.1:6379/_FLUSHALL', 'scheme'],
  ['javascript:alert(1)', 'scheme'],
  ['data:text/plain,x', 'scheme'],
  ['//example.com/', 'url'],
  ['example.com', 'url'],
  ['', 'url'],
  ['https://', 'url'],
  ['https://example.com\\@127.0.0.1/', 'url'],
  ['https://exam\nple.com/', 'url'],
  [' https://example.com/', 'url'],
  ['https://exam\u202eple.com/', 'url'],
  [`https://example.com/${'a'.repeat(2_100)}`, 'url'],
  ['https://user@example.com/', 'credentials'],
  ['https://user:word@example.com/', 'credentials'],
  ['https://example.com@127.0.0.1/', 'credentials'],
  ['https://@example.com/', 'credentials'],
  ['https://example.com:80/', 'port'],
  ['https://example.com:22/', 'port'],
  ['https://example.com:6379/', 'port'],
  ['https://127.0.0.1/', 'address'],
  ['https://127.1/', 'address'],
  ['https://2130706433/', 'address'],
  ['https://0x7f000001/', 'address'],
  ['https://0177.0.0.1/', 'address'],
  ['https://①②⑦.0.0.1/', 'address'],
  ['https://0/', 'address'],
  ['https://169.254.169.254/latest/meta-data/', 'address'],
  ['https://100.100.100.200/', 'address'],
  ['https://168.63.129.16/', 'address'],
  ['https://10.0.0.1/', 'address'],
  ['https://172.31.255.255/', 'address'],
  ['https://192.168.0.1/', 'address'],
  ['https://100.64.0.1/', 'address'],
  ['https://[::1]/', 'address'],
  ['https://[::]/', 'address'],
  ['https://[::ffff:127.0.0.1]/', 'address'],
  ['https://[::ffff:a9fe:a9fe]/', 'address'],
  ['https://[fd00:ec2::254]/', 'address'],
  ['https://[fe80::1]/', 'address'],
  ['https://[64:ff9b::7f00:1]/', 'address'],
  ['https://[2002:7f00:1::]/', 'address'],
  ['https://localhost/', 'host'],
  ['https://LOCALHOST/', 'host'],
  ['https://localhost./', 'host'],
  ['https://a.localhost/', 'host'],
  ['https://metadata/', 'host'],
  ['https://metadata.google.internal/', 'host'],
  ['https://printer.local/', 'host'],
  ['https://nats/', 'host'],
  ['https://example.com./', 'host'],
  ['https://1.0.0.127.in-addr.arpa/', 'host'],
];

describe('a URL that a stranger wrote', () => {
  it.each(hostile)('is refused when it is %j (%s)', (text, reason) => expect(read(text)).toBe(reason));
  it.each([
    ['https://example.com/hook?a=1', 'example.com:443'],
    ['HTTPS://EXAMPLE.com', 'example.com:443'],
    ['https://bücher.example/', 'xn--bcher-kva.example:443'],
    ['https://93.184.216.34/', '93.184.216.34:443'],
    ['https://[2606:4700::1111]/', '2606:4700::1111:443'],
    ['https://example.com/@someone', 'example.com:443'],
  ])('is a target when it is %j', (text, target) => expect(read(text)).toBe(target));
  it('names a port that the setting allows', () => {
    expect(read('https://example.com:8443/', { ...strict, ports: [443, 8443] })).toBe('example.com:8443');
  });
  it('reaches loopback only where the setting of local modes says so, and nothing else inside', () => {
    for (const text of ['http://127.0.0.1:9000/', 'http://localhost:9000/', 'http://[::1]:9000/']) {
      expect(read(text, local)).toMatch(/:9000$/);
      expect(read(text)).not.toMatch(/:9000$/);
    }
    for (const text of ['http://10.0.0.1/', 'http://example.com/', 'http://a.localhost/', 'https://0.0.0.0/'])
      expect(['scheme', 'address', 'host']).toContain(read(text, local));
  });
});
