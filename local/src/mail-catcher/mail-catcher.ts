import { randomBytes } from 'node:crypto';
import { listen } from '@vox/platform/http';
import express, { type Express, type Response } from 'express';
import { type CaughtMail, type CaughtMails, catchMails } from './caught.ts';
import { listPage, mailPage, mailPolicy, pagePolicy } from './pages.ts';

export type MailCatcher = CaughtMails & Readonly<{ url: string }>;

export type MailCatcherOptions = Readonly<{
  host?: string;
  /** Where mails are taken; any free port when left out. */
  smtpPort?: number;
  /** Where they are shown. */
  port?: number;
  now?: () => Date;
  /** How many are kept, the newest. */
  keptMax?: number;
}>;

/** A page of another site that has itself resolved to this machine says its own name here. */
const ownHost = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/;

/** Catches mails, and shows them on a page at `url`. `GET /messages?to=` answers them as JSON. */
export async function openMailCatcher({
  host = '127.0.0.1',
  smtpPort = 0,
  port = 0,
  now = () => new Date(),
  keptMax = 500,
}: MailCatcherOptions = {}): Promise<MailCatcher> {
  const caught = await catchMails({ host, port: smtpPort, now, keptMax });
  const page = await listen(pagesOf(caught), { host, port });
  return {
    ...caught,
    url: page.url,
    async close() {
      await page.close(0);
      await caught.close();
    },
  };
}

function pagesOf({ all }: CaughtMails): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(({ headers }, response, next) => {
    response.set({
      'Cache-Control': 'no-store',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
    });
    if (ownHost.test(headers.host ?? '')) next();
    else response.status(421).type('text').send('This is asked under the name of this machine alone.');
  });
  app.get('/', (_request, response) => sendPage(response, (nonce) => listPage(all(), nonce)));
  app.get('/messages', ({ query: { to } }, response) => {
    response.json(typeof to === 'string' ? all().filter(({ recipients }) => recipients.includes(to)) : all());
  });
  const found = (id: string): CaughtMail | undefined => all().find((mail) => String(mail.id) === id);
  app.get('/messages/:id', ({ params: { id } }, response, next) => {
    const mail = found(id);
    if (mail === undefined) next();
    else sendPage(response, (nonce) => mailPage(mail, nonce));
  });
  app.get('/messages/:id/html', ({ params: { id } }, response, next) => {
    const mail = found(id);
    if (mail === undefined) next();
    else response.set('Content-Security-Policy', mailPolicy).type('html').send(mail.html);
  });
  app.use((_request, response) => void response.status(404).type('text').send('There is nothing here.'));
  return app;
}

function sendPage(response: Response, page: (nonce: string) => string): void {
  const nonce = randomBytes(16).toString('base64');
  response.set('Content-Security-Policy', pagePolicy(nonce)).type('html').send(page(nonce));
}
