import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { smtpServer } from '@vox/auth/mail-server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type MailCatcher, openMailCatcher } from './mail-catcher.ts';

const hostile = `<script>alert(1)</script>"'&`;

describe('the mail catcher', () => {
  let catcher: MailCatcher;
  beforeEach(async () => {
    catcher = await openMailCatcher({ keptMax: 3 });
  });
  afterEach(() => catcher.close());
  const send = (to: string, over: object = {}) =>
    smtpServer({ url: catcher.smtpUrl, from: 'vox@localhost.localdomain', isPlain: true }).send(
      { id: `mail-${to}`, fromName: 'Acme', to, subject: 'Hello', text: 'Text', html: '<p>HTML</p>', ...over },
      AbortSignal.timeout(5_000),
    );
  const get = (path: string) => fetch(`${catcher.url}${path}`);

  it('answers what was sent to an address as JSON', async () => {
    await send('ann@example.com');
    await send('bob@example.com');
    const mails = await (await get('/messages?to=ann@example.com')).json();
    expect(mails).toMatchObject([
      {
        recipients: ['ann@example.com'],
        to: ['ann@example.com'],
        subject: 'Hello',
        text: 'Text',
        html: '<p>HTML</p>',
      },
    ]);
    expect(await (await get('/messages')).json()).toHaveLength(2);
  });

  it('shows a list and each mail, the HTML in a frame in which nothing runs', async () => {
    expect(await (await get('/')).text()).toContain('No mail has come yet.');
    await send('ann@example.com', { subject: hostile, text: hostile, html: hostile });
    const list = await get('/');
    const page = await get('/messages/1');
    for (const shown of [list, page]) {
      expect(shown.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'nonce-/);
      const html = await shown.text();
      expect(html).toContain('&#60;script&#62;alert');
      expect(html).not.toContain('<script');
      if (shown === page) expect(html).toContain('<iframe sandbox=""');
    }
    const framed = await get('/messages/1/html');
    expect(framed.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none';/);
    expect(await framed.text()).toContain('<script>alert(1)</script>');
  });

  it('says that there is nothing where there is nothing', async () => {
    for (const path of ['/messages/7', '/messages/7/html', '/messages/__proto__', '/elsewhere'])
      expect((await get(path)).status).toBe(404);
  });

  it('is asked under the name of this machine alone, so that no other site reads it', async () => {
    const status = await new Promise((resolve, reject) => {
      const { hostname, port } = new URL(catcher.url);
      request({ hostname, port, path: '/messages', headers: { host: 'evil.example' } }, ({ statusCode }) =>
        resolve(statusCode),
      )
        .on('error', reject)
        .end();
    });
    expect(status).toBe(421);
  });

  it('takes the next mail after a client that went away in the middle', async () => {
    const { hostname, port } = new URL(catcher.smtpUrl);
    const socket = connect({ host: hostname, port: Number(port) });
    await once(socket, 'data');
    socket.write('EHLO gone\r\n');
    await once(socket, 'data');
    socket.resetAndDestroy();
    expect(await send('ann@example.com')).toBe('sent');
    expect(catcher.all()).toHaveLength(1);
  });

  it('keeps the newest mails', async () => {
    for (let n = 0; n < 5; n += 1) await send(`ann${n}@example.com`);
    expect(catcher.all().flatMap(({ recipients }) => recipients)).toEqual([2, 3, 4].map((n) => `ann${n}@example.com`));
  });
});
