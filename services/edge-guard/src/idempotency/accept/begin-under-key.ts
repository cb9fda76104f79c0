import { invalidField } from '@vox/platform/fault';
import type { Request } from 'express';
import { z } from 'zod';
import { beginOnce, type Once, type OnceDependencies } from '../command/begin-once.ts';

const Key = z.string().regex(/^[\x21-\x7e]{1,255}$/);

/** Begins a request under its Idempotency-Key header, if it has one. `scope` says whose the key is. */
export async function beginUnderKey(
  dependencies: OnceDependencies,
  request: Request,
  scope: readonly string[],
  asked: unknown,
): Promise<Once | undefined> {
  const given = request.get('idempotency-key');
  if (given === undefined) return undefined;
  if (!Key.safeParse(given).success) throw invalidField('Idempotency-Key', 'must be 1–255 visible ASCII characters');
  return beginOnce(dependencies, { scope, given, asked });
}
