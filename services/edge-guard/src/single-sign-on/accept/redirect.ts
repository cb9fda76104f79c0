import type { Response } from 'express';

/** Where a browser goes next, and with which cookies. */
export type Onward = Readonly<{ to: string; cookies: readonly string[] }>;

/** Sends a browser on. No cache keeps it, and the next page learns nothing of where it came from. */
export function redirect(response: Response, { to, cookies }: Onward): void {
  for (const cookie of cookies) response.append('Set-Cookie', cookie);
  response.set('Cache-Control', 'no-store').set('Referrer-Policy', 'no-referrer').redirect(302, to);
}
