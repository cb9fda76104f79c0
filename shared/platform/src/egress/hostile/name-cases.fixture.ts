import type { Found } from './dns.fixture.ts';

/** Addresses of the namespace at which a server answers all who come. */
export const outside = ['93.184.216.34', '93.184.216.35', '2606:4700::99'] as const;
export const inside = [
  ...['10.0.0.1', '169.254.169.254', '192.168.1.1', '172.16.0.1', '100.64.0.1', '100.100.100.200', '168.63.129.16'],
  ...['192.0.2.1', '198.18.0.1', '198.51.100.7', '203.0.113.7', 'fd00:ec2::254', '2001:db8::1', '64:ff9b::a00:1'],
  ...['64:ff9b:1::a00:1', '2002:a00:1::1', '2001:0:a00:1::1', 'fec0::1', '2a00:64::a00:1'],
] as const;
/** A NAT64 prefix that is public by its address and of our own. */
export const ownNetworks = ['2a00:64::/96'];

type Zone = Readonly<Record<string, readonly Found[] | readonly (readonly Found[])[] | 'silent'>>;
export type NameCase = Readonly<{
  what: string;
  url: string;
  /** What the name server says of `name type`: once for all, or in turn. */
  zone?: Zone;
  /** `in`: the answer of the server. Else why not. */
  expected: string;
  /** Where the server was reached. */
  reached?: readonly string[];
  /** How often it is sent; what counts is the last time. */
  times?: number;
}>;

const at = (...addresses: readonly string[]): Found[] => addresses.map((address) => ({ address }));
const url = 'https://hook.example/';
const [one, two, six] = outside;
const led = (what: string, zone: Zone, expected = 'address'): NameCase => ({ what, url, zone, expected });
const written = (text: string, expected: string): NameCase => ({ what: `the URL ${text}`, url: text, expected });

const reaching: readonly NameCase[] = [
  { what: 'a public address', url, zone: { 'hook.example A': at(one) }, expected: 'in', reached: [one] },
  { what: 'a public address of IPv6', url, zone: { 'hook.example AAAA': at(six) }, expected: 'in', reached: [six] },
  { what: 'a URL with a public address', url: `https://${one}/`, expected: 'in', reached: [one] },
  { what: 'a URL with a public address of IPv6', url: `https://[${six}]/`, expected: 'in', reached: [six] },
  { what: 'a URL with a public address in another form', url: 'https://0x5db8d822/', expected: 'in', reached: [one] },
  {
    ...{ what: 'another name of a public host', url, expected: 'in', reached: [one] },
    zone: {
      'hook.example A': [
        { alias: 'b.example' },
        { name: 'b.example', alias: 'c.example' },
        { name: 'c.example', address: one },
      ],
    },
  },
  {
    ...{ what: 'an address where nobody is, and one where somebody is', url, expected: 'in', reached: [two] },
    zone: { 'hook.example A': at('93.184.216.99', two) },
  },
  {
    ...{ what: 'a public address first and a private one from then on', url, expected: 'in', reached: [one] },
    zone: { 'hook.example A': [at(one), at('10.0.0.1')] },
  },
];

/** Names that change their minds between one request and the next. */
const turning: readonly NameCase[] = [
  {
    ...{ what: 'a private address the second time', url, expected: 'address', reached: [one], times: 2 },
    zone: { 'hook.example A': [at(one), at('10.0.0.1')] },
  },
  {
    ...{ what: 'a metadata service of IPv6 the third time', url, expected: 'address', reached: [one, one], times: 3 },
    zone: { 'hook.example A': at(one), 'hook.example AAAA': [[], [], at('fd00:ec2::254')] },
  },
];

