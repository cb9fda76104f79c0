import type { DocumentStore, StoredKind } from '@vox/platform/store';
import { z } from 'zod';
import type { Link } from '../decide/person.ts';

/** Whom members are known as at their tenant's provider, by tenant and member. */
export type Links = DocumentStore<Link>;

export const linkKey = (tenantId: string, memberId: string): string => `${tenantId}.${memberId}`;

export const storedLinks: StoredKind<Link> = {
  collection: 'single_sign_on_links',
  schema: z.object({ issuer: z.string(), subjectHash: z.string() }),
};
