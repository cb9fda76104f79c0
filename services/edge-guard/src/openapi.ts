import { openApi } from './api-docs/mod.ts';
import { routes } from './routes.ts';

/** The API’s document, as `/api/openapi.json` serves it. */
export const openApiDocument = (): object => openApi(routes);
