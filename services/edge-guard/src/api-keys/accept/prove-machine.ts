import { type Action, type ApiKeyProof, accessTable } from '@vox/contracts';
import { readMachineKey } from '@vox/platform/crypto';
import { Fault, invalidField } from '@vox/platform/fault';
import type { Request } from 'express';
import { bearerOf } from '../../identity/mod.ts';
import { type ProveKeyDependencies, proveKey } from '../command/prove-key.ts';
import { holdsKey } from '../decide/sent-key.ts';
import { readSigned } from './read-signed.ts';

export type ProveMachineDependencies = ProveKeyDependencies & Readonly<{ publicOrigins: Iterable<string> }>;

/** A machine that has shown its key, and the proof that travels with what it asks. */
export type Machine = ApiKeyProof;

export type MachineRequest = Readonly<{
  request: Request;
  ip: string;
  action: Action;
  /** The bytes as they were sent; none where there is no body. */
  body: Uint8Array;
}>;

export type ProveMachine = (asked: MachineRequest) => Promise<Machine>;

/**
 * Finds out which machine asks, by its API key, and for a sensitive action by its signature too. Throws Fault
 * AUTH_REQUIRED for a key that is not good, FORBIDDEN, SIGNATURE_REQUIRED with a SignatureReason, RATE_LIMIT_EXCEEDED
 * after too many wrong secrets, INVALID_REQUEST for a key in the address, and UNAVAILABLE.
 */
export function proveMachine(dependencies: ProveMachineDependencies): ProveMachine {
  const prove = proveKey(dependencies);
  return async ({ request, ip, action, body }) => {
    if (holdsKey(request.query))
      throw invalidField('(url)', 'must not hold an API key; send it as Authorization: Bearer, and make a new one');
    const apiKey = keyOf(request);
    const signed = accessTable[action].isSensitive ? readSigned(request, body, dependencies.publicOrigins) : undefined;
    return prove({ apiKey, address: ip, action, signed });
  };
}

/** The key of the Authorization header. What cannot be one, by its checksum, is refused here and asks nobody. */
function keyOf(request: Request): string {
  const given = bearerOf(request.get('authorization'));
  if (given === undefined || given === 'malformed' || readMachineKey(given.token)?.kind !== 'vk')
    throw new Fault('AUTH_REQUIRED');
  return given.token;
}
