import { type MemoryDocumentsOptions, memoryDocuments } from '@vox/platform/store';
import { type Budgets, budgetDocuments } from './budgets.ts';
import { type Requests, requestDocuments } from './requests.ts';

export const memoryBudgets = (options?: MemoryDocumentsOptions): Budgets => memoryDocuments(budgetDocuments, options);
export const memoryRequests = (options?: MemoryDocumentsOptions): Requests =>
  memoryDocuments(requestDocuments, options);
