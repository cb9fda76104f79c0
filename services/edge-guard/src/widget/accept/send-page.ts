import type { Response } from 'express';
import { without } from '../../door/mod.ts';
import type { ShownPage } from '../command/show-page.ts';

/** Who may frame the page stands in its policy; the older header could only say nobody. */
export function letBeFramed(response: Response): void {
  response.locals.head = without(response.locals.head, 'X-Frame-Options');
}

/** Sends the page of a call with its rules. */
export function sendPage(response: Response, { html, policy }: ShownPage): void {
  response
    .set('Content-Security-Policy', policy)
    .set('Permissions-Policy', 'microphone=(self)')
    // With no-referrer a beacon would say `Origin: null` (Fetch §3.2): this tells others the origin, and nobody the
    // token of a query.
    .set('Referrer-Policy', 'strict-origin')
    .set('Cache-Control', 'no-store');
  letBeFramed(response);
  response.type('html').send(html);
}
