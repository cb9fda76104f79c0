import { type MemoryCellsOptions, memoryCells } from '@vox/platform/store';
import { type Budgets, budgetCells } from './budgets.ts';
import { type Requests, requestCells } from './requests.ts';

export const memoryBudgets = (options?: MemoryCellsOptions): Budgets => memoryCells(budgetCells, options);
export const memoryRequests = (options?: MemoryCellsOptions): Requests => memoryCells(requestCells, options);
