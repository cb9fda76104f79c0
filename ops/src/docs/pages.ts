import { openApiDocument } from '@vox/edge-guard/openapi';
import { valuesSchema } from '../helm/values-schema.ts';
import { dashboardPages } from '../observability/dashboards.ts';
import { scalingPage } from '../scaling/page.ts';
import { accessPage } from './access.ts';
import { asyncApi } from './asyncapi.ts';
import { configurationPage, envExample } from './configuration.ts';
import { metricsPage } from './metrics.ts';

const json = (document: object): string => `${JSON.stringify(document, null, 2)}\n`;

/** Every generated page, by its path from the root of the repository. */
export const pages: Readonly<Record<string, () => string>> = {
  'docs/generated/asyncapi.json': () => json(asyncApi()),
  'docs/generated/openapi.json': () => json(openApiDocument()),
  'docs/generated/access.md': accessPage,
  'docs/generated/configuration.md': configurationPage,
  'docs/metrics.md': metricsPage,
  'docs/scaling.md': scalingPage,
  '.env.example': envExample,
  'ops/helm/vox/values.schema.json': () => json(valuesSchema()),
  ...dashboardPages,
};
