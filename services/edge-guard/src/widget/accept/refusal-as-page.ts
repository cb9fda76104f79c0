import { readFileSync } from 'node:fs';
import type { Problem } from '@vox/platform/http';
import { widgetFiles } from '@vox/widget/files';
import { type Asked, check } from '../../checks/mod.ts';
import { filled } from '../decide/page.ts';
import { refusalPolicy } from '../decide/page-policy.ts';
import { letBeFramed } from './send-page.ts';

/** Makes every refusal a page too, for a browser: it may be shown in whatever frame, says why, and nothing else. */
export const refusalAsPage = check({
  name: 'refusal as a page',
  whenDown: 'no store',
  run: () => {
    const html = readFileSync(widgetFiles.refused, 'utf8');
    return ({ request, response }: Asked): void => {
      if (request.accepts(['json', 'html']) !== 'html') return;
      response.locals.refusalPage = ({ userMessage }: Problem) => filled(html, { MESSAGE: userMessage });
      response.set('Content-Security-Policy', refusalPolicy).set('Cache-Control', 'no-store');
      letBeFramed(response);
    };
  },
});
