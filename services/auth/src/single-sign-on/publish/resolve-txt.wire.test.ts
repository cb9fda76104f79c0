import { createSocket } from 'node:dgram';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dnsTxt } from './resolve-txt.ts';

const token = `vox-domain-verification=${'t'.repeat(300)}`;

/** The name that a question asks for, and where its bytes end (RFC 1035 §4.1.2). */
function questionIn(message: Buffer): { name: string; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = message[at] ?? 0; length > 0; length = message[at] ?? 0) {
    labels.push(message.toString('ascii', at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: labels.join('.'), end: at + 5 };
}

/** A name server that knows one record, in two pieces, and fails for one name. */
function answerTo(message: Buffer): Buffer {
  const { name, end } = questionIn(message);
  const isKnown = name === '_vox-challenge.acme.example';
  const code = isKnown ? 0 : name.startsWith('broken') ? 2 : 3;
  const head = Buffer.from(message.subarray(0, 12));
  head.writeUInt16BE(0x8180 | code, 2);
  head.writeUInt16BE(isKnown ? 1 : 0, 6);
  head.writeUInt32BE(0, 8);
  const pieces = [token.slice(0, 200), token.slice(200)].map((text) =>
    Buffer.from([text.length, ...Buffer.from(text)]),
  );
  const text = Buffer.concat(pieces);
  const record = Buffer.from([0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 60, text.length >> 8, text.length & 0xff]);
  return Buffer.concat([head, message.subarray(12, end), ...(isKnown ? [record, text] : [])]);
}

describe('the TXT records of a name', () => {
  const server = createSocket('udp4');
  let resolveTxt: ReturnType<typeof dnsTxt>;
  beforeAll(async () => {
    server.on('message', (message, { port, address }) => server.send(answerTo(message), port, address));
    await new Promise<void>((resolve) => server.bind(0, '127.0.0.1', resolve));
    resolveTxt = dnsTxt(500, [`127.0.0.1:${server.address().port}`]);
  });
  afterAll(() => void server.close());

  it('are each in one piece', async () => {
    expect(await resolveTxt('_vox-challenge.acme.example')).toEqual([token]);
  });
  it('are none for a name that is not there', async () => {
    expect(await resolveTxt('_vox-challenge.other.example')).toEqual([]);
  });
  it('are UNAVAILABLE while the name server fails', async () => {
    await expect(resolveTxt('broken.example')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});
