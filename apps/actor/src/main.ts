import 'reflect-metadata';
import { runService } from '@anw/platform';
import { defineActor } from './define-actor.js';

await runService(defineActor);
