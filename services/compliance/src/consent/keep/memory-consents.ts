import { everyTagged, type MemoryDocumentsOptions, memoryDocuments } from '@vox/platform/store';
import { type ConsentStore, consentDocuments, tenantTag } from './consents.ts';

/** The twin of mongo-consents.ts. */
export function memoryConsents(options?: MemoryDocumentsOptions): ConsentStore {
  const documents = memoryDocuments(consentDocuments, options);
  return {
    ...documents,
    async *answered(tenantId, { fromMs, toMs }) {
      for await (const { state } of everyTagged(documents, tenantTag(tenantId)))
        if (state.records.some(({ atMs }) => atMs >= fromMs && atMs < toMs)) yield state;
    },
  };
}