const private4 = inside.filter((address) => !address.includes(':'));
const private6 = inside.filter((address) => address.includes(':'));
const refused: readonly NameCase[] = [
  ...private4.map((address) => led(`${address}`, { 'hook.example A': at(address) })),
  ...private6.map((address) => led(`${address}`, { 'hook.example AAAA': at(address) })),
  ...['127.0.0.1', '127.8.8.8', '0.0.0.0', '224.0.0.1', '255.255.255.255'].map((address) =>
    led(address, { 'hook.example A': at(address) }),
  ),
  ...['::1', '::', 'fe80::1', 'ff02::1', '::ffff:10.0.0.1', '::ffff:0:10.0.0.1', '::10.0.0.1'].map((address) =>
    led(address, { 'hook.example AAAA': at(address) }),
  ),
  led('a public and a private address', { 'hook.example A': at(one, '10.0.0.1') }),
  led('a private and a public address', { 'hook.example A': at('10.0.0.1', one) }),
  led('a public address, and a private one of IPv6', {
    'hook.example A': at(one),
    'hook.example AAAA': at('fd00:ec2::254'),
  }),
  led('a public address of IPv6, and a private one', {
    'hook.example A': at('10.0.0.1'),
    'hook.example AAAA': at(six),
  }),
  led('another name of a private host', {
    'hook.example A': [{ alias: 'b.example' }, { name: 'b.example', address: '10.0.0.1' }],
  }),
  led('another name of this machine', {
    'hook.example A': [{ alias: 'localhost' }, { name: 'localhost', address: '127.0.0.1' }],
  }),
  led('forty addresses of which the last is private', {
    'hook.example A': at(...Array<string>(39).fill(one), '10.0.0.1'),
  }),
  led('nothing', { 'hook.example A': [] }, 'unresolved'),
  led('a name that leads to itself', { 'hook.example A': [{ alias: 'hook.example' }] }, 'unresolved'),
  led('a name server that says nothing', { 'hook.example A': 'silent', 'hook.example AAAA': 'silent' }, 'timeout'),
];

const literal: readonly NameCase[] = [
  ...['10.0.0.1', '169.254.169.254', '0x7f.1', '127.1', '10.1', '0xa9fea9fe', '2852039166', '0251.0376.0251.0376'],
  ...['012.0.0.1', '0xA.0.0.0x1', '10.0.0.1.', '１０.0.0.1', '10。0。0。1', '①⓪.0.0.1', '%31%30.0.0.1', '0'],
  ...['[::1]', '[fd00:ec2::254]', '[::ffff:10.0.0.1]', '[::ffff:a00:1]', '[::10.0.0.1]', '[64:ff9b::10.0.0.1]'],
  ...['[2002:a00:1::1]', '[2001:db8::1]', '[::ffff:0:10.0.0.1]', '[0:0:0:0:0:ffff:0a00:0001]', '[2a00:64::a00:1]'],
].map((host) => written(`https://${host}/`, 'address'));

const deceiving: readonly NameCase[] = [
  ...[
    'localhost',
    'localhost.',
    'LOCALHOST',
    'a.localhost',
    'ｌｏｃａｌｈｏｓｔ',
    'metadata.google.internal',
    'x.internal',
  ],
  ...['printer.local', 'nats', 'hook.example.', '1.0.0.10.in-addr.arpa', 'hook.example.home.arpa', 'x.onion'],
].map((host) => written(`https://${host}/`, 'host'));

const crooked: readonly NameCase[] = [
  written('https://hook.example@10.0.0.1/', 'credentials'),
  written('https://hook.example:word@10.0.0.1/', 'credentials'),
  written('https://10.0.0.1:443@hook.example/', 'credentials'),
  written('https://hook.example%40@10.0.0.1/', 'credentials'),
  written('https://@10.0.0.1/', 'credentials'),
  written('https://10.0.0.1#@hook.example/', 'address'),
  written('https://10.0.0.1?@hook.example/', 'address'),
  written('https:10.0.0.1/', 'address'),
  written('https:///10.0.0.1/', 'address'),
  written('https://10.0.0.1\\@hook.example/', 'url'),
  written('https:\\\\10.0.0.1/', 'url'),
  written('https://10.0.0.1\t/', 'url'),
  written('https://10.0.\n0.1/', 'url'),
  written('https://hook.example\r\n.10.0.0.1/', 'url'),
  written('https://[fe80::1%25lo]/', 'url'),
  written('https://[fd00:ec2::254%lo]/', 'url'),
  written('https://10.0.0.1:80/', 'port'),
  written('https://hook.example:22/', 'port'),
  written('https://hook.example:0/', 'port'),
  written('http://hook.example/', 'scheme'),
  written('http://10.0.0.1/', 'scheme'),
  written('gopher://10.0.0.1/_x', 'scheme'),
  written('file:///etc/passwd', 'scheme'),
];

export const nameCases: readonly NameCase[] = [
  ...reaching,
  ...turning,
  ...refused,
  ...literal,
  ...deceiving,
  ...crooked,
];
