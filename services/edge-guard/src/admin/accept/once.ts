import type { ApiRow } from '@vox/contracts';
import { type Asked, check } from '../../checks/mod.ts';
import { beginUnderKey, type Once, type OnceDependencies } from '../../idempotency/mod.ts';
import type { Manager } from './manager.ts';

type Needs = Asked & Readonly<{ manager: Manager; asked: Record<string, unknown> }>;
type Adds = Readonly<{ once: Once | undefined }>;

/**
 * Begins a POST under its Idempotency-Key header: every other method may be repeated as it is. The key belongs to the
 * credential and the path, and is held for as long as the answer is waited for. While the store is down, this copy
 * alone knows the keys.
 */
export const once = ({ method, patienceMs = 0 }: ApiRow) =>
  check({
    name: 'once',
    whenDown: 'degrade',
    run:
      (dependencies: OnceDependencies) =>
      async ({ request, manager, asked }: Needs): Promise<Adds> => {
        if (method !== 'post') return { once: undefined };
        // Each request has an id of its own, and is the same request all the same.
        const { requestId: _own, ...compared } = asked;
        const scope = ['api', manager.tenantId, manager.id, request.method, request.path];
        const requestDeadlineMs = Math.max(dependencies.requestDeadlineMs, patienceMs);
        return { once: await beginUnderKey({ ...dependencies, requestDeadlineMs }, request, scope, compared) };
      },
    afterRefusal:
      () =>
      async ({ once: begun }: Needs & Adds) =>
        begun?.release(),
  });
