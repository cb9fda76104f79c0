import { invalidField } from '@vox/platform/fault';
import type { Request, RequestHandler } from 'express';
import { isTrusted } from '../decide/client-ip.ts';
import { fromRight, parameterOf } from '../decide/forwarded.ts';
import type { ClientIpDependencies } from './client-ip.ts';

/** Refuses what did not come over https, as the proxy that ended TLS tells. Only a proxy that is believed can tell. */
export const httpsOnly =
  ({ proxies, addressHeader }: ClientIpDependencies): RequestHandler =>
  (request, _response, next) => {
    const isBelieved = isTrusted(proxies, request.socket.remoteAddress ?? '');
    if (isBelieved && protocolOf(request, addressHeader) === 'https') return next();
    throw invalidField('(url)', 'must be asked for over https');
  };

/** What the nearest proxy said, in the one header that it writes. */
function protocolOf(request: Request, header: ClientIpDependencies['addressHeader']): string | undefined {
  if (header !== 'forwarded') return request.get('x-forwarded-proto');
  const { value: nearest } = fromRight(request.get('forwarded') ?? '', ',').next();
  return nearest ? parameterOf(nearest, 'proto') : undefined;
}
