import 'reflect-metadata';
import { runService } from '@anw/platform';
import { defineRegisseur } from './define-regisseur.js';

await runService(defineRegisseur);
