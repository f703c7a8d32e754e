import { startApp } from '@anw/web-ui';
import { app } from './App.js';
import { registerServiceWorker } from './installed/service-worker-updates.js';

startApp(app);
registerServiceWorker();
