import { z } from 'zod';
import { factKind } from '../kinds/fact.ts';
import { type ServiceName, serviceNames } from '../kinds/names.ts';
import { question } from '../kinds/question.ts';
import { acting, Reason } from '../values/acting.ts';
import { TenantIdOrPlatform } from '../values/ids.ts';

/** The name of one copy of a service: its machine and its process. */
export const CopyName = z
  .string()
  .regex(/^[A-Za-z0-9._:-]{1,100}$/, 'must be the name of a copy, as `vox drain` lists it');

export const CopyState = z.enum(['starting', 'working', 'draining', 'drained']);
export type CopyState = z.infer<typeof CopyState>;

/** One copy of a service, as it says itself. */
export const Copy = z.object({
  copy: CopyName,
  version: z.string().max(40),
  startedAt: z.iso.datetime(),
  state: CopyState,
});
export type Copy = z.infer<typeof Copy>;

/** One of each service. */
export const ofEvery = <Q>(make: (service: ServiceName) => Q): Readonly<Record<ServiceName, Q>> =>
  Object.fromEntries(serviceNames.map((service) => [service, make(service)])) as Record<ServiceName, Q>;

/** Every copy answers. */
export const ShowCopy = ofEvery((service) =>
  question(service, 'copy-show', 'What this copy is, and whether it takes work.', z.strictObject({}), Copy, {
    action: 'platform.operate',
    everyCopy: true,
  }),
);

/** Every copy answers; those that are named begin. When they are done they say so when they are asked what they are. */
export const DrainCopies = ofEvery((service) =>
  question(
    service,
    'drain',
    'The copies named here hand over what they hold and take no more work. They stay until they are stopped.',
    z.strictObject({ copies: z.array(CopyName).min(1).max(100), ...acting, reason: Reason }),
    Copy,
    { action: 'platform.operate', everyCopy: true },
  ),
);

export const DrainBegun = factKind({
  name: 'vox.security.drain-begun',
  version: 1,
  scope: 'tenant',
  stream: 'VOX_TRUST',
  publishers: serviceNames,
  summary: 'An operator told a copy of a service to hand over and take no more work.',
  data: z.object({ tenantId: TenantIdOrPlatform, service: z.enum(serviceNames), copy: CopyName, ...acting }),
});

/** The facts of what an operator did to the installation itself. */
export const operationFacts = [DrainBegun] as const;
