import { type MongoStore, mongoDocuments } from '@vox/platform/store';
import { type Budgets, budgetCells } from './budgets.ts';
import { type Requests, requestCells } from './requests.ts';

export const mongoBudgets = ({ db }: MongoStore): Promise<Budgets> => mongoDocuments(db, budgetCells);
export const mongoRequests = ({ db }: MongoStore): Promise<Requests> => mongoDocuments(db, requestCells);
