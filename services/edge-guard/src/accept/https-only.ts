import type { BlockList } from 'node:net';
import { Fault } from '@vox/shared/fault';
import type { RequestHandler } from 'express';
import { isTrusted } from '../decide/client-ip.ts';

/** Refuses what did not come over https, as the proxy that ended TLS tells. Only a proxy that is believed can tell. */
export const httpsOnly =
  (proxies: BlockList): RequestHandler =>
  (request, _response, next) => {
    const told = isTrusted(proxies, request.socket.remoteAddress ?? '') && request.get('x-forwarded-proto');
    if (told === 'https') return next();
    throw new Fault('INVALID_REQUEST', { issues: [{ path: '(url)', message: 'must be asked for over https' }] });
  };
