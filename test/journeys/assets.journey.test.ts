import { readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { widgetFiles } from '@vox/widget/files';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Journey, openJourney } from './journey.ts';

const pages = fileURLToPath(new URL('../../widget/src/page/', import.meta.url));

describe('a static asset', () => {
  let journey: Journey;
  beforeAll(async () => {
    journey = await openJourney();
  });
  afterAll(() => journey.close());

  /** Sends over node:http: fetch would normalise the path. */
  const ask = (path: string, method = 'GET'): Promise<{ status: number; type: string; text: string }> =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(journey.url);
      const asked = request({ hostname, port, path, method }, async (response) => {
        let text = '';
        response.setEncoding('utf8');
        for await (const part of response) text += part;
        resolve({ status: response.statusCode ?? 0, type: String(response.headers['content-type']), text });
      });
      asked.on('error', reject).end();
    });

  it('is served for every file of the list, unchanged, and for every script that is made of them', async () => {
    const files = [...widgetFiles.served].map(([path, file]) => [path, readFileSync(file, 'utf8')] as const);
    for (const [path, wanted] of [...files, ...widgetFiles.scripts]) {
      const { status, type, text } = await ask(path);
      expect([path, status, type]).toEqual([
        path,
        200,
        expect.stringMatching(/^text\/(javascript|css); charset=utf-8$/),
      ]);
      expect(text, path).toBe(wanted);
      expect((await ask(path, 'HEAD')).status, path).toBe(200);
    }
  });
  it('is no other file of the same folders, and no test', async () => {
    const all = readdirSync(pages, { recursive: true, encoding: 'utf8' });
    const others = all.filter((name) => !widgetFiles.served.has(`/widget/assets/${name}`));
    expect(others).toEqual(
      expect.arrayContaining(['page.html', 'page.test.js', 'direct', 'direct/transcript.test.js']),
    );
    for (const name of others) expect((await ask(`/widget/assets/${name}`)).status, name).toBe(404);
    for (const name of ['index.js', 'pow.d.ts', 'server-signature.js', 'workers/pbkdf2.js', 'frameworks/express.js'])
      expect((await ask(`/widget/assets/altcha/${name}`)).status, name).toBe(404);
  });
  it.each([
    '/widget/assets/',
    '/widget/assets',
    '/widget/assets/altcha/',
    '/widget/assets/package.json',
    '/widget/assets/../package.json',
    '/widget/assets/..%2fpackage.json',
    '/widget/assets/..%2Fembed.js',
    '/widget/assets/%2e%2e/embed.js',
    '/widget/assets/..%5cembed.js',
    '/widget/assets/....//embed.js',
    '/widget/assets/altcha/..%2f..%2f..%2fpackage.json',
    '/widget/assets/altcha%2fpow.js',
    '/widget/assets//page.js',
    '/widget/assets/./page.js',
    '/widget/assets/%70age.js',
    '/widget/assets/page%2ejs',
    '/widget/assets/page.js/',
    '/widget/assets/page.js%00',
    '/widget/assets/page.js%00.css',
    '/widget/assets/%00',
    '/widget/assets/%',
    '/widget/assets/PAGE.JS',
    '/widget/assets/page.js;x',
    '/widget/assets/page.js~',
    '/widget/assets/.git/config',
    '/widget/assets/__proto__',
    '/widget/assets/constructor',
    '/WIDGET.JS',
    '/widget.mjs/',
    '/embed.js',
    '/files.ts',
  ])('is not found at %s', async (path) => {
    expect((await ask(path)).status).toBe(404);
  });
  it('can be read and not written', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH'])
      expect((await ask('/widget/assets/page.js', method)).status).toBe(404);
  });
});
