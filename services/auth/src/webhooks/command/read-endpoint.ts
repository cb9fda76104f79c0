import type { Endpoint, EndpointBook } from '../decide/endpoint.ts';
import type { Endpoints } from '../keep/endpoints.ts';
import { noEndpoint } from './change-endpoints.ts';

/** Throws Fault NOT_FOUND for an endpoint that the tenant does not have. */
export function endpointIn(book: EndpointBook | undefined, endpointId: string): Endpoint {
  const found = book?.endpoints.find((each) => each.endpointId === endpointId);
  if (found === undefined) throw noEndpoint();
  return found;
}

export const readEndpoint = async (
  { endpoints }: Readonly<{ endpoints: Pick<Endpoints, 'read'> }>,
  { tenantId, endpointId }: Readonly<{ tenantId: string; endpointId: string }>,
): Promise<Endpoint> => endpointIn(await endpoints.read(tenantId), endpointId);
