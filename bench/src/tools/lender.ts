import { parentPort } from 'node:worker_threads';
import { lentContext } from '@vox/contracts';
import { sealTo } from '@vox/platform/crypto';

// Lends as auth does, which is another process: its work is not the broker's.
type Asked = Readonly<{ tenantId: string; names: readonly string[]; host: string; publicKey: string }>;

parentPort?.on('message', ({ n, asked, values }: { n: number; asked: Asked; values: object }) => {
  const { publicKey, ...context } = asked;
  parentPort?.postMessage({ n, box: sealTo(publicKey, lentContext(context as never), JSON.stringify(values)) ?? '' });
});
