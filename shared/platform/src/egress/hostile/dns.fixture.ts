import { createSocket } from 'node:dgram';
import { isIP } from 'node:net';

/** A record: an address, or the name that it is another name of. */
export type Found = Readonly<{ name?: string; address: string } | { name?: string; alias: string }>;
/** Answers one question; `nth` counts those for this name and type, from 0. `undefined` says nothing at all. */
export type Answer = (name: string, type: 'A' | 'AAAA', nth: number) => readonly Found[] | undefined;
export type DnsServer = Readonly<{
  /** As `dns.setServers` takes it. */
  server: string;
  /** How often each name was asked for, by `name type`. */
  asked: Map<string, number>;
  close: () => void;
}>;

const types = { A: 1, AAAA: 28 } as const;

/** A name server over UDP that answers what a test says, with a life of 0 seconds. */
export async function dnsServer(answer: Answer): Promise<DnsServer> {
  const asked = new Map<string, number>();
  const socket = createSocket('udp4');
  socket.on('message', (question, from) => {
    const { name, end } = nameAt(question, 12);
    const type = question.readUInt16BE(end) === types.AAAA ? 'AAAA' : 'A';
    const key = `${name} ${type}`;
    const nth = asked.get(key) ?? 0;
    asked.set(key, nth + 1);
    const found = answer(name, type, nth);
    if (found === undefined) return;
    const head = Buffer.from(question.subarray(0, 12));
    head.writeUInt16BE(found.length === 0 ? 0x8183 : 0x8180, 2);
    head.writeUInt16BE(found.length, 6);
    head.writeUInt32BE(0, 8);
    const records = found.map((each) => recordOf(each.name ?? name, each));
    socket.send(Buffer.concat([head, question.subarray(12, end + 4), ...records]), from.port, from.address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return { server: `127.0.0.1:${socket.address().port}`, asked, close: () => socket.close() };
}

function nameAt(message: Buffer, from: number): { name: string; end: number } {
  const labels: string[] = [];
  let at = from;
  for (let size = message[at] ?? 0; size > 0; size = message[at] ?? 0) {
    labels.push(message.toString('latin1', at + 1, at + 1 + size));
    at += size + 1;
  }
  return { name: labels.join('.').toLowerCase(), end: at + 1 };
}

const nameBytes = (name: string): Buffer =>
  Buffer.concat([
    ...name.split('.').map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label, 'latin1')])),
    Buffer.from([0]),
  ]);

function recordOf(name: string, found: Found): Buffer {
  const data = 'alias' in found ? nameBytes(found.alias) : addressBytes(found.address);
  const type = 'alias' in found ? 5 : data.length === 4 ? types.A : types.AAAA;
  const fixed = Buffer.alloc(10);
  fixed.writeUInt16BE(type, 0);
  fixed.writeUInt16BE(1, 2);
  fixed.writeUInt16BE(data.length, 8);
  return Buffer.concat([nameBytes(name), fixed, data]);
}

function addressBytes(address: string): Buffer {
  if (isIP(address) === 4) return Buffer.from(address.split('.').map(Number));
  // The URL parser writes an address of IPv4 within one of IPv6 as hexadecimal groups.
  const plain = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  const [left = '', right] = plain.split('::');
  const [before, after] = [left, right ?? ''].map((part) => part.split(':').filter((group) => group !== ''));
  const groups = [
    ...(before ?? []),
    ...Array<string>(8 - plain.split(':').filter(Boolean).length).fill('0'),
    ...(after ?? []),
  ];
  return Buffer.from(groups.map((group) => group.padStart(4, '0')).join(''), 'hex');
}
