import { readFileSync } from 'node:fs';
import { type Problem, parseWith } from '@vox/shared/http';
import { widgetFiles } from '@vox/widget';
import express, { type RequestHandler, type Response, type Router } from 'express';
import { without } from './head.ts';
import { keyInForce } from './key-in-force.ts';
import { countingStrangers } from './limits.ts';
import type { Needs } from './needs.ts';
import { WidgetQuery } from './shapes.ts';

const assetSeconds = 300;
const turnstileHost = 'https://challenges.cloudflare.com';
/** A page may be opened a while after its token was made: the same while in which a token can be renewed. */
const openGraceSeconds = 600;

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** The embed script and what the widget’s page loads. They are the same for everybody and hold nothing secret. */
export function widgetAssets(): Router {
  const router = express.Router();
  const open: RequestHandler = (_request, response, next) => {
    response.set('Access-Control-Allow-Origin', '*').set('Cache-Control', `public, max-age=${assetSeconds}`);
    next();
  };
  const files = { index: false, redirect: false, cacheControl: false, fallthrough: true } as const;
  router.get(['/voice-widget.js', '/widget.js'], open, (_request, response) => response.sendFile(widgetFiles.embed));
  router.use('/widget/assets/altcha', open, express.static(widgetFiles.proof, files));
  router.use('/widget/assets', open, express.static(widgetFiles.assets, files));
  return router;
}

/** Makes the refusal of a page a page too, that may be shown in whatever frame: it says why, and nothing else. */
function refuseAsPage(response: Response, html: string): void {
  response.locals.refusalPage = ({ userMessage }: Problem) => html.replace('%MESSAGE%', () => escaped(userMessage));
  response
    .set(
      'Content-Security-Policy',
      "default-src 'none'; script-src 'self'; style-src 'self'; frame-ancestors http: https:; base-uri 'none'; form-action 'none'",
    )
    .set('Cache-Control', 'no-store');
  mayBeFramed(response);
}

/** Who may frame the page stands in its policy; the older header could only say nobody. */
function mayBeFramed(response: Response): void {
  response.locals.head = without(response.locals.head, 'X-Frame-Options');
}

/** The page of the call. Only the origin that its token was made for may frame it. */
export function getWidget(needs: Needs): RequestHandler {
  const html = readFileSync(widgetFiles.page, 'utf8');
  const refused = readFileSync(widgetFiles.refused, 'utf8');
  const provider = new URL(needs.settings.providerUrl).origin;
  return async (request, response) => {
    if (request.accepts(['json', 'html']) === 'html') refuseAsPage(response, refused);
    const { token } = parseWith(WidgetQuery, request.query);
    const { claims } = await countingStrangers(needs, request, response, () =>
      needs.verifyWidget(token, needs.clock.now(), { graceSeconds: openGraceSeconds }),
    );
    const { policy } = keyInForce(needs, claims.widgetKey);
    response.locals.tenantId = policy.tenantId;
    const turnstile = policy.bot.mode === 'turnstile' ? ` ${turnstileHost}` : '';
    const rules = [
      "default-src 'none'",
      `script-src 'self'${turnstile}`,
      `frame-src${turnstile || " 'none'"}`,
      "style-src 'self'",
      "style-src-attr 'unsafe-inline'",
      "worker-src 'self'",
      `connect-src 'self' ${provider}`,
      'media-src blob: mediastream:',
      `frame-ancestors ${claims.origin}`,
      "base-uri 'none'",
      "form-action 'none'",
    ];
    response
      .set('Content-Security-Policy', rules.join('; '))
      .set('Permissions-Policy', 'microphone=(self)')
      .set('Referrer-Policy', 'no-referrer')
      .set('Cache-Control', 'no-store');
    mayBeFramed(response);
    response
      .type('html')
      .send(html.replace('%ORIGIN%', escaped(claims.origin)).replace('%PROVIDER%', escaped(provider)));
  };
}
