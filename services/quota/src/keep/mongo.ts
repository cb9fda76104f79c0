import { type MongoStore, mongoDocuments } from '@vox/platform/store';
import { type Budgets, budgetDocuments } from './budgets.ts';
import { type Requests, requestDocuments } from './requests.ts';

export const mongoBudgets = ({ db }: MongoStore): Promise<Budgets> => mongoDocuments(db, budgetDocuments);
export const mongoRequests = ({ db }: MongoStore): Promise<Requests> => mongoDocuments(db, requestDocuments);
