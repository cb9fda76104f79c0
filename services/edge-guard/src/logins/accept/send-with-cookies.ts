import { noStore, sendJson } from '@vox/platform/http';
import type { Response } from 'express';
import type { WithCookies } from '../decide/answer.ts';

/** Sends an answer with its cookies. */
export function sendWithCookies(response: Response, { answer, cookies }: WithCookies<unknown>): void {
  for (const cookie of cookies) response.append('Set-Cookie', cookie);
  sendJson(response, answer, noStore);
}
