import { consumers, DenialReason, EndReason, serviceNames, tenantClasses } from '@vox/contracts';
import { faultCodes } from '../fault/mod.ts';
import { oneOf } from './labels.ts';

export const everyService: readonly string[] = serviceNames;

const declared = Object.values(consumers);
/** The services that consume facts. */
export const hearing = [...new Set(declared.map(({ service }) => service))];
export const consumer = oneOf(
  declared.map(({ name }) => name),
  'the durable consumer',
);

export const tenantClass = oneOf(
  tenantClasses,
  'how large the tenant is by the open calls it may have: small (to 10), medium (to 100), large, none',
);

export const faultCode = oneOf(['granted', ...faultCodes], 'granted, or the code of the refusal');

export const reason = oneOf(
  [...new Set(['', ...faultCodes, ...DenialReason.options, ...EndReason.options])],
  'why not, or why it ended: a code of the contract, or nothing',
);
