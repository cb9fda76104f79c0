import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { simpleParser } from 'mailparser';
import type { SMTPServerOptions } from 'smtp-server';
import { afterEach, describe, expect, it } from 'vitest';
import { type Message, smtpServer } from './publish.ts';
import { type Smtp, saying, smtpOn } from './smtp.fixture.ts';

const message: Message = {
  ...{ id: 'mail-1', fromName: 'Acme', to: 'ann@example.com', subject: 'A subject' },
  ...{ text: 'Some text.', html: '<p>Some text.</p>' },
};
const patient = () => AbortSignal.timeout(5_000);
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function opened(options: SMTPServerOptions = {}): Promise<Smtp> {
  const server = await smtpOn(options);
  closing.push(server.close);
  return server;
}
const plainTo = (url: string) => smtpServer({ url, from: 'vox@mail.example', isPlain: true });

/** A server on TCP that does with each connection what it is told. */
async function onTcp(meet: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    meet(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('a mail that leaves by SMTP', () => {
  it('arrives with its names, as text and as HTML, and says that a machine wrote it', async () => {
    const { url, arrived } = await opened();
    expect(await plainTo(url).send({ ...message, fromName: 'Acmé, "the" <firm>' }, patient())).toBe('sent');
    const [one] = arrived;
    expect(one).toMatchObject({ sender: 'vox@mail.example', recipients: ['ann@example.com'] });
    const read = await simpleParser(one?.raw ?? '');
    expect(read).toMatchObject({ subject: 'A subject', messageId: '<mail-1@mail.example>', html: message.html });
    expect(read.from?.value).toEqual([{ address: 'vox@mail.example', name: 'Acmé, "the" <firm>' }]);
    expect(read.text?.trim()).toBe('Some text.');
    expect(read.headers.get('auto-submitted')).toBe('auto-generated');
  });

  it.each([
    ['a subject', { subject: 'Hello\r\nBcc: eve@example.com\r\n\r\n<b>' }],
    ['a name', { fromName: 'Acme\r\nBcc: eve@example.com' }],
    ['a name with an address', { fromName: 'Acme <eve@example.com>, Eve' }],
    [
      'a text that ends the message',
      { text: 'Hello\r\n.\r\nMAIL FROM:<eve@example.com>\r\nRCPT TO:<eve@example.com>' },
    ],
  ])('adds no header, recipient or message through %s', async (_where, over) => {
    const { url, arrived } = await opened();
    await plainTo(url).send({ ...message, ...over }, patient());
    expect(arrived).toHaveLength(1);
    expect(arrived[0]?.recipients).toEqual(['ann@example.com']);
    const { headers, headerLines, from } = await simpleParser(arrived[0]?.raw ?? '');
    expect(headers.has('bcc')).toBe(false);
    expect(headerLines.map(({ key }) => key).sort()).toEqual(expect.arrayContaining(['from', 'subject', 'to']));
    expect(from?.value.map(({ address }) => address)).toEqual(['vox@mail.example']);
  });

  it.each([
    ['line ends', 'ann@example.com>\r\nRCPT TO:<eve@example.com'],
    ['a list', 'ann@example.com, eve@example.com'],
    ['a list without a blank', 'ann@example.com,eve@example.com'],
    ['a name', 'eve@example.com <ann@example.com>'],
    ['a group', 'all:eve@example.com;'],
    ['quotation marks', '"ann@example.com"@example.com'],
    ['nothing', ''],
  ])('reaches nobody else through an address with %s', async (_what, to) => {
    const { url, arrived } = await opened();
    expect(await plainTo(url).send({ ...message, to }, patient())).toBe('refused');
    expect(arrived).toEqual([]);
  });

  it('is refused for good when the server does not know the mailbox, or does not want the message', async () => {
    const noMailbox = await opened({ onRcptTo: (_to, _session, done) => done(saying(550)) });
    expect(await plainTo(noMailbox.url).send(message, patient())).toBe('refused');
    const unwanted = await opened({
      onData: (stream, _session, done) => {
        stream.resume();
        stream.on('end', () => done(saying(554)));
      },
    });
    expect(await plainTo(unwanted.url).send(message, patient())).toBe('refused');
  });

  it.each([
    ['the mailbox is busy', { onRcptTo: (_to, _session, done) => done(saying(451)) }],
    [
      'the sender is refused, which an operator puts right',
      { onMailFrom: (_from, _session, done) => done(saying(550)) },
    ],
    ['the server is full', { onConnect: (_session, done) => done(saying(421)) }],
  ] satisfies [string, SMTPServerOptions][])('is to be tried again when %s', async (_what, options) => {
    const { url, arrived } = await opened(options);
    await expect(plainTo(url).send(message, patient())).rejects.toThrow();
    expect(arrived).toEqual([]);
  });

  it('is to be tried again when user and password are wrong', async () => {
    const { port } = await opened({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: (_auth, _session, done) => done(saying(535)),
    });
    const server = plainTo(`smtp://ann:canary%2Fpassword@127.0.0.1:${port}`);
    await expect(server.send(message, patient())).rejects.toMatchObject({ code: 'EAUTH' });
    expect(server.address).toBe(`127.0.0.1:${port}`);
  });

  it('is to be tried again when nothing listens, and when the server hangs up in the middle', async () => {
    const gone = await opened();
    await gone.close();
    closing.length = 0;
    await expect(plainTo(gone.url).send(message, patient())).rejects.toThrow();
    const dropping = await onTcp((socket) => {
      socket.write('220 here\r\n');
      socket.once('data', () => socket.destroy());
    });
    await expect(plainTo(dropping).send(message, patient())).rejects.toThrow();
  });

  it('is cut off when the server is slower than it may be', async () => {
    const silent = await onTcp(() => undefined);
    await expect(plainTo(silent).send(message, AbortSignal.timeout(50))).rejects.toMatchObject({ code: 'EABORT' });
    const dribbling = await onTcp((socket) => {
      const drop = setInterval(() => socket.write('220-here\r\n'), 5);
      socket.on('close', () => clearInterval(drop));
    });
    await expect(plainTo(dribbling).send(message, AbortSignal.timeout(50))).rejects.toMatchObject({ code: 'EABORT' });
  });

  it('says nothing before TLS, unless the setting allows it', async () => {
    const heard: string[] = [];
    const { url, arrived } = await opened({
      onMailFrom: ({ address }, _session, done) => {
        heard.push(address);
        done();
      },
    });
    const safe = smtpServer({ url, from: 'vox@mail.example', isPlain: false });
    await expect(safe.send(message, patient())).rejects.toThrow();
    expect([heard, arrived]).toEqual([[], []]);
    expect(await plainTo(url).send(message, patient())).toBe('sent');
  });

  it('goes by TLS where it is offered, also where it may go without', async () => {
    const isSecure: boolean[] = [];
    const { url } = await opened({
      disabledCommands: [],
      onMailFrom: (_from, { secure }, done) => {
        isSecure.push(secure);
        done();
      },
    });
    expect(await plainTo(url).send(message, patient())).toBe('sent');
    expect(isSecure).toEqual([true]);
  });

  it('is not given to a server whose certificate nobody has signed', async () => {
    const { url, arrived } = await opened({ disabledCommands: [] });
    const safe = smtpServer({ url, from: 'vox@mail.example', isPlain: false });
    await expect(safe.send(message, patient())).rejects.toThrow();
    const strange = await opened({ secure: true });
    const implicit = smtpServer({ url: `smtps://127.0.0.1:${strange.port}`, from: 'vox@mail.example', isPlain: false });
    await expect(implicit.send(message, patient())).rejects.toThrow();
    expect([arrived, strange.arrived]).toEqual([[], []]);
  });
});
