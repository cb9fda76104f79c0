import { Fault } from '@vox/platform/fault';
import { type Asked, check } from '../../checks/mod.ts';

/**
 * The page of the call is nothing but a frame: opened by itself, with a token that somebody took, it would stand
 * outside of what `frame-ancestors` rules. Fetch metadata is the browser's own word (W3C Fetch Metadata §2.1); one that
 * sends none is met by the page's script.
 */
export const framedOnly = check({
  name: 'framed only',
  whenDown: 'no store',
  run:
    () =>
    ({ request }: Asked): void => {
      if (request.get('sec-fetch-dest') === 'document') throw new Fault('ORIGIN_MISMATCH');
    },
});
