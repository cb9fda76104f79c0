import { openApiDocument } from '@vox/edge-guard/openapi';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Journey, openJourney } from './journey.ts';

let journey: Journey;
beforeAll(async () => {
  journey = await openJourney();
});
afterAll(() => journey.close());

const get = (path: string, headers: Record<string, string> = {}) => fetch(journey.url + path, { headers });

describe('the API’s document', () => {
  it('is served as the code makes it, and not sent again to whoever has it', async () => {
    const first = await get('/api/openapi.json');
    expect([first.status, first.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
    expect(await first.json()).toEqual(JSON.parse(JSON.stringify(openApiDocument())));
    expect(first.headers.get('cache-control')).toBe('public, max-age=300');
    const again = await get('/api/openapi.json', { 'if-none-match': first.headers.get('etag') ?? '' });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });
});

describe('the viewer of the API’s document', () => {
  it('is sent with a policy that takes scripts and styles from files of our own alone', async () => {
    const answer = await get('/api/docs');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    const html = await answer.text();
    expect(html).not.toMatch(/https?:|\/\/\w|<script>|style=| on\w+=/);
    for (const [, path = ''] of html.matchAll(/(?:src|href)="([^"]+)"/g)) {
      const asset = await get(path);
      expect([path, asset.status, asset.headers.get('x-content-type-options')]).toEqual([path, 200, 'nosniff']);
    }
  });
  it.each([
    ...['/api/docs/', '/api/docs/index.html', '/api/docs/package.json', '/api/docs/swagger-ui-bundle.js.map'],
    ...['/api/docs/swagger-ui.js', '/api/docs/..%2fpackage.json', '/api/docs/%76iewer.js', '/api/docs/viewer.js/'],
    ...['/api/docs/constructor', '/api/docs/__proto__', '/api/openapi.json/', '/API/DOCS'],
  ])('is nothing else: %s is not found', async (path) => {
    expect((await get(path)).status).toBe(404);
  });
  it.each(['POST', 'PUT', 'DELETE'])('is only read: %s is not found', async (method) => {
    for (const path of ['/api/docs', '/api/openapi.json', '/api/docs/viewer.js'])
      expect((await fetch(journey.url + path, { method })).status).toBe(404);
  });
});
