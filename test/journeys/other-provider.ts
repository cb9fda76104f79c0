import type { IncomingMessage, RequestListener } from 'node:http';
import { ProviderRows } from '@vox/contracts';
import type { Simulator } from '@vox/local/simulator';
import { type Listening, listen } from '@vox/platform/http';
import type { OpenedRow } from '@vox/session-broker/providers';

/** What a host asks for in the place of a bearer token. */
export const otherKey = 'key-of-another-host';

/** A simulator as other hosts serve the interface: under another path, and with the key in a header of its own. */
export function otherHost(simulated: Simulator, apiKey: string): Promise<Listening> {
  const isLetIn = (request: IncomingMessage): boolean => {
    const { headers, url = '' } = request;
    const isOurs =
      headers['api-key'] === otherKey && headers.authorization === undefined && url.startsWith('/openai/v1/');
    request.url = url.replace('/openai', '');
    headers.authorization = `Bearer ${apiKey}`;
    return isOurs;
  };
  const app: RequestListener = (request, response) => {
    if (isLetIn(request)) return simulated.app(request, response);
    response.statusCode = 401;
    response.end();
  };
  return listen(app, {
    host: '127.0.0.1',
    port: 0,
    upgrade: (request, socket, head) =>
      isLetIn(request) ? simulated.upgrade(request, socket, head) : void socket.destroy(),
  });
}

/** Rows of providers as they are configured, each with the key of such a host. */
export const rowsOf = (...rows: readonly object[]): OpenedRow[] =>
  ProviderRows.parse(JSON.stringify(rows)).map((row) => ({ row, headers: { 'api-key': otherKey } }));
