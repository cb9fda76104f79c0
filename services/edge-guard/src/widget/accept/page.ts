import { readFileSync } from 'node:fs';
import type { Policy } from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import { type Problem, parseWith } from '@vox/platform/http';
import { widgetFiles } from '@vox/widget';
import type { Request, RequestHandler, Response } from 'express';
import { WidgetQuery } from '../../calls/accept/bodies.ts';
import type { Needs } from '../../dependencies.ts';
import { without } from '../../door/accept/head.ts';
import { countingStrangers } from '../../limits/accept/count.ts';
import { keyInForce } from '../../tenant/command/key-in-force.ts';
import { mayCallFrom } from '../../tenant/decide/widget-key.ts';
import { contentPolicy, filled } from '../decide/page.ts';

const turnstileHost = 'https://challenges.cloudflare.com';
/** A page may be opened a while after its token was made: the same while in which a token can be renewed. */
const openGraceSeconds = 600;
const self = "'self'";
const none = "'none'";
const shut = { 'default-src': [none], 'style-src': [self] };
const inert = { 'base-uri': [none], 'form-action': [none] };
/** A refusal knows of no origin, and tells nothing but why. */
const refusalPolicy = contentPolicy({
  ...shut,
  'script-src': [self],
  'frame-ancestors': ['http:', 'https:'],
  ...inert,
});

/** Makes the refusal of a page a page too, that may be shown in whatever frame: it says why, and nothing else. */
function refuseAsPage(response: Response, html: string): void {
  response.locals.refusalPage = ({ userMessage }: Problem) => filled(html, { MESSAGE: userMessage });
  response.set('Content-Security-Policy', refusalPolicy).set('Cache-Control', 'no-store');
  mayBeFramed(response);
}

/** Who may frame the page stands in its policy; the older header could only say nobody. */
function mayBeFramed(response: Response): void {
  response.locals.head = without(response.locals.head, 'X-Frame-Options');
}

const missing = (path: string): Fault =>
  new Fault('INVALID_REQUEST', { issues: [{ path, message: 'is required where there is no token' }] });

/** For whom the page is framed: the origin of its token or, where the embed script hands that over later, one that its key is bound to. */
async function framing(needs: Needs, request: Request): Promise<{ policy: Policy; origin: string }> {
  const { token, key: widgetKey, origin: named } = parseWith(WidgetQuery, request.query);
  if (token === undefined && widgetKey === undefined) throw missing('token');
  const found =
    token === undefined
      ? { widgetKey: widgetKey ?? '', origin: named }
      : (await needs.verifyWidget(token, needs.clock.now(), { graceSeconds: openGraceSeconds })).claims;
  const { policy, key } = keyInForce(needs, found.widgetKey);
  const { origin } = found;
  if (origin === undefined) throw missing('origin');
  if (!mayCallFrom(key, origin)) throw new Fault('ORIGIN_MISMATCH');
  return { policy, origin };
}

/** The rules of the page of a call: what it may load, whom it may ask, and who may frame it. */
const pagePolicy = (origin: string, provider: string, turnstile: readonly string[]): string =>
  contentPolicy({
    ...shut,
    'script-src': [self, ...turnstile],
    'frame-src': turnstile.length > 0 ? turnstile : [none],
    'style-src-attr': ["'unsafe-inline'"],
    'worker-src': [self],
    'connect-src': [self, provider],
    'media-src': ['blob:', 'mediastream:'],
    'frame-ancestors': [origin],
    ...inert,
  });

/**
 * The page of the call. Only the origin that it is made for may frame it, and it is nothing but a frame: opened by itself, with a token that somebody took,
 * it would stand outside of what `frame-ancestors` rules.
 */
export function getWidget(needs: Needs): RequestHandler {
  const html = readFileSync(widgetFiles.page, 'utf8');
  const refused = readFileSync(widgetFiles.refused, 'utf8');
  const provider = new URL(needs.settings.providerUrl).origin;
  return async (request, response) => {
    if (request.accepts(['json', 'html']) === 'html') refuseAsPage(response, refused);
    const { policy, origin } = await countingStrangers(needs, request, response, async () => {
      // Fetch metadata is the browser's own word (W3C Fetch Metadata §2.1); one that sends none is met by the page's script.
      if (request.get('sec-fetch-dest') === 'document') throw new Fault('ORIGIN_MISMATCH');
      return framing(needs, request);
    });
    response.locals.tenantId = policy.tenantId;
    const turnstile = policy.bot.mode === 'turnstile' ? [turnstileHost] : [];
    response
      .set('Content-Security-Policy', pagePolicy(origin, provider, turnstile))
      .set('Permissions-Policy', 'microphone=(self)')
      // With no-referrer a beacon would say `Origin: null` (Fetch §3.2): this tells others the origin, and nobody the token of a query.
      .set('Referrer-Policy', 'strict-origin')
      .set('Cache-Control', 'no-store');
    mayBeFramed(response);
    response.type('html').send(filled(html, { ORIGIN: origin, PROVIDER: provider }));
  };
}
