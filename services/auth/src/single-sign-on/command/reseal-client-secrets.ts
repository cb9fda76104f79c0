import { resealed, type SealKeys } from '@vox/platform/crypto';
import { changeEvery } from '@vox/platform/store';
import type { Connections } from '../keep/connections.ts';
import { secretContext } from './put-connection.ts';

type ResealClientSecretsDependencies = Readonly<{
  connections: Pick<Connections, 'all' | 'update'>;
  sealKey: SealKeys;
}>;

/** Puts client secrets of single sign-on under the newest key, and answers of how many tenants. */
export const resealClientSecrets = ({ connections, sealKey }: ResealClientSecretsDependencies): Promise<number> =>
  changeEvery(connections, (connection) => {
    const { tenantId, issuer, clientId } = connection;
    const sealed = resealed(sealKey, secretContext(tenantId, issuer, clientId), connection.sealed);
    return sealed === undefined ? undefined : { ...connection, sealed };
  });
