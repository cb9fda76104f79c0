import type { ReceiptKeyStore } from './receipt-keys.ts';
import type { Subjects } from './subjects.ts';
import type { TenantKeyStore } from './tenant-keys.ts';

/** What the vault keeps, in a database of its own. */
export type VaultStores = Readonly<{
  tenantKeys: TenantKeyStore;
  subjects: Subjects;
  receiptKeys: ReceiptKeyStore;
}>;
