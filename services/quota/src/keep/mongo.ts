import { type MongoStore, mongoDocuments } from '@vox/platform/store';
import { type Budgets, budgetDocuments } from './budgets.ts';
import { type Requests, requestDocuments } from './requests.ts';
import { type UsageDays, usageDocuments } from './usage-days.ts';

export const mongoBudgets = ({ db }: MongoStore): Promise<Budgets> => mongoDocuments(db, budgetDocuments);
export const mongoRequests = ({ db }: MongoStore): Promise<Requests> => mongoDocuments(db, requestDocuments);
export const mongoUsageDays = ({ db }: MongoStore): Promise<UsageDays> => mongoDocuments(db, usageDocuments);
