import 'reflect-metadata';
import { runService } from '@anw/platform';
import { defineCustodian } from './define-custodian.js';

await runService(defineCustodian);
