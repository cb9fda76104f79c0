import { type MemoryDocumentsOptions, memoryDocuments } from '@vox/platform/store';
import { type Budgets, budgetCells } from './budgets.ts';
import { type Requests, requestCells } from './requests.ts';

export const memoryBudgets = (options?: MemoryDocumentsOptions): Budgets => memoryDocuments(budgetCells, options);
export const memoryRequests = (options?: MemoryDocumentsOptions): Requests => memoryDocuments(requestCells, options);
