import { type MemoryDocumentsOptions, memoryDocuments } from '@vox/platform/store';
import { type Budgets, budgetDocuments } from './budgets.ts';
import { type Requests, requestDocuments } from './requests.ts';
import { type UsageDays, usageDocuments } from './usage-days.ts';

export const memoryBudgets = (options?: MemoryDocumentsOptions): Budgets => memoryDocuments(budgetDocuments, options);
export const memoryRequests = (options?: MemoryDocumentsOptions): Requests =>
  memoryDocuments(requestDocuments, options);
export const memoryUsageDays = (options?: MemoryDocumentsOptions): UsageDays =>
  memoryDocuments(usageDocuments, options);
