import { ListReceiptKeys } from '@vox/contracts';
import { readReceipt, receiptKind } from '@vox/platform/crypto';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { onTwins } from '../../compliance.fixture.ts';
import { startCompliance } from '../../service.ts';
import { keyRing } from '../keep/key-ring.ts';
import { openReceipts } from './open-receipts.ts';

describe('a receipt', () => {
  const Shown = receiptKind('shown', z.object({ tenantId: z.string() }));
  const Erased = receiptKind('erased', z.object({ tenantId: z.string() }));

  it('is proved by the public keys alone, and proves nothing if altered, of another kind or key', async () => {
    const twins = onTwins();
    const service = await startCompliance(twins);
    const receipts = await openReceipts({ ...twins, ring: keyRing(twins) });
    const text = await receipts.sign(Shown, 'r1', { tenantId: 'acme' });
    const { keys } = await twins.bus.ask(ListReceiptKeys, {});
    const find = (kid: string) => keys.find((key) => key.kid === kid);
    expect(await readReceipt(Shown, text, find)).toMatchObject({ id: 'r1', says: { tenantId: 'acme' } });
    const [head, body, signature] = text.split('.');
    const forged = Buffer.from(
      Buffer.from(body ?? '', 'base64url')
        .toString()
        .replace('acme', 'evil'),
    ).toString('base64url');
    await expect(readReceipt(Shown, `${head}.${forged}.${signature}`, find)).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
    });
    await expect(readReceipt(Erased, text, find)).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    await expect(readReceipt(Shown, text, () => undefined)).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    await service.stop();
  });
});
